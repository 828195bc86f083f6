package stats_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/stats"
)

func TestBisect(t *testing.T) {
	calls := 0
	low, high := stats.Bisect(0, 8, 4, func(x float64) bool {
		calls++
		return x*x >= 9
	})
	if low != 2.5 || high != 3 || calls != 4 { // 4, 2, 3 and 2.5 are asked
		t.Errorf("√9 in [%v, %v] after %d calls, want [2.5, 3] after 4", low, high, calls)
	}
	if low, high := stats.Bisect(1, 2, 10, func(float64) bool { return false }); high != 2 || low != 2-1./1024 {
		t.Errorf("reached nowhere: [%v, %v]", low, high)
	}
	if low, high := stats.Bisect(1, 2, 10, func(float64) bool { return true }); low != 1 || high != 1+1./1024 {
		t.Errorf("reached everywhere: [%v, %v]", low, high)
	}
	if low, high := stats.Bisect(1, 2, 200, func(x float64) bool { return x >= math.Sqrt2 }); high != math.Sqrt2 || low != math.Nextafter(high, 0) {
		t.Errorf("to the end: [%v, %v]", low, high)
	}
}

// The place stays in the bracket, which is as narrow as it says.
func TestBisectProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e3, 1e3).Draw(t, "low")
		width := rapid.Float64Range(1e-3, 1e3).Draw(t, "width")
		place := low + width*rapid.Float64Range(0, 1).Draw(t, "place")
		halvings := rapid.IntRange(0, 30).Draw(t, "halvings")
		below, above := stats.Bisect(low, low+width, halvings, func(x float64) bool { return x >= place })
		if place < below || place > above {
			t.Fatalf("%v is not in [%v, %v]", place, below, above)
		}
		if got, want := above-below, math.Ldexp(width, -halvings); math.Abs(got-want) > 1e-9*want+1e-12 {
			t.Fatalf("width %v after %d halvings of %v", got, halvings, width)
		}
	})
}
