package ledger

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"testing/synctest"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/draw"
)

// plain is a dialect for the rules that do not depend on one.
var plain = Dialect{
	Durable: func(context.Context, *sql.Tx) error { return nil },
	Conflict: func(err error) bool {
		e, ok := errors.AsType[*sqlite.Error](err)
		return ok && e.Code()&0xff == sqlite3.SQLITE_BUSY
	},
	Hint: func(error) string { return "" },
}

// database is a new file.
func database(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "ledger.db")+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func newLedger(t *testing.T, db *sql.DB) *Ledger {
	t.Helper()
	l, err := New(t.Context(), db, plain, "test", newKey([keySize]byte{}))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Open makes no tables where there are none, and New makes them.
func TestOpenMakesNothing(t *testing.T) {
	db, key := database(t), newKey([keySize]byte{})
	tables := func() (n int) {
		if err := db.QueryRowContext(t.Context(), `select count(*) from sqlite_master`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if _, err := Open(t.Context(), db, plain, "test", key); err == nil || tables() != 0 {
		t.Errorf("%d tables were made, and the error is %v", tables(), err)
	}
	if _, err := New(t.Context(), db, plain, "test", key); err != nil || tables() == 0 {
		t.Errorf("%d tables were made, and the error is %v", tables(), err)
	}
	if _, err := Open(t.Context(), db, plain, "test", key); err != nil {
		t.Error(err)
	}
}

var testAccount = privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}

func testEntry() privacy.Entry {
	return privacy.Entry{
		Account: "a", Wave: "w", Revision: 1, Roster: privacy.SecretRoster,
		Loss: privacy.Loss{MuSquared: 250_000_000_000, Delta: privacy.SamplerDelta},
		Data: privacy.Records(func(yield func([]byte) bool) { yield([]byte("record")) }),
	}
}

// told is how the account will stand after a request.
func told(t *testing.T, l *Ledger, r *request) privacy.Standing {
	t.Helper()
	s, err := l.Remaining(t.Context(), r.Account)
	if err != nil {
		t.Fatal(err)
	}
	return s.Plus(r.Loss)
}

// A refusal is journaled, although the caller gave up meanwhile.
func TestRefusalIsJournaledForWhoGaveUp(t *testing.T) {
	l := newLedger(t, database(t))
	if err := l.OpenAccount(t.Context(), testAccount); err != nil {
		t.Fatal(err)
	}
	r, err := l.request(t.Context(), testEntry())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.refuse(ctx, r, finding{refusal: privacy.ErrChanged, outcome: "changed"}); err != privacy.ErrChanged {
		t.Errorf("the error is %v, want %v", err, privacy.ErrChanged)
	}
	if head, err := l.Verify(t.Context()); err != nil || head.Number != 2 {
		t.Errorf("the journal ends in %v (%v), want two records", head, err)
	}
}

func TestSeededNoiseIsRefused(t *testing.T) {
	l := newLedger(t, database(t))
	if err := l.OpenAccount(t.Context(), testAccount); err != nil {
		t.Fatal(err)
	}
	l.source = draw.Seeded(draw.Seed(1))
	_, err := l.Publish(t.Context(), testEntry(), func(*privacy.Draws) (privacy.Record, error) {
		t.Error("the release was computed")
		return privacy.Record{}, nil
	})
	if !errors.Is(err, ErrTestNoise) {
		t.Errorf("the error is %v, want %v", err, ErrTestNoise)
	}
}

// The tables refuse it as well.
func TestSeededNoiseIsNotStored(t *testing.T) {
	l := newLedger(t, database(t))
	if err := l.OpenAccount(t.Context(), testAccount); err != nil {
		t.Fatal(err)
	}
	r, err := l.request(t.Context(), testEntry())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.commit(t.Context(), r, told(t, l, r), "test", privacy.Record{}); err == nil {
		t.Error("a record with test noise is stored")
	}
	if _, err := l.commit(t.Context(), r, told(t, l, r), "secure", privacy.Record{}); err != nil {
		t.Errorf("the same with secure noise: %v", err)
	}
}

// Every transaction that writes asks for durability, and stores nothing
// without it.
func TestDurabilityIsAsserted(t *testing.T) {
	l := newLedger(t, database(t))
	if err := l.OpenAccount(t.Context(), testAccount); err != nil {
		t.Fatal(err)
	}
	r, err := l.request(t.Context(), testEntry())
	if err != nil {
		t.Fatal(err)
	}
	l.dialect.Durable = func(context.Context, *sql.Tx) error { return ErrNotDurable }
	if _, err := l.commit(t.Context(), r, told(t, l, r), "secure", privacy.Record{}); !errors.Is(err, ErrNotDurable) {
		t.Errorf("commit: %v, want %v", err, ErrNotDurable)
	}
	if _, err := l.readBack(t.Context(), r); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("read back: %v, want %v", err, sql.ErrNoRows)
	}
	other := testAccount
	other.ID = "b"
	if err := l.OpenAccount(t.Context(), other); !errors.Is(err, ErrNotDurable) {
		t.Errorf("open account: %v, want %v", err, ErrNotDurable)
	}
}

// The pauses between the runs pass on the clock of the bubble.
func TestAgain(t *testing.T) { synctest.Test(t, testAgain) }

func testAgain(t *testing.T) {
	conflict, other := errors.New("conflict"), errors.New("other")
	l := &Ledger{dialect: Dialect{Conflict: func(err error) bool { return errors.Is(err, conflict) }}}
	tests := []struct {
		name string
		errs []error // of the runs, the last for all further ones
		runs int
		want error
	}{
		{"at once", []error{nil}, 1, nil},
		{"after two conflicts", []error{conflict, conflict, nil}, 3, nil},
		{"another error", []error{conflict, other}, 2, other},
		{"never", []error{conflict}, tries, conflict},
	}
	for _, test := range tests {
		runs := 0
		err := l.again(t.Context(), func() error {
			runs++
			return test.errs[min(runs, len(test.errs))-1]
		})
		if !errors.Is(err, test.want) || runs != test.runs {
			t.Errorf("%s: %d runs and %v, want %d and %v", test.name, runs, err, test.runs, test.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := l.again(ctx, func() error { cancel(); return conflict })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v, want %v", err, context.Canceled)
	}
}

// A writer that waits for its turn gives up with its context.
func TestWriterWaits(t *testing.T) {
	l := newLedger(t, database(t))
	l.writer <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := l.write(ctx, func(*sql.Tx) (bool, error) {
		t.Error("the transaction runs")
		return false, nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want %v", err, context.Canceled)
	}
}

// A long walk over the data ends with its context.
func TestDigestIsCancelled(t *testing.T) {
	l := newLedger(t, database(t))
	ctx, cancel := context.WithCancel(t.Context())
	walked := 0
	e := testEntry()
	e.Data = privacy.Records(func(yield func([]byte) bool) {
		for range 1000 {
			if walked++; walked == 10 {
				cancel()
			}
			if !yield([]byte("record")) {
				return
			}
		}
	})
	if _, err := l.request(ctx, e); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want %v", err, context.Canceled)
	}
	if walked != 10 {
		t.Errorf("%d records are walked, want 10", walked)
	}
}
