package sqlite_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/internal/ledgertest"
	"maturitybench/privacy/ledger/sqlite"
)

// One bit of a ledger that is changed anywhere is found, or was not used:
// then the ledger answers as before.
func TestDamagedByte(t *testing.T) {
	path := made(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	first, err := l.Publication(t.Context(), "a", "w1", 1)
	if err := errors.Join(err, l.Close()); err != nil {
		t.Fatal(err)
	}
	changes := 200 * ledgertest.Thorough(t)
	if changes == 0 {
		changes = 20
	}
	found := 0
	for range changes {
		damaged := bytes.Clone(before)
		at := rand.IntN(len(damaged))
		for damaged[at] == 0 { // mostly unused
			at = rand.IntN(len(damaged))
		}
		damaged[at] ^= 1 << rand.IntN(8)
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		os.Remove(path + "-wal")
		if !answers(t, path, first) {
			found++
		}
		if t.Failed() {
			t.Fatalf("byte %d was %#x and is %#x", at, before[at], damaged[at])
		}
	}
	t.Logf("%d of %d changes were found", found, changes)
}

// answers reports whether a damaged ledger opens, and fails the test if it
// answers wrongly then.
func answers(t *testing.T, path string, first ledger.Stored) bool {
	t.Helper()
	l, err := sqlite.Open(t.Context(), path)
	if err != nil {
		if fault, ok := errors.AsType[*ledger.Error](err); !ok || fault.Hint == "" {
			t.Errorf("the error is unclear: %v", err)
		}
		return false
	}
	defer l.Close()
	record, err := l.Publish(t.Context(), ledgertest.Entry("a", "w1"), ledgertest.Never(t))
	if err != nil || !bytes.Equal(record.Release, first.Release) || !bytes.Equal(record.Measurement, first.Measurement) {
		t.Errorf("the replay differs: %v", err)
	}
	if _, err := l.Publish(t.Context(), ledgertest.Entry("a", "w2"), ledgertest.Never(t)); !errors.Is(err, privacy.ErrBudgetExceeded) {
		t.Errorf("a second charge: %v, want %v", err, privacy.ErrBudgetExceeded)
	}
	return true
}
