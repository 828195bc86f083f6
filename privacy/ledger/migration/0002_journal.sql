-- The journal: one record for every row of the tables, numbered as
-- ledger.sequence numbers the rows. A record is a canonical text that holds
-- the hash of the one before it and everything of its row: columns as they
-- are, and long or keyed ones by a digest. What was written before the journal
-- existed is journaled by the program in the transaction of this migration.

create table journal (
    number bigint not null primary key,
    record text not null,
    hash bytea not null, -- of the record
    seal bytea not null  -- of the hash, with the key of the ledger
);

-- SHA-256 of what a publication stores. Nobody leaves them empty: the record
-- of a publication has both.
alter table publications add column measurement_digest bytea;
alter table publications add column release_digest bytea;

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
