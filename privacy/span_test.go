package privacy

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		span       Span
		from, want string
		text       string
	}{
		{"3y", "2026-03-01 12:00:01", "2029-03-01 12:00:01", "3 years"},
		{"1y", "2028-02-29 12:00:00", "2029-03-01 00:00:00", "1 year"},
		{"4y", "2028-02-29 12:00:00", "2032-02-29 12:00:00", "4 years"},
		{"1m", "2026-01-31 23:00:00", "2026-03-01 00:00:00", "1 month"},
		{"1m", "2026-01-28 23:00:00", "2026-02-28 23:00:00", "1 month"},
		{"36m", "2026-12-31 00:00:00", "2029-12-31 00:00:00", "36 months"},
		{"90d", "2026-01-01 06:00:00", "2026-04-01 06:00:00", "90 days"},
	} {
		from, err1 := time.Parse(time.DateTime, c.from)
		want, err2 := time.Parse(time.DateTime, c.want)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if got := c.span.End(from); !got.Equal(want) {
			t.Errorf("%s after %s is %v, want %v", c.span, c.from, got, want)
		}
		if got := c.span.String(); got != c.text {
			t.Errorf("%q in words is %q, want %q", string(c.span), got, c.text)
		}
	}
	for span, valid := range map[Span]bool{
		"1d": true, "1000y": true, "12m": true,
		"": false, "y": false, "3": false, "0y": false, "03y": false, "1001y": false, "3 y": false, "-3y": false, "+3y": false, "3Y": false, "3w": false, "1.5y": false, "99999999999999999999y": false, "٣y": false,
	} {
		if span.Valid() != valid {
			t.Errorf("%q is valid: %v", string(span), !valid)
		}
	}
	if end := Span("x").End(midnight(t, "2026-01-01")); end.Year() != 9999 {
		t.Errorf("a malformed span ends at %v", end)
	}
}

// TestSpanKeepsTheOrder: the end is the first second that is no longer younger,
// by comparing dates digit by digit, and nobody overtakes.
func TestSpanKeepsTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		second := func(label string) time.Time {
			return time.Unix(rapid.Int64Range(1_700_000_000, 2_200_000_000).Draw(t, label), 0).UTC()
		}
		span := Span(rapid.StringMatching(`[1-9][0-9]?[dmy]`).Draw(t, "span"))
		a := second("a")
		b := a.Add(time.Duration(rapid.Int64Range(0, 3*86400).Draw(t, "later")) * time.Second)
		if span.End(b).Before(span.End(a)) {
			t.Fatalf("%v ends after %v", a, b)
		}
		end := span.End(a)
		if younger(a, end, span) || !younger(a, end.Add(-time.Second), span) {
			t.Fatalf("the end of %s from %v is not %v", span, a, end)
		}
	})
}

// younger reports whether something of time a is younger than span at time b, by
// comparing the parts of the dates one after the other. It is the tests' own
// definition.
func younger(a, b time.Time, span Span) bool {
	n, unit := span.parse()
	if unit == 'd' {
		return b.Sub(a) < time.Duration(n)*24*time.Hour
	}
	if unit == 'y' {
		n *= 12
	}
	months := a.Year()*12 + int(a.Month()) - 1 + n
	ofDay := func(t time.Time) int { h, m, s := t.Clock(); return h*3600 + m*60 + s }
	end := [3]int{months, a.Day(), ofDay(a)}
	at := [3]int{b.Year()*12 + int(b.Month()) - 1, b.Day(), ofDay(b)}
	for i := range end {
		if at[i] != end[i] {
			return at[i] < end[i]
		}
	}
	return false
}
