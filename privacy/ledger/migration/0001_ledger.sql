-- One text for SQLite and PostgreSQL: bigint, text and bytea only. SQLite knows
-- no bytea, takes any name of a type, and leaves binary values as they are.
-- Times are seconds since 1970 in UTC. Whoever writes first adds one to
-- ledger.sequence, so that writers queue on that row and everything written
-- has one order, which is the order of the commits.

create table ledger (
    id bigint not null primary key check (id = 1),
    sequence bigint not null,
    key_check bytea not null
);

create table accounts (
    id text not null primary key,
    sequence bigint not null unique,
    unit text not null,
    roster text not null check (roster in ('secret', 'public')),
    epsilon text not null, -- shortest decimal that reads back as the same number
    delta text not null,   -- likewise
    waves bigint not null check (waves >= 1),
    opened bigint not null
);

create table publications (
    sequence bigint not null primary key,
    account text not null references accounts (id),
    wave text not null,
    revision bigint not null check (revision >= 1),
    plan bytea not null,        -- the compiled plan: public
    plan_digest bytea not null,
    data_digest bytea not null, -- keyed: worth nothing without the key file
    pure_epsilon bigint not null check (pure_epsilon >= 0), -- in 1e-9
    mu_squared bigint not null check (mu_squared >= 0),     -- in 1e-12
    delta bigint not null check (delta >= 0),               -- in 1e-18
    noise text not null check (noise = 'secure'),
    measurement bytea not null,
    release bytea not null,
    stored bigint not null,
    unique (account, wave, revision)
);

create index publications_by_data on publications (data_digest);

-- Refused attempts: what was asked for and the kind of refusal, no data.
create table attempts (
    sequence bigint not null primary key,
    account text not null references accounts (id),
    wave text not null,
    revision bigint not null,
    outcome text not null,
    tried bigint not null
);
