package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
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

// Create makes a ledger at path, readable by its owner only, with its key and its
// head beside it, and opens it. The directory must exist and be writable. Where a
// ledger is, or was, that is an error: [ledger.ErrExists], [ledger.ErrLost]. Several processes may
// create the same ledger at once. An error is a [*ledger.Error].
func Create(ctx context.Context, path string) (*ledger.Ledger, error) {
	p, err := place(path)
	if err != nil {
		return nil, err
	}
	return p.Create(ctx)
}

// Open opens the ledger at path, which must be there ([ledger.ErrMissing]) and
// continue the head that is kept beside its key. Any number of processes of one
// machine may open the same ledger; a network file system is no place for it. An
// error is a [*ledger.Error]; the package comment lists them.
func Open(ctx context.Context, path string) (*ledger.Ledger, error) {
	p, err := place(path)
	if err != nil {
		return nil, err
	}
	return p.OpenLedger(ctx)
}

// Accept opens a ledger that has lost its head, PATH.head, on a person's word
// ([ledger.Place.Accept]): it must continue since, a head that was kept elsewhere,
// and the zero one believes it as it is.
func Accept(ctx context.Context, path string, since ledger.Head) (*ledger.Ledger, error) {
	p, err := place(path)
	if err != nil {
		return nil, err
	}
	return p.Accept(ctx, since)
}

// place is where the ledger of a path is.
func place(path string) (ledger.Place, error) {
	if path == "" || path == ":memory:" {
		return ledger.Place{}, fail(path, errors.New("the ledger is a file"), "use privacy.NewMemoryLedger where nothing is to last")
	}
	file, err := filepath.Abs(path) // a later change of the directory changes nothing
	if err != nil {
		return ledger.Place{}, fail(path, err, "")
	}
	return ledger.Place{
		Name: file, Key: file + ".key", Head: file + ".head", Hint: hint,
		There: func(context.Context) (bool, error) { return there(file) },
		Make:  func(ctx context.Context, key *ledger.Key) error { return create(ctx, file, key) },
		Open: func(ctx context.Context, key *ledger.Key) (*ledger.Ledger, error) {
			return open(ctx, file, key, ledger.Open)
		},
	}, nil
}

// there reports whether the file is there. An empty one is no ledger.
func there(file string) (bool, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err == nil && info.IsDir():
		err = errForeign
	case err == nil && info.Size() == 0:
		err = errEmpty
	case err == nil:
		err = database(file)
	}
	return err == nil, err
}

// magic is how every file of SQLite begins: https://www.sqlite.org/fileformat.html.
const magic = "SQLite format 3\x00"

// database returns an error unless the file begins like a database.
func database(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(f, head); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if string(head) != magic {
		return errForeign
	}
	return nil
}

// open opens a file that is there, with [ledger.Open] or [ledger.New].
func open(ctx context.Context, file string, key *ledger.Key, start func(context.Context, *sql.DB, ledger.Dialect, string, *ledger.Key) (*ledger.Ledger, error)) (*ledger.Ledger, error) {
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
	l, err := start(ctx, db, dialect, file, key)
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
