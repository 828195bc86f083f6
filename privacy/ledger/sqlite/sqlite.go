package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
// no place for it. An error is a [*ledger.Error].
func Open(ctx context.Context, path string) (*ledger.Ledger, error) {
	if path == "" || path == ":memory:" {
		return nil, fail(path, errors.New("the ledger is a file"), "use privacy.NewMemoryLedger where nothing is to last")
	}
	file, err := filepath.Abs(path) // a later change of the directory changes nothing
	if err != nil {
		return nil, fail(path, err, "")
	}
	key, err := prepare(ctx, file)
	if err != nil {
		return nil, err
	}
	l, err := open(ctx, file, key)
	if err != nil {
		return nil, err
	}
	if err := l.KeepHead(ctx, file+".head"); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// open opens a file that is there.
func open(ctx context.Context, file string, key *ledger.Key) (*ledger.Ledger, error) {
	db, err := sql.Open("sqlite", dsn(file))
	if err != nil {
		return nil, fail(file, err, "")
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if err := intact(ctx, db); err != nil {
		db.Close()
		return nil, fail(file, err, hint(err))
	}
	l, err := ledger.New(ctx, db, dialect, file, key)
	if err != nil {
		db.Close()
		return nil, err
	}
	return l, nil
}

// dsn is the data source name of a file. The settings hold for every
// connection: write-ahead log, a flush at every commit (also of the disk's own
// cache where the system keeps that apart), and transactions that take the
// write lock when they begin.
func dsn(file string) string {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // the drive of Windows
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

// intact returns an error unless every page of the database is in order.
func intact(ctx context.Context, db *sql.DB) error {
	var verdict string
	if err := db.QueryRowContext(ctx, `pragma integrity_check(1)`).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", errDamaged, verdict)
	}
	return nil
}

func fail(path string, err error, hint string) error {
	return &ledger.Error{Op: "open", Name: path, Err: err, Hint: hint}
}
