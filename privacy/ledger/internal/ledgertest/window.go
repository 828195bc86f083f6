package ledgertest

import (
	"context"
	"errors"
	"testing"
	"time"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/clock"
)

// day is a context in which it is some time of a day.
func day(t testing.TB, date string) context.Context {
	t.Helper()
	at, err := time.Parse(time.DateTime, date)
	if err != nil {
		if at, err = time.Parse(time.DateOnly, date); err != nil {
			t.Fatal(err)
		}
	}
	return clock.At(t.Context(), at)
}

// What an account refuses today its window frees later, to the second, whatever
// the publications are called, and however long the ledger was closed.
func testWindow(t *testing.T, place func(*testing.T) Place) {
	p := place(t)
	l := p.Ledger(t)
	if err := l.OpenAccount(day(t, "2026-03-01"), Account(t, "a", 2)); err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		at       string
		wave     string
		revision int
		want     error
	}{
		{"2026-03-01 12:00:00", "z", 1, nil},
		{"2026-03-20", "m", 1, nil},
		{"2026-03-21", "a", 1, privacy.ErrBudgetExceeded},
		{"2026-03-21", "m", 2, privacy.ErrBudgetExceeded},
		{"2029-03-01 11:59:59", "a", 1, privacy.ErrBudgetExceeded},
		{"2029-03-01 12:00:00", "a", 1, privacy.ErrClock}, // a year and more after the last
		{"confirmed 2029-02-25", "", 0, nil},
		{"2029-03-01 11:59:59", "a", 1, privacy.ErrBudgetExceeded},
		{"2029-03-01 12:00:00", "m", 2, nil},
		{"2029-03-19 23:59:59", "m", 3, privacy.ErrBudgetExceeded},
		{"2019-03-20", "m", 3, privacy.ErrBudgetExceeded}, // set back: time stands still
		{"2039-03-20", "m", 3, privacy.ErrClock},          // set ahead: nothing is believed
		{"2029-03-20", "m", 3, nil},
	}
	for _, step := range steps {
		if date, ok := cut(step.at, "confirmed "); ok {
			ctx := day(t, date)
			y, m, d := clock.Now(ctx).Date()
			if err := l.ConfirmDate(ctx, y, m, d); err != nil {
				t.Fatal(err)
			}
			continue
		}
		e := Entry("a", step.wave)
		e.Revision = step.revision
		if _, err := l.Publish(day(t, step.at), e, Release); !errors.Is(err, step.want) {
			t.Errorf("%s, wave %s, revision %d: %v, want %v", step.at, step.wave, step.revision, err, step.want)
		}
	}
	const decreasing = `select count(*) from publications p, publications q where p.sequence < q.sequence and p.stored > q.stored`
	if got := count(t, p, decreasing); got != 0 {
		t.Errorf("%d publications are recorded before an earlier one", got)
	}
	list, err := l.Publications(day(t, "2029-03-21"), "a")
	if err != nil {
		t.Fatal(err)
	}
	var waves []string
	for _, p := range list {
		waves = append(waves, p.Wave+" "+p.Time.Format(time.DateOnly))
	}
	if len(waves) != 4 || waves[0] != "z 2026-03-01" || waves[1] != "m 2026-03-20" || waves[2] != "m 2029-03-01" || waves[3] != "m 2029-03-20" {
		t.Errorf("the publications are %v: not in the order of their commits, or at other times", waves)
	}
}

func cut(s, prefix string) (string, bool) {
	if len(s) > len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):], true
	}
	return s, false
}

// The refusal says when enough has left the window, in the order of the commits
// and not of the names or the revisions.
func testFreesAt(t *testing.T, place func(*testing.T) Place) {
	l := place(t).Ledger(t)
	if err := l.OpenAccount(day(t, "2026-01-01"), Account(t, "a", 3)); err != nil {
		t.Fatal(err)
	}
	for _, next := range []struct {
		wave     string
		revision int
		at       string
	}{{"z", 2, "2026-01-01"}, {"m", 3, "2026-01-11"}, {"a", 1, "2026-01-21"}} {
		e := Entry("a", next.wave)
		e.Revision = next.revision
		if _, err := l.Publish(day(t, next.at), e, Release); err != nil {
			t.Fatal(err)
		}
	}
	list, err := l.Publications(day(t, "2026-01-22"), "a")
	if err != nil || len(list) != 3 || list[0].Wave != "z" || list[1].Wave != "m" || list[2].Wave != "a" {
		t.Errorf("the publications are %v (%v), want them in the order of their commits", list, err)
	}
	e := Entry("a", "w")
	e.Loss = total(2)
	_, err = l.Publish(day(t, "2026-01-22"), e, Never(t))
	refused, ok := errors.AsType[*privacy.BudgetError](err)
	if want := "2029-01-11"; !ok || refused.FreesAt.Format(time.DateOnly) != want {
		t.Errorf("two charges of three: %v, want a refusal until %s, when z and m are old enough", err, want)
	}
}

// Sixty revisions and renamed waves, whole or split: what is accepted fits.
func testSixtyRevisions(t *testing.T, place func(*testing.T) Place) {
	p := place(t)
	l := p.Ledger(t)
	a := OpenAccount(t, l, "a", 3)
	published := 0
	for i := range 60 {
		e := Entry("a", "w")
		e.Revision = 1 + i
		e.Reason = "the same answers"
		switch i % 3 {
		case 1:
			e.Wave = "renamed"
		case 2:
			e.Data = Records("a part")
		}
		_, err := l.Publish(t.Context(), e, Release)
		switch {
		case err == nil:
			published++
		case !errors.Is(err, privacy.ErrBudgetExceeded):
			t.Fatal(err)
		}
	}
	if published != 3 {
		t.Errorf("%d publications in a budget for 3", published)
	}
	s, err := l.Remaining(t.Context(), "a")
	if err != nil || s.Window.Publications != 3 || !s.Window.Loss.Fits(a.Epsilon, a.Delta) || s.Left() > 0.01*a.Epsilon {
		t.Errorf("%+v (%v), want three publications and next to nothing left", s, err)
	}
}

// A lifetime binds whatever the window frees.
func testLifetime(t *testing.T, place func(*testing.T) Place) {
	l := place(t).Ledger(t)
	a := Account(t, "a", 1)
	a.Lifetime = Account(t, "b", 2).Epsilon
	a.Window = "1m"
	if err := l.OpenAccount(day(t, "2026-01-01"), a); err != nil {
		t.Fatal(err)
	}
	for i, at := range []string{"2026-01-10", "2026-02-10", "2026-03-12", "2026-04-12"} {
		_, err := l.Publish(day(t, at), Entry("a", at), Release)
		if refused, ok := errors.AsType[*privacy.BudgetError](err); ok != (i > 1) || ok && (!refused.Lifetime || !refused.FreesAt.IsZero()) {
			t.Errorf("publication %d: %v", i+1, err)
		}
	}
	s, err := l.Remaining(day(t, "2026-04-12"), "a")
	if err != nil || s.Window.Publications != 0 || s.Lifetime.Publications != 2 || s.Left() > 0.01*a.Epsilon {
		t.Errorf("%+v (%v), want two publications, none in the window, and nothing left", s, err)
	}
}

// The same data as another wave need a reason, which is journaled.
func testRepeatedData(t *testing.T, place func(*testing.T) Place) {
	p := place(t)
	l := p.Ledger(t)
	OpenAccount(t, l, "a", 3)
	Publish(t, l, Entry("a", "w1"))
	e := Entry("a", "w1")
	e.Wave = "w2"
	if _, err := l.Publish(t.Context(), e, Never(t)); !errors.Is(err, privacy.ErrRepeatedData) {
		t.Errorf("without a reason: %v, want %v", err, privacy.ErrRepeatedData)
	}
	e.Reason = "the wave was announced under this name"
	Publish(t, l, e)
	if got := count(t, p, `select count(*) from journal where record like '%reason "the wave was announced under this name"%'`); got != 1 {
		t.Errorf("the reason is in %d records of the journal, want 1", got)
	}
	e.Wave, e.Reason = "w3", "two\nlines"
	if _, err := l.Publish(t.Context(), e, Never(t)); err == nil || errors.Is(err, privacy.ErrRepeatedData) {
		t.Errorf("a reason of two lines: %v", err)
	}
}

// A release is told how the account stands once it is charged, and is computed
// again if that has changed before it is stored.
func testStanding(t *testing.T, place func(*testing.T) Place) {
	p := place(t)
	l, other := p.Ledger(t), p.Ledger(t)
	OpenAccount(t, l, "a", 3)
	var told []int
	_, err := l.Publish(t.Context(), Entry("a", "w1"), func(draws *privacy.Draws) (privacy.Record, error) {
		told = append(told, draws.Standing().Window.Publications)
		if len(told) == 1 {
			Publish(t, other, Entry("a", "w2"))
		}
		return Release(draws)
	})
	if err != nil || len(told) != 2 || told[0] != 1 || told[1] != 2 {
		t.Errorf("the release was told of %v publications (%v), want of 1 and then of 2", told, err)
	}
}
