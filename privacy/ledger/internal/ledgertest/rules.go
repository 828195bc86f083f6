package ledgertest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/privacy"
)

func testReplay(t *testing.T, place func(*testing.T) Place) {
	p := place(t)
	l := p.Ledger(t)
	OpenAccount(t, l, "a", 1)
	first := Publish(t, l, Entry("a", "w1"))

	// The order of the records is no part of the data.
	shuffled := Entry("a", "w1")
	shuffled.Data = Records("r3", "r2 of w1", "r1 of a")
	for _, e := range []privacy.Entry{Entry("a", "w1"), shuffled} {
		again, err := l.Publish(t.Context(), e, Never(t))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, again); diff != "" {
			t.Errorf("a replay differs (-first +again):\n%s", diff)
		}
	}
	if got, want := count(t, p, `select count(*) from publications`), 1; got != want {
		t.Errorf("%d publications are stored, want %d", got, want)
	}
	if got := count(t, p, `select count(*) from attempts`); got != 0 {
		t.Errorf("%d replays are journaled as refused", got)
	}
}

func testRefusals(t *testing.T, place func(*testing.T) Place) {
	tests := []struct {
		name    string
		change  func(*privacy.Entry) // of the entry of account a, wave w1, which is published
		want    error
		outcome string // in the journal, "" where nothing is journaled
	}{
		{"another plan", func(e *privacy.Entry) { e.Plan = []byte("another plan") }, privacy.ErrChanged, "changed"},
		{"a plan with one byte more", func(e *privacy.Entry) { e.Plan = append(e.Plan, ' ') }, privacy.ErrChanged, "changed"},
		{"one record more", func(e *privacy.Entry) { e.Data = Records("r1 of a", "r2 of w1", "r3", "r4") }, privacy.ErrChanged, "changed"},
		{"one record less", func(e *privacy.Entry) { e.Data = Records("r1 of a", "r2 of w1") }, privacy.ErrChanged, "changed"},
		{"one record changed", func(e *privacy.Entry) { e.Data = Records("r1 of a", "r2 of w1", "r4") }, privacy.ErrChanged, "changed"},
		{"both", func(e *privacy.Entry) { e.Plan, e.Data = []byte("another plan"), Records("r4") }, privacy.ErrChanged, "changed"},
		{"data of another account", func(e *privacy.Entry) { e.Account = "b" }, privacy.ErrForeignData, "foreign"},
		{"data of another wave", func(e *privacy.Entry) { e.Wave, e.Plan, e.Loss = "w2", []byte("p"), privacy.Loss{PureEpsilon: 1} }, privacy.ErrRepeatedData, "repeated"},
		{"data of another account, another wave", func(e *privacy.Entry) { e.Account, e.Wave = "b", "w9" }, privacy.ErrForeignData, "foreign"},
		{"full account", func(e *privacy.Entry) { *e = Entry("a", "w2") }, privacy.ErrBudgetExceeded, "budget"},
		{"full account, revision", func(e *privacy.Entry) { e.Revision = 2 }, privacy.ErrBudgetExceeded, "budget"},
		{"another roster", func(e *privacy.Entry) { e.Roster = privacy.PublicRoster }, privacy.ErrRosterConflict, "roster"},
		{"unknown account", func(e *privacy.Entry) { e.Account = "c" }, privacy.ErrUnknownAccount, ""},
	}
	p := place(t)
	l := p.Ledger(t)
	OpenAccount(t, l, "a", 1)
	OpenAccount(t, l, "b", 1)
	first := Publish(t, l, Entry("a", "w1"))

	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := count(t, p, `select count(*) from attempts where outcome = '`+test.outcome+`'`)
			e := Entry("a", "w1")
			test.change(&e)
			record, err := l.Publish(t.Context(), e, Never(t))
			if !errors.Is(err, test.want) {
				t.Errorf("the error is %v, want %v", err, test.want)
			}
			if record.Measurement != nil || record.Release != nil {
				t.Error("a refusal comes with a record")
			}
			after := count(t, p, `select count(*) from attempts where outcome = '`+test.outcome+`'`)
			if journaled := after - before; (journaled == 1) != (test.outcome != "") {
				t.Errorf("%d attempts are journaled as %q", journaled, test.outcome)
			}
			if got := count(t, p, `select count(*) from publications`); got != 1 {
				t.Errorf("%d publications are stored, want 1", got)
			}
		})
	}
	if diff := cmp.Diff(first, Publish(t, l, Entry("a", "w1"))); diff != "" {
		t.Errorf("the replay after the refusals differs (-first +again):\n%s", diff)
	}
}

// testAccountFirst checks that an account that is not open is found before the data
// are walked.
func testAccountFirst(t *testing.T, place func(*testing.T) Place) {
	l := place(t).Ledger(t)
	OpenAccount(t, l, "a", 1)
	walks := 0
	e := Entry("a", "w1")
	e.Data = privacy.Gathered(func(_ context.Context, key privacy.GatherKey) (*privacy.Multiset, error) {
		walks++
		return privacy.NewMultiset(key), nil
	})
	if Publish(t, l, e); walks != 1 {
		t.Errorf("a publication walks %d times over its data", walks)
	}
	e.Account = "c"
	if _, err := l.Publish(t.Context(), e, Never(t)); !errors.Is(err, privacy.ErrUnknownAccount) {
		t.Errorf("the error is %v, want %v", err, privacy.ErrUnknownAccount)
	}
	if walks != 1 {
		t.Error("the data were walked for an account that is not open")
	}
}

func testInvalidEntries(t *testing.T, place func(*testing.T) Place) {
	tests := []struct {
		name   string
		change func(*privacy.Entry)
	}{
		{"no wave", func(e *privacy.Entry) { e.Wave = "" }},
		{"no revision", func(e *privacy.Entry) { e.Revision = 0 }},
		{"no data", func(e *privacy.Entry) { e.Data = privacy.Data{} }},
	}
	p := place(t)
	l := p.Ledger(t)
	OpenAccount(t, l, "a", 1)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := Entry("a", "w1")
			test.change(&e)
			if _, err := l.Publish(t.Context(), e, Never(t)); err == nil {
				t.Error("the entry is accepted")
			}
		})
	}
	if got := count(t, p, `select count(*) from publications`) + count(t, p, `select count(*) from attempts`); got != 0 {
		t.Errorf("%d rows are stored", got)
	}
}

func testOpenAccount(t *testing.T, place func(*testing.T) Place) {
	tests := []struct {
		name   string
		change func(*privacy.Account)
	}{
		{"unit", func(a *privacy.Account) { a.Unit = "site" }},
		{"roster", func(a *privacy.Account) { a.Roster = privacy.PublicRoster }},
		{"epsilon", func(a *privacy.Account) { a.Epsilon += 1e-9 }},
		{"delta", func(a *privacy.Account) { a.Delta /= 2 }},
		{"window", func(a *privacy.Account) { a.Window = "2y" }},
		{"lifetime", func(a *privacy.Account) { a.Lifetime = 20 }},
	}
	l := place(t).Ledger(t)
	a := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8.1, Delta: 1e-5, Window: "3y"}
	for range 2 {
		if err := l.OpenAccount(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			other := a
			test.change(&other)
			if err := l.OpenAccount(t.Context(), other); !errors.Is(err, privacy.ErrAccountConflict) {
				t.Errorf("the error is %v, want %v", err, privacy.ErrAccountConflict)
			}
		})
	}
	if err := l.OpenAccount(t.Context(), privacy.Account{}); err == nil {
		t.Error("an empty account is opened")
	}
	if err := l.OpenAccount(t.Context(), a); err != nil {
		t.Errorf("the first account again: %v", err)
	}
}
