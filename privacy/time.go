package privacy

import (
	"errors"
	"fmt"
	"time"
)

const (
	// steadyStep is how far a clock may run ahead of the entry before and still
	// count as one that runs steadily.
	steadyStep = 31 * 24 * time.Hour
	// believedStep is how far it may run ahead for a publication to be recorded
	// at that time.
	believedStep = 400 * 24 * time.Hour
)

// ErrClock says that the clock of the machine ran far ahead of the ledger, and
// that the organiser has to confirm the date; it comes in a [*ClockError].
var ErrClock = errors.New("privacy: the date must be confirmed")

// Clock is what the entries of a ledger say about time. Budget returns as time
// passes, so a clock that is wrong could return it too early. A clock that was
// set back does no harm: no entry is recorded before the one before it. A clock
// that ran ahead by more than 31 days since the latest entry, which may be a
// quiet year or a wrong clock, frees budget only after the organiser has
// confirmed the date; if it ran ahead by more than 400 days, nothing is
// published before. The zero Clock is that of a ledger without entries.
type Clock struct {
	last   time.Time // of the latest entry
	steady time.Time // the latest that was reached in small steps, or confirmed
}

// Reading is a clock's answer to the question what time it is.
type Reading struct {
	Time time.Time // of the machine, and never before the latest entry
	Sure time.Time // up to which budget is freed: Time, or before it if the date is to be confirmed
	last time.Time // of the latest entry, for an entry that needs no time
}

// Read reads the clock when that of the machine says now.
func (c Clock) Read(now time.Time) Reading {
	now = now.UTC().Truncate(time.Second)
	if c.last.IsZero() {
		return Reading{now, now, now}
	}
	if now.Before(c.last) {
		now = c.last
	}
	if now.Sub(c.steady) > steadyStep {
		return Reading{now, c.steady, c.last}
	}
	return Reading{now, now, now}
}

// Unsure reports whether the date is to be confirmed before budget is freed.
func (r Reading) Unsure() bool { return !r.Sure.Equal(r.Time) }

// Quiet is the time of an entry that charges nothing: while the date is to be
// confirmed it is that of the entry before, so that a wrong clock leaves no trace.
func (r Reading) Quiet() time.Time {
	if r.Unsure() {
		return r.last
	}
	return r.Time
}

// After is the clock once an entry is recorded at a time that was read.
func (c Clock) After(at time.Time) Clock {
	if c.last.IsZero() || at.Sub(c.steady) <= steadyStep {
		c.steady = at
	}
	c.last = at
	return c
}

// Confirmed is the clock once the organiser has confirmed the date.
func (c Clock) Confirmed(at time.Time) Clock { return Clock{at, at} }

// Confirm compares the date that the organiser states, in any time zone, with a
// reading: they must agree to the day, or be neighbours, as at midnight. The
// error is a [*ClockError].
func (r Reading) Confirm(year int, month time.Month, day int) error {
	stated := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	y, m, d := r.Time.Date()
	if gap := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(stated); gap < -24*time.Hour || gap > 24*time.Hour {
		return &ClockError{Time: r.Time, Entry: r.last, Stated: stated}
	}
	return nil
}

// ClockError says what the clocks show.
type ClockError struct {
	Time   time.Time // of the ledger: that of the machine, and never before the latest entry
	Entry  time.Time // of the ledger's latest entry that was sure, or of its latest one
	Stated time.Time // the date that was stated, if one was
}

// Unwrap is [ErrClock].
func (e *ClockError) Unwrap() error { return ErrClock }

func (e *ClockError) Error() string {
	day := func(t time.Time) string { return t.Format(time.DateOnly) }
	if !e.Stated.IsZero() {
		text := fmt.Sprintf("%v: %s was stated, and the ledger's clock shows %s", ErrClock, day(e.Stated), day(e.Time))
		if e.Time.Equal(e.Entry) {
			return text + ", the date of its latest entry: it is never set back"
		}
		return text + ": set the clock of the machine, or state the date of today"
	}
	return fmt.Sprintf("%v: the clock of the machine shows %s and the ledger was last in use on %s: if that is right, the organiser confirms today's date; "+
		"until then no budget is freed by it", ErrClock, day(e.Time), day(e.Entry))
}

// believe returns an error if so much time seems to have passed that not even
// a publication which needs no freed budget is recorded at it.
func (r Reading) believe() error {
	if r.Unsure() && r.Time.Sub(r.Sure) > believedStep {
		return r.unconfirmed()
	}
	return nil
}

func (r Reading) unconfirmed() error { return &ClockError{Time: r.Time, Entry: r.Sure} }
