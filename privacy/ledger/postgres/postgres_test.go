package postgres_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/internal/ledgertest"
	"maturitybench/privacy/ledger/postgres"
	"maturitybench/privacy/ledger/postgres/postgrestest"
)

func TestLedger(t *testing.T) {
	server := postgrestest.Start(t)
	ledgertest.Run(t, func(t *testing.T) ledgertest.Place {
		return at(server.Database(t), filepath.Join(t.TempDir(), "ledger.key"))
	})
}

// at is a ledger in a database as a place.
func at(dsn, key string) ledgertest.Place {
	return ledgertest.Place{
		Open: func(ctx context.Context) (*ledger.Ledger, error) { return postgres.Open(ctx, dsn, key) },
		DB:   func() (*sql.DB, error) { return sql.Open("pgx", dsn+" search_path=maturitybench") },
	}
}
