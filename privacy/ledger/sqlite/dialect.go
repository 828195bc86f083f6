package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"maturitybench/privacy/ledger"
)

var (
	errDamaged = errors.New("the file is damaged")
	errEmpty   = errors.New("the file is empty")
	errForeign = errors.New("this is no ledger: a database of SQLite is expected")
)

const (
	hintRestore  = "restore the ledger and its key from a back-up"
	hintWritable = "the directory must exist, and it and the ledger must be writable"
)

var dialect = ledger.Dialect{Durable: durable, Conflict: conflict, Hint: hint}

// durable asserts what SQLite needs to flush every commit, on the connection
// that commits: https://www.sqlite.org/pragma.html#pragma_synchronous.
func durable(ctx context.Context, tx *sql.Tx) error {
	var synchronous int
	var journal string
	if err := tx.QueryRowContext(ctx, `pragma synchronous`).Scan(&synchronous); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, `pragma journal_mode`).Scan(&journal); err != nil {
		return err
	}
	const full = 2
	if synchronous != full || journal != "wal" {
		return fmt.Errorf("%w: synchronous is %d, journal_mode is %s", ledger.ErrNotDurable, synchronous, journal)
	}
	return nil
}

// code is the primary result code of SQLite, or 0.
func code(err error) int {
	if e, ok := errors.AsType[*driver.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

func conflict(err error) bool {
	c := code(err)
	return c == sqlite3.SQLITE_BUSY || c == sqlite3.SQLITE_LOCKED
}

func hint(err error) string {
	switch {
	case errors.Is(err, errDamaged):
		return hintRestore
	case errors.Is(err, errEmpty):
		return hintRestore + ", or delete the file if it never was a ledger"
	case errors.Is(err, errForeign):
		return "name the ledger's file; if this is it, it is damaged: " + hintRestore
	case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist):
		return hintWritable
	}
	switch code(err) {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return "another process holds the ledger; try again"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH:
		return hintWritable
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB,
		sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH: // other tables or rows than were made
		return hintRestore
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR:
		return "check the disk and its free space, then try again"
	}
	return ""
}
