package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"maturitybench/privacy/ledger"
)

// connections is the largest number of open connections of a ledger.
const connections = 8

// schema holds the tables unless the connection string says otherwise.
const schema = "maturitybench"

// Open opens the ledger of a database with the key file at keyPath, and makes
// both if there is none. Dsn is a connection string of libpq, as a URL or as
// words, to the server itself or to a pool that keeps sessions. Any number of
// processes may open the same ledger. An error is a [*ledger.Error] and holds
// no password.
func Open(ctx context.Context, dsn, keyPath string) (*ledger.Ledger, error) {
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
	l, err := open(ctx, db, name, keyPath, own)
	if err != nil {
		db.Close()
		return nil, err
	}
	return l, nil
}

// open opens a ledger on connections whose search_path has its schema, which
// is made if it is this package's own.
func open(ctx context.Context, db *sql.DB, name, keyPath string, own bool) (*ledger.Ledger, error) {
	if own {
		if err := makeSchema(ctx, db); err != nil {
			return nil, fail(name, err, hint(err))
		}
	}
	there, err := exists(ctx, db)
	if err != nil {
		return nil, fail(name, err, hint(err))
	}
	key, err := findKey(keyPath, there)
	if err != nil {
		return nil, err
	}
	l, err := ledger.New(ctx, db, dialect, name, key)
	if err != nil {
		return nil, err
	}
	return l, l.KeepHead(ctx, keyPath+".head")
}

// findKey reads the key, and makes it if there is neither a key nor a ledger.
func findKey(path string, ledgerThere bool) (*ledger.Key, error) {
	key, err := ledger.ReadKey(path)
	if ledgerThere || !errors.Is(err, ledger.ErrKeyMissing) {
		return key, err
	}
	key, err = ledger.CreateKey(path)
	if errors.Is(err, fs.ErrExist) {
		return ledger.ReadKey(path) // another process was faster
	}
	return key, err
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

// exists reports whether the database has a ledger that was made with a key.
func exists(ctx context.Context, db *sql.DB) (bool, error) {
	var table sql.NullString
	if err := db.QueryRowContext(ctx, `select to_regclass('ledger')::text`).Scan(&table); err != nil || !table.Valid {
		return false, err
	}
	var count int
	err := db.QueryRowContext(ctx, `select count(*) from ledger`).Scan(&count)
	return count > 0, err
}

var errDSN = errors.New("the connection string is malformed")

func fail(name string, err error, hint string) error {
	return &ledger.Error{Op: "open", Name: name, Err: err, Hint: hint}
}
