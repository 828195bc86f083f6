-- One text for SQLite and PostgreSQL. No column tells when or in which order
-- answers came. The releases stay when a wave is purged.

create table if not exists waves (
    id text not null primary key,
    instrument text not null,       -- the public instrument: answers refer to it
    closed bigint not null          -- 0 or 1; writers of answers lock this row
);

create table if not exists acts (
    wave text not null references waves (id),
    minute text not null,           -- such as 2027-01-31 17:05, in UTC
    act text not null,              -- of the organiser, or of its dates
    primary key (wave, minute, act)
);

create table if not exists purges (
    wave text not null primary key references waves (id),
    day text not null               -- from which on everything about members is deleted, as 2027-03-01
);

create table if not exists members (
    id text not null primary key,   -- random
    wave text not null references waves (id),
    company text not null,
    link bytea not null unique,     -- SHA-256 of the link
    unique (wave, company)
);

create table if not exists submissions (
    member text not null primary key references members (id),
    answers text not null           -- a sheet as JSON
);

create table if not exists drafts (
    member text not null primary key references members (id),
    sealed bytea not null           -- a sheet, encrypted with a key that only the link gives
);

create table if not exists releases (
    wave text not null references waves (id),
    revision bigint not null,
    document bytea not null,        -- release.json as the ledger stored it
    primary key (wave, revision)
);
