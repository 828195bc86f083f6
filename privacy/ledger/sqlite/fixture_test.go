package sqlite_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/internal/ledgertest"
	"maturitybench/privacy/ledger/sqlite"
)

func TestLedger(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) ledgertest.Place { return at(place(t)) })
}

// at is a ledger in a file as a place.
func at(path string) ledgertest.Place {
	return ledgertest.Place{
		Open:   func(ctx context.Context) (*ledger.Ledger, error) { return sqlite.Open(ctx, path) },
		Create: func(ctx context.Context) (*ledger.Ledger, error) { return sqlite.Create(ctx, path) },
		Accept: func(ctx context.Context, since ledger.Head) (*ledger.Ledger, error) {
			return sqlite.Accept(ctx, path, since)
		},
		DB:   func() (*sql.DB, error) { return openFile(path) },
		Lose: func() error { return os.Remove(path) },
		Key:  path + ".key",
		Head: path + ".head",
	}
}

// place is the path of a ledger that does not exist yet.
func place(t testing.TB) string { return filepath.Join(t.TempDir(), "ledger.db") }

// open opens the ledger at path until the test ends.
func open(t testing.TB, path string) *ledger.Ledger {
	t.Helper()
	return at(path).Ledger(t)
}

// look opens the file of a ledger beside it.
func look(t testing.TB, path string) *sql.DB {
	t.Helper()
	return at(path).Tables(t)
}

// count runs a query for one number on the file of a ledger.
func count(t testing.TB, path, query string) (n int) {
	t.Helper()
	if err := look(t, path).QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func openFile(path string) (*sql.DB, error) {
	return sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)")
}
