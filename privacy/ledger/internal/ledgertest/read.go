package ledgertest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

func testRead(t *testing.T, place func(*testing.T) Place) {
	ctx, l := t.Context(), place(t).Ledger(t)
	b := OpenAccount(t, l, "b", 1)
	a := OpenAccount(t, l, "a", 3)
	record := Publish(t, l, Entry("a", "w1"))
	revised := Entry("a", "w1")
	revised.Revision = 2
	Publish(t, l, revised)

	accounts, err := l.Accounts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]privacy.Account{b, a}, accounts); diff != "" {
		t.Errorf("accounts (-want +got):\n%s", diff)
	}
	list, err := l.Publications(ctx, "a")
	if err != nil || len(list) != 2 {
		t.Fatalf("%d publications and %v, want 2", len(list), err)
	}
	if list[0].Revision != 1 || list[1].Revision != 2 || list[1].Loss != charge || time.Since(list[0].Time) > time.Hour {
		t.Errorf("publications: %+v", list)
	}
	stored, err := l.Publication(ctx, "a", "w1", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.VerifySince(ctx, stored.Journal); err != nil || stored.Journal.Number < 1 {
		t.Errorf("the journal does not continue the record %q of the publication: %v", stored.Journal, err)
	}
	if second, err := l.Publication(ctx, "a", "w1", 2); err != nil || second.Journal.Number <= stored.Journal.Number {
		t.Errorf("the second publication is at %q, %v, and the first at %q", second.Journal, err, stored.Journal)
	}
	want := ledger.Stored{Publication: list[0], Record: record, Plan: []byte("plan of w1"), Journal: stored.Journal}
	if diff := cmp.Diff(want, stored); diff != "" {
		t.Errorf("publication (-want +got):\n%s", diff)
	}
	for name, held := range map[string][]byte{"the release": record.Release, "a byte more": append(slices.Clone(record.Release), ' '), "nothing": nil} {
		if got, err := l.Holds(ctx, "a", "w1", 1, held); err != nil || got != (name == "the release") {
			t.Errorf("%s is held: %v, %v", name, got, err)
		}
	}
	edited := slices.Clone(record.Release)
	edited[1] ^= 1
	if got, err := l.Holds(ctx, "a", "w1", 1, edited); err != nil || got {
		t.Errorf("a release with one byte changed is held: %v, %v", got, err)
	}
	all, err := l.Published(ctx, "a")
	if err != nil || len(all) != 2 {
		t.Fatalf("%d publications with their texts and %v, want 2", len(all), err)
	}
	if diff := cmp.Diff(privacy.Published{Wave: "w1", Revision: 1, Plan: stored.Plan, Record: record}, all[0]); diff != "" || all[1].Revision != 2 {
		t.Errorf("publications with their texts: %s", diff)
	}
	if _, err := l.Withdraw(ctx, "a", "w1", 2, "a sector was read twice"); err != nil {
		t.Fatal(err)
	}
	if all, err = l.Published(ctx, "a"); err != nil || all[0].Withdrawn || !all[1].Withdrawn {
		t.Errorf("withdrawn: %v and %v, %v", all[0].Withdrawn, all[1].Withdrawn, err)
	}
	if _, err := l.Published(ctx, "c"); !errors.Is(err, privacy.ErrUnknownAccount) {
		t.Errorf("what is published of c: %v, want %v", err, privacy.ErrUnknownAccount)
	}
	if list, err := l.Publications(ctx, "b"); err != nil || len(list) != 0 {
		t.Errorf("publications of b: %v, %v", list, err)
	}
	if _, err := l.Publications(ctx, "c"); !errors.Is(err, privacy.ErrUnknownAccount) {
		t.Errorf("publications of c: %v, want %v", err, privacy.ErrUnknownAccount)
	}
	if _, err := l.Publication(ctx, "a", "w1", 3); !errors.Is(err, ledger.ErrNotPublished) {
		t.Errorf("revision 3: %v, want %v", err, ledger.ErrNotPublished)
	}
}

// What is left can be spent, whatever the δ, and the ten-thousandth above it
// cannot where the δ is the account's.
func testRemaining(t *testing.T, place func(*testing.T) Place) {
	ctx, l := t.Context(), place(t).Ledger(t)
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		a := Account(t, string(roster), 2)
		a.Roster = roster
		if err := l.OpenAccount(ctx, a); err != nil {
			t.Fatal(err)
		}
		e := Entry(a.ID, "w1")
		e.Roster = roster
		Publish(t, l, e)
		b, err := l.Remaining(ctx, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if b.Account != a || b.Window.Publications != 1 || b.Window != b.Lifetime || b.Window.Loss != charge {
			t.Errorf("%+v, want one publication and ε = %v spent", b, charge.Epsilon(a.Delta))
		}
		committed := []privacy.Charge{{Time: time.Now(), Loss: charge}}
		loss := func(epsilon, delta float64) privacy.Loss {
			budget, err := privacy.NewBudget(epsilon, delta, roster, 0.1, 0.1)
			if err != nil {
				t.Fatal(err)
			}
			return budget.Loss
		}
		for _, delta := range []float64{a.Delta, 1e-6, 1e-8} {
			if err := privacy.Admit(a, committed, (privacy.Clock{}).Read(time.Now()), loss(b.Left(), delta)); err != nil {
				t.Errorf("%s roster, δ = %v: what is left does not fit: %v", roster, delta, err)
			}
		}
		// One more digit than is stated: 2e-4, as μ is a multiple of 1e-6.
		if err := privacy.Admit(a, committed, (privacy.Clock{}).Read(time.Now()), loss(b.Left()+2e-4, a.Delta)); err == nil {
			t.Errorf("%s roster: more fits than is left", roster)
		}
	}
	if _, err := l.Remaining(ctx, "c"); !errors.Is(err, privacy.ErrUnknownAccount) {
		t.Errorf("an unknown account: %v, want %v", err, privacy.ErrUnknownAccount)
	}
}

func testReestimates(t *testing.T, place func(*testing.T) Place) {
	ctx, l := t.Context(), place(t).Ledger(t)
	OpenAccount(t, l, "a", 2)
	Publish(t, l, Entry("a", "w1"))
	Publish(t, l, Entry("a", "w2"))
	before, err := l.Remaining(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		wave, estimator string
		count           int
		journaled       int64
	}{
		{"w1", "v2", 1, 1}, {"w1", "v3", 2, 1}, {"w1", "v2", 1, 0}, {"w2", "v3", 1, 1}, {"w1", "v3", 2, 0}, {"w1", "v4", 3, 1},
	}
	head, err := l.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		count, err := l.RecordReestimate(ctx, "a", step.wave, 1, step.estimator)
		if err != nil || count != step.count {
			t.Errorf("%s of %s is number %d (%v), want %d", step.estimator, step.wave, count, err, step.count)
		}
		now, err := l.VerifySince(ctx, head)
		if err != nil || now.Number-head.Number != step.journaled {
			t.Errorf("%s of %s: %d records more (%v), want %d", step.estimator, step.wave, now.Number-head.Number, err, step.journaled)
		}
		head = now
	}
	if _, err := l.RecordReestimate(ctx, "a", "w3", 1, "v2"); !errors.Is(err, ledger.ErrNotPublished) {
		t.Errorf("a wave that is not published: %v, want %v", err, ledger.ErrNotPublished)
	}
	if _, err := l.RecordReestimate(ctx, "a", "w1", 1, "two words"); err == nil {
		t.Error("an estimator without an id is journaled")
	}
	if stored, err := l.Publication(ctx, "a", "w1", 1); err != nil || stored.Reestimates != 3 {
		t.Errorf("%d reestimates (%v), want 3", stored.Reestimates, err)
	}
	if after, err := l.Remaining(ctx, "a"); err != nil || !after.Agrees(before) {
		t.Errorf("the budget is %+v (%v), want %+v: reestimates are free", after, err, before)
	}
}
