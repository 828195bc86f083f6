package stats_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/stats"
)

// The constants are sums of binomial(n, k)*p**k*(1-p)**(n-k) of mpmath 1.3.0 with
// mp.dps = 40. The interval of ten values is in tables of the sign test, too
// (Conover, Practical Nonparametric Statistics, 3rd ed., 1999, §3.2).
func TestQuantileRanks(t *testing.T) {
	for _, c := range []struct {
		n             int
		p, confidence float64
		low, high     int
		coverage      float64
	}{
		{0, 0.5, 0.95, 0, 1, 1},
		{5, 0.5, 0.95, 0, 6, 1}, // too few: 2·(1/2)⁵ is above 0.05
		{6, 0.5, 0.95, 1, 6, 0.96875},
		{10, 0.5, 0.95, 2, 9, 0.978515625},
		{20, 0.5, 0.95, 6, 15, 0.95861053466796875},
		{20, 0.25, 0.9, 2, 9, 0.93476220742832083},
		{100, 0.1, 0.95, 5, 17, 0.95569010719122309},
		{100, 0.9, 0.95, 84, 96, 0.95569010719122309},
		{200, 0.75, 0.99, 134, 166, 0.99124122863950563},
		{1000, 0.5, 0.95, 469, 532, 0.95370880263950185},
		{7, 0.001, 0.9, 0, 1, 0.99302096503497901},
		{4, 0, 0.9, 0, 1, 1}, // the lowest value there can be
		{4, 1, 0.9, 4, 5, 1}, // the highest
	} {
		low, high, coverage := stats.QuantileRanks(c.n, c.p, c.confidence)
		if low != c.low || high != c.high || math.Abs(coverage-c.coverage) > 1e-13 {
			t.Errorf("%d values, p = %v, confidence %v: ranks %d and %d at %.17g, want %d and %d at %.17g",
				c.n, c.p, c.confidence, low, high, coverage, c.low, c.high, c.coverage)
		}
	}
}

func TestQuantileInterval(t *testing.T) {
	values := []float64{9, 1, 8, 2, 7, 3, 6, 4, 5, 0}
	low, high, coverage := stats.QuantileInterval(values, 0.5, 0.95)
	if low != 1 || high != 8 || coverage != 0.978515625 {
		t.Errorf("median of 0 to 9 in [%v, %v] at %v, want [1, 8]: the second and the ninth", low, high, coverage)
	}
	if low, high, _ := stats.QuantileInterval(values[:3], 0.5, 0.95); !math.IsInf(low, -1) || !math.IsInf(high, 1) {
		t.Errorf("median of three in [%v, %v], want no ends", low, high)
	}
	if values[0] != 9 {
		t.Errorf("argument became %v", values)
	}
}

// On a discrete distribution, where the quantile is one of few values and ties are
// everywhere, the interval is right at least as often as it says: added up exactly
// over the numbers of values below, at and above the quantile.
func TestQuantileIntervalCovers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 25).Draw(t, "n")
		parts := rapid.SliceOfN(rapid.Int64Range(0, 8), 3, 3).Draw(t, "below, at and above")
		parts[1]++
		total := parts[0] + parts[1] + parts[2]
		// Any p above the share below, up to that with the share at, has this quantile.
		p := (float64(parts[0]) + rapid.Float64Range(0.01, 1).Draw(t, "of the share at")*float64(parts[1])) / float64(total)
		confidence := rapid.Float64Range(0, 0.9999).Draw(t, "confidence")
		right := new(big.Rat)
		for below := range n + 1 {
			for at := range n - below + 1 {
				values := slices.Concat(slices.Repeat([]float64{-1}, below), slices.Repeat([]float64{0}, at), slices.Repeat([]float64{1}, n-below-at))
				if low, high, _ := stats.QuantileInterval(values, p, confidence); low <= 0 && high >= 0 {
					right.Add(right, multinomial(parts, below, at, n-below-at))
				}
			}
		}
		_, _, coverage := stats.QuantileRanks(n, p, confidence)
		if coverage < confidence-1e-12 { // but for the rounding of sums
			t.Fatalf("coverage %v below the confidence %v", coverage, confidence)
		}
		if got, _ := right.Float64(); got < coverage-1e-12 {
			t.Fatalf("right with probability %v, said at least %v", got, coverage)
		}
	})
}

// multinomial is the probability of three counts when the parts are drawn.
func multinomial(parts []int64, counts ...int) *big.Rat {
	var n, total int64
	for i, c := range counts {
		n += int64(c)
		total += parts[i]
	}
	p := new(big.Int).MulRange(1, n)
	for i, c := range counts {
		p.Mul(p, new(big.Int).Exp(big.NewInt(parts[i]), big.NewInt(int64(c)), nil))
		p.Div(p, new(big.Int).MulRange(1, int64(c)))
	}
	return new(big.Rat).SetFrac(p, new(big.Int).Exp(big.NewInt(total), big.NewInt(n), nil))
}
