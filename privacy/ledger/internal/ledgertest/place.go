package ledgertest

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"maturitybench/privacy/ledger"
)

// Place is where a ledger is, or can be made.
type Place struct {
	// Open opens the ledger anew. Two ledgers that were opened at one place
	// behave like two processes: they share nothing but the database.
	Open func(ctx context.Context) (*ledger.Ledger, error)
	// Create makes the ledger.
	Create func(ctx context.Context) (*ledger.Ledger, error)
	// Accept opens a ledger that has lost its head.
	Accept func(ctx context.Context, since ledger.Head) (*ledger.Ledger, error)
	// Lose removes the tables of a ledger that nobody has open.
	Lose func() error
	// Key is the file of the key.
	Key string
	// DB opens the tables, beside the ledger.
	DB func() (*sql.DB, error)
	// Head is the file in which the ledger keeps its head.
	Head string
}

// Either opens the ledger that is there, and makes it if there is none and never
// was.
func (p Place) Either(ctx context.Context) (*ledger.Ledger, error) {
	l, err := p.Open(ctx)
	if errors.Is(err, ledger.ErrMissing) {
		l, err = p.Create(ctx)
	}
	if errors.Is(err, ledger.ErrExists) { // another process was faster
		l, err = p.Open(ctx)
	}
	return l, err
}

// Ledger opens the ledger, or makes it, until the test ends.
func (p Place) Ledger(t testing.TB) *ledger.Ledger {
	t.Helper()
	l, err := p.Either(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// Tables opens the tables until the test ends.
func (p Place) Tables(t testing.TB) *sql.DB {
	t.Helper()
	db, err := p.DB()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// count runs a query for one number.
func count(t testing.TB, p Place, query string) (n int) {
	t.Helper()
	if err := p.Tables(t).QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Run runs all tests, each at new places.
func Run(t *testing.T, place func(*testing.T) Place) {
	tests := []struct {
		name string
		run  func(*testing.T, func(*testing.T) Place)
	}{
		{"Replay", testReplay},
		{"Refusals", testRefusals},
		{"AccountFirst", testAccountFirst},
		{"Window", testWindow},
		{"FreesAt", testFreesAt},
		{"SixtyRevisions", testSixtyRevisions},
		{"Lifetime", testLifetime},
		{"RepeatedData", testRepeatedData},
		{"Standing", testStanding},
		{"Withdraw", testWithdraw},
		{"WithdrawOne", testWithdrawOne},
		{"InvalidEntries", testInvalidEntries},
		{"OpenAccount", testOpenAccount},
		{"Overtaken", testOvertaken},
		{"NothingCharged", testNothingCharged},
		{"Panic", testPanic},
		{"CancelledBefore", testCancelledBefore},
		{"RaceForTheBudget", testRaceForTheBudget},
		{"RaceForOneWave", testRaceForOneWave},
		{"RaceForTheData", testRaceForTheData},
		{"RaceToOpen", testRaceToOpen},
		{"AgainstMemory", testAgainstMemory},
		{"Tampered", testTampered},
		{"TamperedLast", testTamperedLast},
		{"OlderCopy", testOlderCopy},
		{"HeadOfNothing", testHeadOfNothing},
		{"NothingThere", testNothingThere},
		{"Lost", testLost},
		{"HeadMissing", testHeadMissing},
		{"HalfMade", testHalfMade},
		{"Read", testRead},
		{"Remaining", testRemaining},
		{"Reestimates", testReestimates},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, place) })
	}
}
