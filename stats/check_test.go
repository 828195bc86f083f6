package stats_test

import (
	"math"
	"testing"

	"maturitybench/stats"
)

// mustPanic fails unless f panics.
func mustPanic(t *testing.T, name string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s: no panic", name)
		}
	}()
	f()
}

func TestPanics(t *testing.T) {
	one := []float64{1}
	mustPanic(t, "quantile of nothing", func() { stats.Quantile(nil, 0.5) })
	mustPanic(t, "probability above 1", func() { stats.Quantile(one, 1.5) })
	mustPanic(t, "probability is not a number", func() { stats.Quantile(one, math.NaN()) })
	mustPanic(t, "distribution without points", func() { stats.CDFQuantile(nil, nil, 0.5) })
	mustPanic(t, "distribution of another length", func() { stats.CDFQuantile(one, []float64{0, 1}, 0.5) })
	mustPanic(t, "interpolation without points", func() { stats.Interpolate(nil, nil, 0) })
	mustPanic(t, "projection of nothing", func() { stats.Simplex(nil, 1) })
	mustPanic(t, "negative total", func() { stats.Simplex(one, -1) })
	mustPanic(t, "mean above the scale", func() { stats.SimplexWithMean([]float64{1, 0}, 1.1) })
	mustPanic(t, "shares of nothing", func() { stats.SimplexWithMean(nil, 0) })
	mustPanic(t, "weights of another length", func() { stats.Isotonic(one, []float64{1, 2}) })
	mustPanic(t, "zero weight", func() { stats.Isotonic(one, []float64{0}) })
	mustPanic(t, "tails of nothing", func() { stats.AtLeast(nil) })
	mustPanic(t, "distributions of other lengths", func() { stats.EarthMover(one, nil) })
	mustPanic(t, "negative share", func() { stats.LargestRemainder([]float64{-1, 2}, 3) })
	mustPanic(t, "no shares to split by", func() { stats.LargestRemainder([]float64{0, 0}, 3) })
	mustPanic(t, "negative seats", func() { stats.LargestRemainder(one, -1) })
	mustPanic(t, "isotonic distribution function of another length", func() { stats.MonotoneCDF(one, []float64{1, 2}) })
	mustPanic(t, "too many levels", func() { stats.GramPolynomials(21) })
	mustPanic(t, "ranks of fewer than no values", func() { stats.QuantileRanks(-1, 0.5, 0.9) })
	mustPanic(t, "certain interval", func() { stats.QuantileInterval(one, 0.5, 1) })
	mustPanic(t, "interval of no quantile", func() { stats.QuantileInterval(one, -0.5, 0.9) })
}

// Data that are not numbers are not worth a check in every function, but nothing
// hangs or runs out of bounds.
func TestNaNIsSurvived(t *testing.T) {
	nan := math.NaN()
	for _, x := range [][]float64{{nan}, {nan, 1, 2}, {1, nan, 2}, {1, 2, nan}, {nan, nan, nan}} {
		stats.Quantiles(x, 0, 0.3, 1)
		stats.QuantileInterval(x, 0.5, 0.5)
		stats.CDFQuantile(x, x, 0.5)
		stats.Interpolate(x, x, nan)
		stats.MonotoneCDF(x, nil)
		stats.Simplex(x, 1)
		stats.SimplexWithMean(x, float64(len(x)-1)/2)
		stats.EarthMover(x, x)
	}
	stats.RoundedNormal{Levels: 3, SD: nan}.Inverse(nan, nan)
	stats.RoundedNormal{Levels: 3, SD: nan}.Shares(nan)
	stats.Bisect(nan, 1, 9, func(x float64) bool { return x > 0 })
}
