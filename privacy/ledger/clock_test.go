package ledger

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/clock"
)

func at(t *testing.T, date string) context.Context {
	t.Helper()
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return clock.At(t.Context(), day)
}

// Records whose hashes and seal are right, but whose times go back, were not
// written by a ledger.
func TestJournalDoesNotGoBack(t *testing.T) {
	l := newLedger(t, database(t))
	if err := l.OpenAccount(at(t, "2026-03-02"), testAccount); err != nil {
		t.Fatal(err)
	}
	ctx := at(t, "2026-03-01")
	err := l.write(ctx, func(tx *sql.Tx) (bool, error) {
		now, err := l.walk(ctx, tx, nil)
		if err != nil {
			return false, err
		}
		now.at = privacy.Clock{}.Read(clock.Now(ctx))
		_, err = l.append(ctx, tx, now, newDate("2026-03-01"))
		return true, err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = l.Verify(at(t, "2026-03-03"))
	if e, ok := errors.AsType[*TamperError](err); !ok || e.Number != 2 {
		t.Errorf("the error is %v, want one about record 2", err)
	}
}

// What is refused while the date is to be confirmed leaves no trace of the
// wrong date: corrected, the clock is sure again.
func TestAttemptsDoNotMoveTheClock(t *testing.T) {
	l := newLedger(t, database(t))
	if err := l.OpenAccount(at(t, "2026-03-01"), testAccount); err != nil {
		t.Fatal(err)
	}
	never := func(*privacy.Draws) (privacy.Record, error) {
		t.Error("the release was computed")
		return privacy.Record{}, nil
	}
	if _, err := l.Publish(at(t, "2036-03-01"), testEntry(), never); !errors.Is(err, privacy.ErrClock) {
		t.Errorf("ten years ahead: %v, want %v", err, privacy.ErrClock)
	}
	s, err := l.Remaining(at(t, "2026-03-02"), "a")
	if err != nil || s.Time.Format(time.DateOnly) != "2026-03-02" {
		t.Errorf("the next day is %v (%v)", s.Time, err)
	}
	if err := l.ConfirmDate(at(t, "2036-03-01"), 2026, 3, 2); !errors.Is(err, privacy.ErrClock) {
		t.Errorf("another date than the clock's is confirmed: %v", err)
	}
	if err := l.ConfirmDate(at(t, "2036-03-01"), 2036, 3, 1); err != nil {
		t.Fatal(err)
	}
	release := func(*privacy.Draws) (privacy.Record, error) { return privacy.Record{}, nil }
	if _, err := l.Publish(at(t, "2036-03-01"), testEntry(), release); err != nil {
		t.Errorf("after the date is confirmed: %v", err)
	}
}
