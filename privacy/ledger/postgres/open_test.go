package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/internal/ledgertest"
	"maturitybench/privacy/ledger/postgres"
)

// run runs statements beside the ledger.
func run(t *testing.T, dsn string, statements ...string) {
	t.Helper()
	if err := exec(dsn, statements...); err != nil {
		t.Fatal(err)
	}
}

func exec(dsn string, statements ...string) error {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			return err
		}
	}
	return nil
}

func testDurability(t *testing.T, dsn string) {
	key := filepath.Join(t.TempDir(), "ledger.key")
	for _, setting := range []string{"on", "remote_apply", "remote_write", "local", "off"} {
		l, err := at(dsn+" synchronous_commit="+setting, key).Either(t.Context())
		if durable := setting == "on" || setting == "remote_apply"; durable != (err == nil) {
			t.Errorf("synchronous_commit=%s: %v", setting, err)
		}
		if err == nil {
			l.Close()
			continue
		}
		if fault, ok := errors.AsType[*ledger.Error](err); !ok || fault.Hint == "" || !errors.Is(err, ledger.ErrNotDurable) {
			t.Errorf("synchronous_commit=%s: the error is %v, want %v and a hint", setting, err, ledger.ErrNotDurable)
		}
	}
	// The same where the server says so and the connection string does not.
	run(t, dsn, `alter role bench set synchronous_commit = off`)
	defer run(t, dsn, `alter role bench reset synchronous_commit`)
	late, err := postgres.Open(t.Context(), dsn, key)
	if err == nil {
		late.Close()
	}
	if !errors.Is(err, ledger.ErrNotDurable) {
		t.Errorf("set for the role: %v, want %v", err, ledger.ErrNotDurable)
	}
}

// Writers are right whatever isolation the server gives by default.
func testIsolation(t *testing.T, dsn string) {
	for _, level := range []string{"serializable", `repeatable\ read`} {
		key := filepath.Join(t.TempDir(), "ledger.key")
		schema := strings.Fields(level)[0][:6]
		run(t, dsn, `create schema `+schema)
		p := at(dsn+" search_path="+schema+" default_transaction_isolation="+level, key)
		t.Run(schema, func(t *testing.T) {
			ledgertest.Race(t, p)
		})
	}
}

func testKey(t *testing.T, dsn string) {
	directory := t.TempDir()
	key, other := filepath.Join(directory, "a.key"), filepath.Join(directory, "b.key")
	l, err := postgres.Create(t.Context(), dsn, key)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if _, err := postgres.Open(t.Context(), dsn, other); !errors.Is(err, ledger.ErrKeyMissing) {
		t.Errorf("without the key: %v, want %v", err, ledger.ErrKeyMissing)
	}
	if _, err := os.Stat(other); err == nil {
		t.Error("a key was made for a ledger that has one")
	}
	if _, err := ledger.CreateKey(other); err != nil {
		t.Fatal(err)
	}
	if _, err := postgres.Open(t.Context(), dsn, other); !errors.Is(err, ledger.ErrKeyRefused) {
		t.Errorf("with another key: %v, want %v", err, ledger.ErrKeyRefused)
	}
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := postgres.Open(t.Context(), dsn, key); !errors.Is(err, ledger.ErrKeyRefused) {
		t.Errorf("with a key that others may read: %v, want %v", err, ledger.ErrKeyRefused)
	}
}

// A ledger shares a database with tables of the same names.
func testSchema(t *testing.T, dsn string) {
	run(t, dsn, `create table accounts (x bigint)`, `create table ledger (x bigint)`, `create table migrations (x bigint)`)
	key := filepath.Join(t.TempDir(), "ledger.key")
	for range 2 {
		l, err := at(dsn, key).Either(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		a := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-5, Window: "3y"}
		if err := errors.Join(l.OpenAccount(t.Context(), a), l.Close()); err != nil {
			t.Fatal(err)
		}
	}
	run(t, dsn, `insert into maturitybench.attempts values (99, 'a', 'w', 1, 'budget', 0)`)
	if _, err := postgres.Open(t.Context(), dsn, key); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("the tables of the schema are not read: %v", err)
	}
}

// The schema that Create made is gone, and the key and the head are here.
func testLostSchema(t *testing.T, dsn string) {
	p := placeOf(dsn + " | " + filepath.Join(t.TempDir(), "ledger.key"))
	l, err := p.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ledgertest.OpenAccount(t, l, "a", 1)
	ledgertest.Publish(t, l, ledgertest.Entry("a", "w1"))
	if err := errors.Join(l.Close(), p.Lose()); err != nil {
		t.Fatal(err)
	}
	for _, do := range []func(context.Context) (*ledger.Ledger, error){p.Open, p.Create, p.Open} {
		if l, err := do(t.Context()); !errors.Is(err, ledger.ErrLost) {
			if err == nil {
				l.Close()
			}
			t.Errorf("the error is %v, want %v", err, ledger.ErrLost)
		}
	}
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var schemas int
	if err := db.QueryRowContext(t.Context(), `select count(*) from pg_namespace where nspname = 'maturitybench'`).Scan(&schemas); err != nil || schemas != 0 {
		t.Errorf("%d schemas were made (%v)", schemas, err)
	}
}

// Errors say what to do and hold no password.
func testRefusals(t *testing.T, dsn string) {
	run(t, dsn, `create role poor login`)
	tests := []struct{ name, dsn, hint string }{
		{"malformed", "postgres://bench:hunter2@host:port:port/x", "see section 34.1.1 of the manual of PostgreSQL"},
		{"nobody there", "host=" + t.TempDir() + " user=bench password=hunter2 dbname=x", "check that the server runs and that the connection string names it"},
		{"no database", strings.Replace(dsn, "dbname=", "dbname=no", 1) + " password=hunter2", "create the database first"},
		{"no role", strings.Replace(dsn, "user=bench", "user=nobody", 1) + " password=hunter2", "check the role and its password"},
		{"poor role", strings.Replace(dsn, "user=bench", "user=poor", 1), "the role must own the schema maturitybench, or be allowed to create it in the database"},
		{"read only", dsn + " default_transaction_read_only=on", "connect to the primary server with a role that may write"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, err := postgres.Create(t.Context(), test.dsn, filepath.Join(t.TempDir(), "ledger.key"))
			if err == nil {
				l.Close()
				t.Fatal("the ledger is made")
			}
			fault, ok := errors.AsType[*ledger.Error](err)
			if !ok || fault.Hint != test.hint {
				t.Errorf("the error is %v, want one with the hint %q", err, test.hint)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Error("the error has the password")
			}
		})
	}
}
