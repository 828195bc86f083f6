package ledgertest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

// Two handles on one file behave like two processes: they share nothing but
// the file.
func testRaceForTheBudget(t *testing.T, place func(*testing.T) Place) { Race(t, place(t)) }

// Race lets many goroutines on two handles ask for more than the budget of a
// new ledger holds.
func Race(t *testing.T, p Place) {
	t.Helper()
	const fit = 10
	const goroutines = 12 // of each handle
	handles := []*ledger.Ledger{p.Ledger(t), p.Ledger(t)}
	OpenAccount(t, handles[0], "a", fit)

	var mu sync.Mutex
	published := map[string]int{}
	var group sync.WaitGroup
	for h, l := range handles {
		for g := range goroutines {
			group.Go(func() {
				wave := fmt.Sprintf("w%d-%d", h, g)
				_, err := l.Publish(t.Context(), Entry("a", wave), Release)
				switch {
				case err == nil:
					mu.Lock()
					published[wave]++
					mu.Unlock()
				case !errors.Is(err, privacy.ErrBudgetExceeded):
					t.Errorf("wave %s: %v", wave, err)
				}
			})
		}
	}
	group.Wait()
	if len(published) != fit {
		t.Errorf("%d waves are published, want %d", len(published), fit)
	}
	if got := count(t, p, `select count(distinct wave) from publications`); got != fit {
		t.Errorf("%d waves are stored, want %d", got, fit)
	}
	if got, want := count(t, p, `select count(*) from attempts where outcome = 'budget'`), 2*goroutines-fit; got != want {
		t.Errorf("%d refusals are journaled, want %d", got, want)
	}
}

func testRaceForOneWave(t *testing.T, place func(*testing.T) Place) {
	const goroutines = 32
	p := place(t)
	handles := []*ledger.Ledger{p.Ledger(t), p.Ledger(t)}
	OpenAccount(t, handles[0], "a", 1)

	start := make(chan struct{})
	records := make([]privacy.Record, goroutines)
	var group sync.WaitGroup
	for g := range goroutines {
		group.Go(func() {
			<-start
			record, err := handles[g%2].Publish(t.Context(), Entry("a", "w1"), Release)
			if err != nil {
				t.Error(err)
			}
			records[g] = record
		})
	}
	close(start)
	group.Wait()
	distinct := map[string]bool{}
	for _, record := range records {
		distinct[string(record.Measurement)+string(record.Release)] = true
	}
	if len(distinct) != 1 {
		t.Errorf("%d distinct records are returned, want 1", len(distinct))
	}
	if got := count(t, p, `select count(*) from publications`); got != 1 {
		t.Errorf("%d publications are stored, want 1", got)
	}
	if got := count(t, p, `select count(*) from attempts`); got != 0 {
		t.Errorf("%d attempts are journaled, want none: a loser is no refusal", got)
	}
}

// The same data under two accounts at once: one of them only.
func testRaceForTheData(t *testing.T, place func(*testing.T) Place) {
	p := place(t)
	l := p.Ledger(t)
	const accounts = 8
	for i := range accounts {
		OpenAccount(t, l, fmt.Sprint("a", i), 1)
	}
	var group sync.WaitGroup
	errs := make([]error, accounts)
	for i := range accounts {
		group.Go(func() {
			e := Entry(fmt.Sprint("a", i), "w1")
			e.Data = Records("r1", "r2")
			_, errs[i] = l.Publish(t.Context(), e, Release)
		})
	}
	group.Wait()
	refused := 0
	for _, err := range errs {
		if errors.Is(err, privacy.ErrForeignData) {
			refused++
		} else if err != nil {
			t.Error(err)
		}
	}
	if refused != accounts-1 {
		t.Errorf("%d of %d accounts are refused, want all but one", refused, accounts)
	}
}

// Any number of processes may make the same ledger at once.
func testRaceToOpen(t *testing.T, place func(*testing.T) Place) {
	p := place(t)
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			l, err := p.Either(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			defer l.Close()
			if err := l.OpenAccount(t.Context(), privacy.Account{
				ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-5, Window: "3y",
			}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := count(t, p, `select count(*) from accounts`); got != 1 {
		t.Errorf("%d accounts are open, want 1", got)
	}
}
