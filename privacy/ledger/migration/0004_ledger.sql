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
    roster text not null check (roster in ('secret', 'public', 'counted')),
    epsilon text not null,  -- shortest decimal that reads back as the same number
    delta text not null,    -- likewise
    span text not null,     -- of the window, such as 3y
    lifetime text not null, -- a decimal, 0 for none
    opened bigint not null
);

create table publications (
    sequence bigint not null primary key,
    account text not null references accounts (id),
    wave text not null,
    revision bigint not null check (revision >= 1),
    reason text not null,       -- why data of another wave are published again, or empty
    plan bytea not null,        -- the compiled plan: public
    plan_digest bytea not null,
    data_digest bytea not null, -- keyed: worth nothing without the key file
    pure_epsilon bigint not null check (pure_epsilon >= 0), -- in 1e-9
    mu_squared bigint not null check (mu_squared >= 0),     -- in 1e-12
    delta bigint not null check (delta >= 0),               -- in 1e-18
    noise text not null check (noise = 'secure'),
    measurement bytea not null,
    measurement_digest bytea not null, -- SHA-256
    release bytea not null,
    release_digest bytea not null,     -- likewise
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

-- Further estimates from stored measurements: free, and counted.
create table reestimates (
    sequence bigint not null primary key,
    account text not null,
    wave text not null,
    revision bigint not null,
    estimator text not null,
    made bigint not null,
    unique (account, wave, revision, estimator),
    foreign key (account, wave, revision) references publications (account, wave, revision)
);

-- Dates that the organiser confirmed after the clock had run ahead.
create table dates (
    sequence bigint not null primary key,
    stated text not null, -- such as 2029-03-01
    confirmed bigint not null
);

-- Publications that were withdrawn, with the notice: free, and once.
create table withdrawals (
    sequence bigint not null primary key,
    account text not null,
    wave text not null,
    revision bigint not null,
    reason text not null,
    withdrawn bigint not null,
    unique (account, wave, revision),
    foreign key (account, wave, revision) references publications (account, wave, revision)
);

-- The journal: one record for every row of the tables, numbered as
-- ledger.sequence numbers the rows. A record is a canonical text that holds
-- the hash of the one before it and everything of its row: columns as they
-- are, and long or keyed ones by a digest.
create table journal (
    number bigint not null primary key,
    record text not null,
    hash bytea not null, -- of the record
    seal bytea not null  -- of the hash, with the key of the ledger
);
