package estimate

import (
	"math"
	"testing"

	"maturitybench/stats"
)

// An item that is where it is believed to be has the interval of all items; one that is twice as far out as the estimates spread
// allows for what shrinking took: 0.2·2·0.8^½·1/0.8^½ of a prior spread of 1. Nothing is taken where everything is known.
func TestWidenedApart(t *testing.T) {
	for _, test := range []struct{ variance, informed, away, want float64 }{
		{0.2, 0.8, 0, widened(0.2, 0.8)},
		{0.2, 0.8, 0.1, widened(0.2, 0.8)},
		{0.2, 0.8, 2 * math.Sqrt(0.8), 0.2 + 0.4*0.4},
		{0.2, 0.8, -2 * math.Sqrt(0.8), 0.2 + 0.4*0.4},
		{0.2, 1, 5, 0.2},
		{0.2, 0, 5, widened(0.2, 0)},
	} {
		if got := widenedApart(test.variance, test.informed, test.away); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%+v: %v", test, got)
		}
	}
}

// A segment of which nothing but all companies is known: the variance 0.01 of all
// stays, its own 0.04 is all of its prior's and grows by 3.7, which at 90 % is what
// Chebyshev's inequality asks for: 1/0.1 over 1.645². Where a tenth of it is known,
// the factor is 1 + 1.7·0.9². Known fully, or all companies themselves, it keeps its
// variance.
func TestWidenedSegment(t *testing.T) {
	for _, test := range []struct{ variance, all, prior, want float64 }{
		{0.05, 0.01, 0.04, 0.01 + 3.7*0.04},
		{0.046, 0.01, 0.04, 0.01 + (1+1.7*0.81)*0.036},
		{0.05, 0.01, 0.08, 0.01 + (1+1.7/4)*0.04},
		{0.01, 0.01, 0.04, 0.01},
		{0.01, 0.02, 0.04, 0.01},
	} {
		if got := widenedSegment(test.variance, test.all, test.prior); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%+v: %v", test, got)
		}
	}
}

// The factor is 1.4 where nothing was measured, 1 + 0.4/2⁸ where half is known, and
// 1 for what is known.
func TestWidenedShape(t *testing.T) {
	for _, test := range []struct{ variance, prior, want float64 }{{2, 2, 2.8}, {1, 2, 1 + 0.4/256}, {0, 2, 0}} {
		if got := widenedShape(test.variance, test.prior); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%v of %v: %v, want %v", test.variance, test.prior, got, test.want)
		}
	}
}

// An interval that an end cuts reaches as far on its other side as the cut normal distribution
// asks for, and one that no end is near is symmetric.
func TestNumberAtAnEnd(t *testing.T) {
	s := &setting{}
	s.Z = 1.645
	within := func(n Number) float64 { // of the normal distribution cut to the scale
		cdf := func(x float64) float64 { return stats.NormalCDF((x - n.Value) / 0.1) }
		return (cdf(1) - cdf(n.High)) / (cdf(1) - cdf(0))
	}
	for _, value := range []float64{0, 0.05, 0.15, 0.3} {
		n := s.number(value, 0.01, 0.01, 0, 1)
		if got := within(n); math.Abs(got-0.05) > 1e-4 {
			t.Errorf("%v: %v of what is on the scale lies above %v", value, got, n.High)
		}
		if mirrored := s.number(1-value, 0.01, 0.01, 0, 1); math.Abs(mirrored.Low-(1-n.High)) > 1e-12 || math.Abs(mirrored.High-(1-n.Low)) > 1e-12 {
			t.Errorf("%v and its mirror image: %+v and %+v", value, n, mirrored)
		}
	}
	if n := s.number(0.5, 0.0001, 0.0001, 0, 1); n.Low != 0.5-0.01645 || n.High != 0.5+0.01645 {
		t.Errorf("far from the ends: %+v", n)
	}
	if n := s.number(0, 0, 0, 0, 1); n.Low != 0 || n.High != 0 {
		t.Errorf("exactly at an end: %+v", n)
	}
}
