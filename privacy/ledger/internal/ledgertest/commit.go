package ledgertest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/privacy"
)

// What happens while a release is computed is decided again before the commit.
func testOvertaken(t *testing.T, place func(*testing.T) Place) {
	tests := []struct {
		name    string
		rival   func(*privacy.Entry) // the entry that is published while account a, wave w1 is computed
		want    error
		outcome string
	}{
		{"by the same", func(*privacy.Entry) {}, nil, ""},
		{"by another plan", func(e *privacy.Entry) { e.Plan = []byte("another plan") }, privacy.ErrChanged, "changed"},
		{"by other data", func(e *privacy.Entry) { e.Data = Records("r4") }, privacy.ErrChanged, "changed"},
		{"by another account", func(e *privacy.Entry) { e.Account = "b" }, privacy.ErrForeignData, "foreign"},
		{"by another wave", func(e *privacy.Entry) { e.Wave = "w2" }, privacy.ErrRepeatedData, "repeated"},
		{"by the last of the budget", func(e *privacy.Entry) { *e = Entry("a", "w2") }, privacy.ErrBudgetExceeded, "budget"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := place(t)
			l, other := p.Ledger(t), p.Ledger(t)
			OpenAccount(t, l, "a", 1)
			OpenAccount(t, l, "b", 1)
			var theirs privacy.Record
			ours, err := l.Publish(t.Context(), Entry("a", "w1"), func(draws *privacy.Draws) (privacy.Record, error) {
				e := Entry("a", "w1")
				test.rival(&e)
				theirs = Publish(t, other, e)
				return Release(draws)
			})
			if !errors.Is(err, test.want) {
				t.Fatalf("the error is %v, want %v", err, test.want)
			}
			want := theirs
			if test.want != nil {
				want = privacy.Record{}
			}
			if diff := cmp.Diff(want, ours); diff != "" {
				t.Errorf("the record that was overtaken (-want +got):\n%s", diff)
			}
			if got := count(t, p, `select count(*) from publications`); got != 1 {
				t.Errorf("%d publications are stored, want 1", got)
			}
			refused := 0
			if test.outcome != "" {
				refused = 1
			}
			if got := count(t, p, `select count(*) from attempts where outcome = '`+test.outcome+`'`); got != refused {
				t.Errorf("%d attempts are journaled as %q, want %d", got, test.outcome, refused)
			}
			if got := count(t, p, `select count(*) from attempts`); got != refused {
				t.Errorf("%d attempts are journaled, want %d", got, refused)
			}
		})
	}
}

func testNothingCharged(t *testing.T, place func(*testing.T) Place) {
	broken := errors.New("broken")
	var late *privacy.Draws
	tests := []struct {
		name    string
		release func(cancel func(), draws *privacy.Draws) (privacy.Record, error)
		want    error
	}{
		{"error", func(_ func(), draws *privacy.Draws) (privacy.Record, error) {
			record, _ := Release(draws)
			return record, broken
		}, broken},
		{"cancelled", func(cancel func(), draws *privacy.Draws) (privacy.Record, error) {
			cancel()
			return Release(draws)
		}, context.Canceled},
		{"drawn twice", func(_ func(), draws *privacy.Draws) (privacy.Record, error) {
			if record, err := Release(draws); err != nil {
				return record, err
			}
			return Release(draws)
		}, privacy.ErrUndeclared},
		{"drawn later", func(_ func(), draws *privacy.Draws) (privacy.Record, error) {
			late = draws
			return privacy.Record{}, broken
		}, broken},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := place(t)
			l := p.Ledger(t)
			OpenAccount(t, l, "a", 1)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			record, err := l.Publish(ctx, Entry("a", "w1"), func(draws *privacy.Draws) (privacy.Record, error) {
				return test.release(cancel, draws)
			})
			if !errors.Is(err, test.want) {
				t.Errorf("the error is %v, want %v", err, test.want)
			}
			if record.Measurement != nil || record.Release != nil {
				t.Error("an error comes with a record")
			}
			if got := count(t, p, `select count(*) from publications`); got != 0 {
				t.Errorf("%d publications are stored, want none", got)
			}
			Publish(t, l, Entry("a", "w1")) // the budget for one is untouched
		})
	}
	defer func() {
		if recover() == nil {
			t.Error("noise is drawn after its publication has ended")
		}
	}()
	Release(late)
}

// A process that dies while it computes is a callback that never returns.
func testPanic(t *testing.T, place func(*testing.T) Place) {
	p := place(t)
	l := p.Ledger(t)
	OpenAccount(t, l, "a", 1)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is swallowed")
			}
		}()
		l.Publish(t.Context(), Entry("a", "w1"), func(draws *privacy.Draws) (privacy.Record, error) {
			Release(draws)
			panic("killed")
		})
	}()
	Publish(t, p.Ledger(t), Entry("a", "w1"))
	if got := count(t, p, `select count(*) from publications`); got != 1 {
		t.Errorf("%d publications are stored, want 1", got)
	}
}

func testCancelledBefore(t *testing.T, place func(*testing.T) Place) {
	l := place(t).Ledger(t)
	a := OpenAccount(t, l, "a", 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Publish(ctx, Entry("a", "w1"), Never(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("Publish: %v, want %v", err, context.Canceled)
	}
	if err := l.OpenAccount(ctx, a); !errors.Is(err, context.Canceled) {
		t.Errorf("OpenAccount: %v, want %v", err, context.Canceled)
	}
}
