package ledgertest

import (
	"errors"
	"testing"
	"time"

	"maturitybench/privacy/ledger"
)

// A publication is withdrawn once, for free, with a notice that stays.
func testWithdraw(t *testing.T, place func(*testing.T) Place) {
	ctx, p := t.Context(), place(t)
	l := p.Ledger(t)
	OpenAccount(t, l, "a", 2)
	record := Publish(t, l, Entry("a", "w1"))
	before, err := l.Remaining(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	const reason = "two answer sheets were exchanged"
	notice, err := l.Withdraw(ctx, "a", "w1", 1, reason)
	if err != nil || notice.Reason != reason || notice.Wave != "w1" || time.Since(notice.Time) > time.Hour {
		t.Errorf("the notice is %+v, %v", notice, err)
	}
	if again, err := l.Withdraw(ctx, "a", "w1", 1, reason); err != nil || again != notice {
		t.Errorf("asked again: %+v, %v, want %+v", again, err, notice)
	}
	for _, refused := range []struct {
		wave, reason string
		want         error
	}{{"w1", "another reason", ledger.ErrWithdrawn}, {"w2", reason, ledger.ErrNotPublished}, {"w1", "", nil}, {"w1", "two\nlines", nil}} {
		if _, err := l.Withdraw(ctx, "a", refused.wave, 1, refused.reason); err == nil || refused.want != nil && !errors.Is(err, refused.want) {
			t.Errorf("%s, %q: %v, want %v", refused.wave, refused.reason, err, refused.want)
		}
	}
	after, err := l.Remaining(ctx, "a")
	if err != nil || !after.Agrees(before) {
		t.Errorf("a withdrawal gives budget: %+v, %v, want %+v", after, err, before)
	}
	if kept := Publish(t, l, Entry("a", "w1")); string(kept.Release) != string(record.Release) {
		t.Error("the release of a withdrawn publication is another one")
	}
	if got := count(t, p, `select count(*) from journal where record like '%kind withdrawal%'`); got != 1 {
		t.Errorf("%d withdrawals are journaled, want 1", got)
	}
	stored, err := l.Publication(ctx, "a", "w1", 1)
	if err != nil || stored.Withdrawn == nil || *stored.Withdrawn != notice {
		t.Errorf("the publication is kept with the notice %+v, %v", stored.Withdrawn, err)
	}
}

// A notice is about one revision of one wave of one account: others, before and after
// it by any order, stand.
func testWithdrawOne(t *testing.T, place func(*testing.T) Place) {
	ctx, l := t.Context(), place(t).Ledger(t)
	for _, account := range []string{"a", "b", "c"} {
		OpenAccount(t, l, account, 9)
		for _, wave := range []string{"w1", "w2", "w3"} {
			for revision := 1; revision <= 3; revision++ {
				e := Entry(account, wave)
				e.Revision = revision
				Publish(t, l, e)
			}
		}
	}
	if _, err := l.Withdraw(ctx, "b", "w2", 2, "one answer sheet was read twice"); err != nil {
		t.Fatal(err)
	}
	for _, account := range []string{"a", "b", "c"} {
		for _, wave := range []string{"w1", "w2", "w3"} {
			for revision := 1; revision <= 3; revision++ {
				stored, err := l.Publication(ctx, account, wave, revision)
				if err != nil {
					t.Fatal(err)
				}
				if want := account == "b" && wave == "w2" && revision == 2; (stored.Withdrawn != nil) != want {
					t.Errorf("account %s, wave %s, revision %d: withdrawn %+v, want that %v", account, wave, revision, stored.Withdrawn, want)
				}
			}
		}
	}
}
