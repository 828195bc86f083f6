package sqlite_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/privacy"
)

// What happens while a release is computed is decided again before the commit.
func TestOvertaken(t *testing.T) {
	tests := []struct {
		name    string
		rival   func(*privacy.Entry) // the entry that is published while account a, wave w1 is computed
		want    error
		outcome string
	}{
		{"by the same", func(*privacy.Entry) {}, nil, ""},
		{"by another plan", func(e *privacy.Entry) { e.Plan = []byte("another plan") }, privacy.ErrChanged, "changed"},
		{"by other data", func(e *privacy.Entry) { e.Data = records("r4") }, privacy.ErrChanged, "changed"},
		{"by another account", func(e *privacy.Entry) { e.Account = "b" }, privacy.ErrForeignData, "foreign"},
		{"by the last of the budget", func(e *privacy.Entry) { e.Wave = "w2" }, privacy.ErrBudgetExceeded, "budget"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := place(t)
			l, other := open(t, path), open(t, path)
			openAccount(t, l, "a", 1)
			openAccount(t, l, "b", 1)
			var theirs privacy.Record
			ours, err := l.Publish(t.Context(), entry("a", "w1"), func(draws *privacy.Draws) (privacy.Record, error) {
				e := entry("a", "w1")
				test.rival(&e)
				theirs = publish(t, other, e)
				return release(draws)
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
			if got := count(t, path, `select count(*) from publications`); got != 1 {
				t.Errorf("%d publications are stored, want 1", got)
			}
			var outcomes string
			if err := look(t, path).QueryRow(`select coalesce(group_concat(outcome), '') from attempts`).Scan(&outcomes); err != nil {
				t.Fatal(err)
			}
			if outcomes != test.outcome {
				t.Errorf("the journal says %q, want %q", outcomes, test.outcome)
			}
		})
	}
}

func TestNothingCharged(t *testing.T) {
	broken := errors.New("broken")
	var late *privacy.Draws
	tests := []struct {
		name    string
		release func(cancel func(), draws *privacy.Draws) (privacy.Record, error)
		want    error
	}{
		{"error", func(_ func(), draws *privacy.Draws) (privacy.Record, error) {
			record, _ := release(draws)
			return record, broken
		}, broken},
		{"cancelled", func(cancel func(), draws *privacy.Draws) (privacy.Record, error) {
			cancel()
			return release(draws)
		}, context.Canceled},
		{"drawn twice", func(_ func(), draws *privacy.Draws) (privacy.Record, error) {
			if record, err := release(draws); err != nil {
				return record, err
			}
			return release(draws)
		}, privacy.ErrUndeclared},
		{"drawn later", func(_ func(), draws *privacy.Draws) (privacy.Record, error) {
			late = draws
			return privacy.Record{}, broken
		}, broken},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := place(t)
			l := open(t, path)
			openAccount(t, l, "a", 1)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			record, err := l.Publish(ctx, entry("a", "w1"), func(draws *privacy.Draws) (privacy.Record, error) {
				return test.release(cancel, draws)
			})
			if !errors.Is(err, test.want) {
				t.Errorf("the error is %v, want %v", err, test.want)
			}
			if record.Measurement != nil || record.Release != nil {
				t.Error("an error comes with a record")
			}
			if got := count(t, path, `select count(*) from publications`); got != 0 {
				t.Errorf("%d publications are stored, want none", got)
			}
			publish(t, l, entry("a", "w1")) // the budget for one is untouched
		})
	}
	defer func() {
		if recover() == nil {
			t.Error("noise is drawn after its publication has ended")
		}
	}()
	release(late)
}

// A process that dies while it computes is a callback that never returns.
func TestPanic(t *testing.T) {
	path := place(t)
	l := open(t, path)
	openAccount(t, l, "a", 1)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is swallowed")
			}
		}()
		l.Publish(t.Context(), entry("a", "w1"), func(draws *privacy.Draws) (privacy.Record, error) {
			release(draws)
			panic("killed")
		})
	}()
	publish(t, open(t, path), entry("a", "w1"))
	if got := count(t, path, `select count(*) from publications`); got != 1 {
		t.Errorf("%d publications are stored, want 1", got)
	}
}

func TestCancelledBefore(t *testing.T) {
	l := open(t, place(t))
	a := openAccount(t, l, "a", 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Publish(ctx, entry("a", "w1"), never(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("Publish: %v, want %v", err, context.Canceled)
	}
	if err := l.OpenAccount(ctx, a); !errors.Is(err, context.Canceled) {
		t.Errorf("OpenAccount: %v, want %v", err, context.Canceled)
	}
}

// Publish returns what the database holds, not what it meant to store.
func TestReadBack(t *testing.T) {
	path := place(t)
	l := open(t, path)
	openAccount(t, l, "a", 1)
	_, err := look(t, path).Exec(`create trigger stamp after insert on publications begin
		update publications set release = cast('as stored' as blob) where sequence = new.sequence; end`)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(publish(t, l, entry("a", "w1")).Release), "as stored"; got != want {
		t.Errorf("Publish returns %q, want %q", got, want)
	}
}

// A commit that the database refuses leaves nothing.
func TestFailedCommit(t *testing.T) {
	path := place(t)
	l := open(t, path)
	openAccount(t, l, "a", 1)
	db := look(t, path)
	if _, err := db.Exec(`create trigger fail after insert on publications begin select raise(abort, 'no space'); end`); err != nil {
		t.Fatal(err)
	}
	record, err := l.Publish(t.Context(), entry("a", "w1"), release)
	if err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("the error is %v, want one that names the ledger", err)
	}
	if record.Release != nil {
		t.Error("an error comes with a record")
	}
	if _, err := db.Exec(`drop trigger fail`); err != nil {
		t.Fatal(err)
	}
	publish(t, l, entry("a", "w1"))
}
