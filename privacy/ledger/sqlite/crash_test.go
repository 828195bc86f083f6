package sqlite_test

import (
	"testing"

	"maturitybench/privacy/ledger/internal/ledgertest"
	"maturitybench/privacy/ledger/sqlite"
)

func TestMain(m *testing.M) { ledgertest.Main(m, sqlite.Open) }

func TestCrash(t *testing.T) {
	ledgertest.Crash(t, func(t testing.TB) ledgertest.Named {
		path := place(t)
		return ledgertest.Named{Place: at(path), Name: path}
	})
}
