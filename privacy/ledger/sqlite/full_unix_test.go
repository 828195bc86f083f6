//go:build unix

package sqlite_test

import (
	"testing"

	"maturitybench/privacy/ledger/internal/ledgertest"
)

func TestFullDisk(t *testing.T) {
	step := 4096
	if ledgertest.Thorough(t) > 0 {
		step = 256
	}
	path := place(t)
	ledgertest.Full(t, ledgertest.Named{Place: at(path), Name: path}, step)
}
