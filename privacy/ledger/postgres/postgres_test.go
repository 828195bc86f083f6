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

func TestLedger(t *testing.T) {
	dsn, places := postgrestest.Start(t).Database(t), 0
	ledgertest.Run(t, func(t *testing.T) ledgertest.Place {
		places++
		return inSchema(t, dsn, fmt.Sprint("place", places))
	})
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
	return at(dsn+" search_path="+schema, filepath.Join(t.TempDir(), "ledger.key"))
}

// at is the ledger of a connection string that names a schema.
func at(dsn, key string) ledgertest.Place {
	return ledgertest.Place{
		Open: func(ctx context.Context) (*ledger.Ledger, error) { return postgres.Open(ctx, dsn, key) },
		DB:   func() (*sql.DB, error) { return sql.Open("pgx", dsn) },
	}
}
