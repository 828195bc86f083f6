package command_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/privacy/ledger"
)

// A ledger is made once. One that is lost while its key or its head is there is not
// made again.
func TestLedgerIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	for _, first := range []bool{true, false} {
		l, made, err := command.Ledger(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if made != first {
			t.Errorf("the ledger was made: %v, want %v", made, first)
		}
	}
	for _, rest := range []string{"", ".key"} { // the head is left at last
		if err := os.Remove(path + rest); err != nil {
			t.Fatal(err)
		}
		if l, _, err := command.Ledger(t.Context(), path); !errors.Is(err, ledger.ErrLost) {
			if err == nil {
				l.Close()
			}
			t.Errorf("without ledger.db%s: %v, want %v", rest, err, ledger.ErrLost)
		}
	}
}
