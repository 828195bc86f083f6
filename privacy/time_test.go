package privacy

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestClock walks one clock through a quiet year, a jump, its confirmation and
// ten years ahead and back.
func TestClock(t *testing.T) {
	var c Clock
	for _, step := range []struct {
		now        string
		time, sure string
		enter      string // "" nothing, "charge" a publication, "quiet" another entry, "confirm" the date
	}{
		{"2026-03-01", "2026-03-01", "2026-03-01", "quiet"}, // the first entry is believed
		{"2026-04-01", "2026-04-01", "2026-04-01", "charge"},
		{"2026-05-03", "2026-05-03", "2026-04-01", "quiet"}, // 32 days: recorded on 1 April
		{"2026-05-03", "2026-05-03", "2026-04-01", "charge"},
		{"2026-05-04", "2026-05-04", "2026-04-01", ""}, // and still to be confirmed
		{"2026-05-04", "2026-05-04", "2026-04-01", "confirm"},
		{"2026-05-04", "2026-05-04", "2026-05-04", ""},
		{"2036-05-04", "2036-05-04", "2026-05-04", "quiet"}, // ten years ahead leave no trace
		{"2026-05-05", "2026-05-05", "2026-05-05", "charge"},
		{"2016-05-05", "2026-05-05", "2026-05-05", "charge"}, // ten years back: time stands still
		{"2026-06-05", "2026-06-05", "2026-06-05", "charge"},
	} {
		r := c.Read(midnight(t, step.now))
		if !r.Time.Equal(midnight(t, step.time)) || !r.Sure.Equal(midnight(t, step.sure)) {
			t.Errorf("at %s the clock reads %v and is sure of %v, want %s and %s", step.now, r.Time, r.Sure, step.time, step.sure)
		}
		switch step.enter {
		case "charge":
			c = c.After(r.Time)
		case "quiet":
			c = c.After(r.Quiet())
		case "confirm":
			y, m, d := midnight(t, step.now).Date()
			if err := r.Confirm(y, m, d); err != nil {
				t.Errorf("%s: %v", step.now, err)
			}
			c = c.Confirmed(r.Time)
		}
	}
}

func TestConfirm(t *testing.T) {
	c := Clock{}.After(midnight(t, "2026-03-01"))
	for _, step := range []struct {
		now     string
		stated  string
		refused string // a part of the error
	}{
		{"2026-03-02", "2026-03-02", ""},
		{"2026-03-02", "2026-03-03", ""}, // it is tomorrow already further east
		{"2026-03-02", "2026-03-01", ""},
		{"2036-03-02", "2026-03-02", "set the clock of the machine, or state the date of today"},
		{"2026-03-02", "2036-03-02", "2036-03-02 was stated, and the ledger's clock shows 2026-03-02"},
		{"2016-03-01", "2016-03-01", "it is never set back"},
	} {
		y, m, d := midnight(t, step.stated).Date()
		err := c.Read(midnight(t, step.now).Add(time.Hour)).Confirm(y, m, d)
		if (err == nil) != (step.refused == "") || err != nil && (!errors.Is(err, ErrClock) || !strings.Contains(err.Error(), step.refused)) {
			t.Errorf("%s at %s: %v", step.stated, step.now, err)
		}
	}
	err := c.Read(midnight(t, "2036-03-02")).believe()
	for _, want := range []string{"the clock of the machine shows 2036-03-02", "last in use on 2026-03-01", "confirms today's date"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %q", err, want)
		}
	}
}
