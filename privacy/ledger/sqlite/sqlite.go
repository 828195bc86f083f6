// Package sqlite opens a durable ledger in one SQLite file.
//
// A ledger at PATH is two files: PATH, the database, and PATH.key, the key
// under which the ledger recognises data (mode 0600; see [ledger.ReadKey]). SQLite adds
// PATH-wal and PATH-shm while the ledger is open. Both files are needed, both
// belong into the back-up, and apart from each other: who holds both and a
// guess at all the answers can test the guess.
//
//	ledger at PATH   key at PATH.key   Open
//	no               no                makes both, the key first
//	no               yes               makes the ledger for this key
//	yes              yes               opens the ledger; the key must be its own
//	yes              no                refuses
//
// The second line is what a crash between the first two steps leaves behind.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"maturitybench/privacy/ledger"
)

// connections is the largest number of open connections of a ledger: readers
// do not wait for the writer.
const connections = 8

// Open opens the ledger at path, and makes it, readable by its owner only, if
// there is none. The directory must exist and be writable. Any number of
// processes of one machine may open the same ledger; a network file system is
// no place for it.
func Open(ctx context.Context, path string) (*ledger.Ledger, error) {
	if path == "" || path == ":memory:" {
		return nil, fail(path, errors.New("the ledger is a file"), "use privacy.NewMemoryLedger where nothing is to last")
	}
	file, err := filepath.Abs(path)
	if err != nil {
		return nil, fail(path, err, "")
	}
	key, err := prepare(file)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn(file))
	if err != nil {
		return nil, fail(path, err, "")
	}
	db.SetMaxOpenConns(connections)
	l, err := open(ctx, db, path, key)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return l, nil
}

func open(ctx context.Context, db *sql.DB, path string, key *ledger.Key) (*ledger.Ledger, error) {
	if err := intact(ctx, db); err != nil {
		return nil, fail(path, err, hint(err))
	}
	return ledger.New(ctx, db, dialect, path, key)
}

// prepare returns the key of the ledger in file, and makes both files if the
// ledger is not there.
func prepare(file string) (*ledger.Key, error) {
	keyFile := file + ".key"
	// The ledger is looked for first: it is made last, so that its key is
	// there if it is.
	_, err := os.Stat(file)
	if err == nil {
		return ledger.ReadKey(keyFile)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fail(file, err, hint(err))
	}
	key, err := ledger.CreateKey(keyFile)
	if errors.Is(err, fs.ErrExist) {
		key, err = ledger.ReadKey(keyFile)
	}
	if err != nil {
		return nil, err
	}
	// SQLite would let everybody read the file.
	made, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = errors.Join(made.Close(), ledger.SyncDirectory(filepath.Dir(file)))
	}
	if err != nil {
		return nil, fail(file, err, hint(err))
	}
	return key, nil
}

// dsn is the data source name of a file. The settings hold for every
// connection: write-ahead log, a flush at every commit (also of the disk's own
// cache where the system keeps that apart), and transactions that take the
// write lock when they begin.
func dsn(file string) string {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	path = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	return "file://" + path + "?" + strings.Join([]string{
		"_pragma=busy_timeout(5000)",
		"_pragma=journal_mode(WAL)",
		"_pragma=synchronous(FULL)",
		"_pragma=fullfsync(1)",
		"_pragma=foreign_keys(1)",
		"_txlock=immediate",
	}, "&")
}

func fail(path string, err error, hint string) error {
	return &ledger.Error{Op: "open", Name: path, Err: err, Hint: hint}
}

// intact returns an error unless every page of the database is in order.
func intact(ctx context.Context, db *sql.DB) error {
	var verdict string
	if err := db.QueryRowContext(ctx, `pragma integrity_check(1)`).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", errCorrupt, verdict)
	}
	return nil
}
