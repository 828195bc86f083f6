package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/internal/ledgertest"
	"maturitybench/privacy/ledger/postgres"
	"maturitybench/privacy/ledger/postgres/postgrestest"
)

// One server is enough for all.
func TestPostgres(t *testing.T) {
	server := postgrestest.Start(t)
	t.Run("Ledger", func(t *testing.T) {
		dsn, places := server.Database(t), 0
		ledgertest.Run(t, func(t *testing.T) ledgertest.Place {
			places++
			return inSchema(t, dsn, fmt.Sprint("place", places))
		})
	})
	tests := []struct {
		name string
		run  func(t *testing.T, dsn string)
	}{
		{"Durability", testDurability},
		{"Isolation", testIsolation},
		{"Key", testKey},
		{"Schema", testSchema},
		{"LostSchema", testLostSchema},
		{"Refusals", testRefusals},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, server.Database(t)) })
	}
	t.Run("Crash", func(t *testing.T) {
		ledgertest.Crash(t, func(t testing.TB) ledgertest.Named { return named(t, server.Database(t)) })
	})
	t.Run("ServerCrash", func(t *testing.T) { testServerCrash(t, server) })
}

// inSchema is a place in a new schema.
func inSchema(t *testing.T, dsn, schema string) ledgertest.Place {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `create schema `+schema); err != nil {
		t.Fatal(err)
	}
	p := at(dsn+" search_path="+schema, filepath.Join(t.TempDir(), "ledger.key"))
	p.Lose = func() error { return exec(dsn, `drop schema `+schema+` cascade`, `create schema `+schema) }
	return p
}

// at is the ledger of a connection string that names a schema.
func at(dsn, key string) ledgertest.Place {
	return ledgertest.Place{
		Open:   func(ctx context.Context) (*ledger.Ledger, error) { return postgres.Open(ctx, dsn, key) },
		Create: func(ctx context.Context) (*ledger.Ledger, error) { return postgres.Create(ctx, dsn, key) },
		Accept: func(ctx context.Context, since ledger.Head) (*ledger.Ledger, error) {
			return postgres.Accept(ctx, dsn, key, since)
		},
		DB:   func() (*sql.DB, error) { return sql.Open("pgx", dsn) },
		Key:  key,
		Head: key + ".head",
	}
}
