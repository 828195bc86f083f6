package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

// A ledger is made when that was asked for and there never was one: not in place of
// one that is lost, and not by a service that only starts.
func TestLedgerIsNotMadeInPassing(t *testing.T) {
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "ledger.db")
	o := options{ledger: path}
	refuses := func(o options, want error) {
		t.Helper()
		l, err := openLedger(ctx, o)
		if err == nil {
			l.Close()
		}
		if !errors.Is(err, want) {
			t.Errorf("the error is %v, want %v", err, want)
		}
	}
	refuses(o, ledger.ErrMissing)
	o.createLedger = true
	l, err := openLedger(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	account := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-5, Window: "3y"}
	if err := l.OpenAccount(ctx, account); err != nil {
		t.Fatal(err)
	}
	head, err := l.Verify(ctx)
	if err := errors.Join(err, l.Close()); err != nil {
		t.Fatal(err)
	}

	o.since = head
	if l, err = openLedger(ctx, o); err != nil {
		t.Fatal(err)
	}
	l.Close()
	o.since.Number++ // a record that this ledger has not
	refuses(o, ledger.ErrTampered)
	o.since = ledger.Head{}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	refuses(o, ledger.ErrLost)
}
