package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"maturitybench/privacy/ledger"
)

// connections is the largest number of open connections of a ledger.
const connections = 8

// schema holds the tables unless the connection string says otherwise.
const schema = "maturitybench"

// Create makes the ledger of a database with the key file at keyPath and its head
// beside it, and opens it. Dsn is a connection string of libpq, as a URL or as
// words, to the server itself or to a pool that keeps sessions. Where a ledger is,
// or was, that is an error: [ledger.ErrExists], [ledger.ErrLost]. An error is a
// [*ledger.Error] and holds no password.
func Create(ctx context.Context, dsn, keyPath string) (*ledger.Ledger, error) {
	return at(dsn, keyPath, func(p ledger.Place) (*ledger.Ledger, error) { return p.Create(ctx) })
}

// Open opens the ledger of a database, as Create names it, which must be there
// ([ledger.ErrMissing]) and continue the head that is kept beside the key. Any
// number of processes may open the same ledger. An error is a [*ledger.Error] and
// holds no password; the package comment lists them.
func Open(ctx context.Context, dsn, keyPath string) (*ledger.Ledger, error) {
	return at(dsn, keyPath, func(p ledger.Place) (*ledger.Ledger, error) { return p.OpenLedger(ctx) })
}

// Accept opens a ledger whose head is not beside the key, on a person's word
// ([ledger.Place.Accept]): it must continue since, a head that was kept elsewhere,
// and the zero one believes it as it is.
func Accept(ctx context.Context, dsn, keyPath string, since ledger.Head) (*ledger.Ledger, error) {
	return at(dsn, keyPath, func(p ledger.Place) (*ledger.Ledger, error) { return p.Accept(ctx, since) })
}

// at connects to a database and does something with the ledger in it, which owns
// the connections from then on.
func at(dsn, keyPath string, do func(ledger.Place) (*ledger.Ledger, error)) (*ledger.Ledger, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil { // its text has parts of the connection string
		return nil, fail("postgres", errDSN, "see section 34.1.1 of the manual of PostgreSQL")
	}
	name := fmt.Sprintf("postgres %s/%s", config.Host, config.Database)
	own := config.RuntimeParams["search_path"] == ""
	if own {
		config.RuntimeParams["search_path"] = schema
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(time.Minute)
	l, err := do(ledger.Place{
		Name: name, Key: keyPath, Head: keyPath + ".head", Hint: hint,
		There: func(ctx context.Context) (bool, error) { return exists(ctx, db) },
		Make:  func(ctx context.Context, key *ledger.Key) error { return create(ctx, db, name, key, own) },
		Open: func(ctx context.Context, key *ledger.Key) (*ledger.Ledger, error) {
			return ledger.Open(ctx, db, dialect, name, key)
		},
	})
	if err != nil {
		db.Close()
		return nil, err
	}
	return l, nil
}

// create makes the tables on connections whose search_path has their schema,
// which is made if it is this package's own.
func create(ctx context.Context, db *sql.DB, name string, key *ledger.Key, own bool) error {
	if own {
		if err := makeSchema(ctx, db); err != nil {
			return fail(name, err, hint(err))
		}
	}
	_, err := ledger.New(ctx, db, dialect, name, key)
	return err
}

// makeSchema makes the schema unless it is there.
func makeSchema(ctx context.Context, db *sql.DB) error {
	const there = `select count(*) from pg_namespace where nspname = $1`
	var count int
	if err := db.QueryRowContext(ctx, there, schema).Scan(&count); err != nil || count > 0 {
		return err
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := lock(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `create schema if not exists `+schema); err != nil {
		return err
	}
	return tx.Commit()
}

// exists reports whether the database has a ledger that was made with a key, or in
// which something has happened.
func exists(ctx context.Context, db *sql.DB) (bool, error) {
	var table sql.NullString
	if err := db.QueryRowContext(ctx, `select to_regclass('ledger')::text`).Scan(&table); err != nil || !table.Valid {
		return false, err
	}
	var count int
	err := db.QueryRowContext(ctx, `select (select count(*) from ledger) + (select count(*) from journal)`).Scan(&count)
	return count > 0, err
}

var errDSN = errors.New("the connection string is malformed")

func fail(name string, err error, hint string) error {
	return &ledger.Error{Op: "open", Name: name, Err: err, Hint: hint}
}
