package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/privacy/ledger"
)

// Every pooled connection has the settings, not only the first.
func TestConnections(t *testing.T) {
	db, err := sql.Open("sqlite", dsn(filepath.Join(t.TempDir(), "ledger.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	want := map[string]string{
		"synchronous":  "2", // FULL
		"journal_mode": "wal",
		"foreign_keys": "1",
		"busy_timeout": "5000",
		"fullfsync":    "1",
	}
	for range connections {
		conn, err := db.Conn(t.Context()) // held until the end, so that the next is another one
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		for name, value := range want {
			var got string
			if err := conn.QueryRowContext(t.Context(), `pragma `+name).Scan(&got); err != nil {
				t.Fatal(err)
			}
			if got != value {
				t.Errorf("%s is %s, want %s", name, got, value)
			}
		}
	}
}

// A ledger on connections that do not flush every commit is refused.
func TestNotDurable(t *testing.T) {
	tests := []struct{ name, old, new string }{
		{"synchronous normal", "synchronous(FULL)", "synchronous(NORMAL)"},
		{"synchronous off", "synchronous(FULL)", "synchronous(OFF)"},
		{"journal in memory", "journal_mode(WAL)", "journal_mode(MEMORY)"},
		{"rollback journal", "journal_mode(WAL)", "journal_mode(DELETE)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "ledger.db")
			db, err := sql.Open("sqlite", strings.Replace(dsn(file), test.old, test.new, 1))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			key, err := ledger.CreateKey(file + ".key")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := ledger.New(t.Context(), db, dialect, file, key); !errors.Is(err, ledger.ErrNotDurable) {
				t.Errorf("the error is %v, want %v", err, ledger.ErrNotDurable)
			}
		})
	}
}

// Another process that holds the write lock is a conflict, a broken rule is not.
func TestConflict(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ledger.db")
	open := func() *sql.DB {
		db, err := sql.Open("sqlite", strings.Replace(dsn(file), "busy_timeout(5000)", "busy_timeout(1)", 1))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	first, second := open(), open()
	if _, err := first.Exec(`create table a (x bigint not null primary key); insert into a values (1)`); err != nil {
		t.Fatal(err)
	}
	if _, err := first.Exec(`insert into a values (1)`); err == nil || conflict(err) {
		t.Errorf("a doubled key: %v is a conflict, or none", err)
	}
	tx, err := first.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := second.Begin(); !conflict(err) || hint(err) == "" {
		t.Errorf("a second writer: %v is no conflict, or has no hint", err)
	}
	if conflict(nil) || conflict(context.Canceled) {
		t.Error("other errors are conflicts")
	}
	reader, err := second.BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		t.Fatalf("a reader waits for the writer: %v", err)
	}
	reader.Rollback()
}
