package sqlite_test

import (
	"testing"

	"maturitybench/privacy/ledger/internal/ledgertest"
)

func TestMain(m *testing.M) { ledgertest.Main(m, at) }

func TestCrash(t *testing.T) {
	ledgertest.Crash(t, func(t testing.TB) ledgertest.Named {
		path := place(t)
		return ledgertest.Named{Place: at(path), Name: path}
	})
}
