package stats

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestQuantile(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		p      float64
		want   float64
	}{
		{"one value", []float64{3}, 0.3, 3},
		{"median of four, the default of R and spreadsheets", []float64{4, 1, 3, 2}, 0.5, 2.5},
		{"first quartile of four: position 3/4", []float64{1, 2, 3, 4}, 0.25, 1.75},
		{"third quartile of five: position 3", []float64{10, 20, 30, 40, 50}, 0.75, 40},
		{"lowest", []float64{5, 2, 9}, 0, 2},
		{"highest", []float64{5, 2, 9}, 1, 9},
		{"ties", []float64{1, 1, 1, 5}, 0.5, 1},
	} {
		if got := Quantile(c.values, c.p); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestQuantileDoesNotSortItsArgument(t *testing.T) {
	values := []float64{3, 1, 2}
	Quantiles(values, 0.1, 0.9)
	if !slices.Equal(values, []float64{3, 1, 2}) {
		t.Errorf("argument became %v", values)
	}
}

func TestCDFQuantile(t *testing.T) {
	points, cdf := []float64{0, 1, 2, 4}, []float64{0, 0.2, 0.2, 1}
	for _, c := range []struct {
		name    string
		p, want float64
	}{
		{"start", 0, 0},
		{"inside", 0.1, 0.5},
		{"left end of a flat piece", 0.2, 1},
		{"after it", 0.6, 3},
		{"end", 1, 4},
	} {
		if got := CDFQuantile(points, cdf, c.p); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	if got := CDFQuantile([]float64{1, 2}, []float64{0.4, 0.6}, 0.9); got != 2 {
		t.Errorf("beyond the distribution function: got %v, want the last point", got)
	}
}

func TestInterpolate(t *testing.T) {
	points, values := []float64{0, 1, 3}, []float64{5, 7, 3}
	for x, want := range map[float64]float64{-1: 5, 0: 5, 0.5: 6, 1: 7, 2: 5, 3: 3, 9: 3} {
		if got := Interpolate(points, values, x); math.Abs(got-want) > 1e-12 {
			t.Errorf("at %v: got %v, want %v", x, got, want)
		}
	}
}

// A quantile of data is between the order statistics around it, and quantiles
// ascend with p.
func TestQuantileProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 40).Draw(t, "values")
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		higher := rapid.Float64Range(p, 1).Draw(t, "higher")
		q := Quantiles(values, p, higher)
		if q[0] > q[1]+1e-6 {
			t.Fatalf("quantile %v of %v is above quantile %v of %v", q[0], p, q[1], higher)
		}
		if q[0] < slices.Min(values) || q[1] > slices.Max(values) {
			t.Fatalf("quantiles %v outside the data", q)
		}
	})
}

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
	mustPanic(t, "quantile of nothing", func() { Quantile(nil, 0.5) })
	mustPanic(t, "probability above 1", func() { Quantile(one, 1.5) })
	mustPanic(t, "probability is not a number", func() { Quantile(one, math.NaN()) })
	mustPanic(t, "distribution without points", func() { CDFQuantile(nil, nil, 0.5) })
	mustPanic(t, "distribution of another length", func() { CDFQuantile(one, []float64{0, 1}, 0.5) })
	mustPanic(t, "interpolation without points", func() { Interpolate(nil, nil, 0) })
	mustPanic(t, "projection of nothing", func() { Simplex(nil, 1) })
	mustPanic(t, "negative total", func() { Simplex(one, -1) })
	mustPanic(t, "mean above the scale", func() { SimplexWithMean([]float64{1, 0}, 1.1) })
	mustPanic(t, "shares of nothing", func() { SimplexWithMean(nil, 0) })
	mustPanic(t, "weights of another length", func() { Isotonic(one, []float64{1, 2}) })
	mustPanic(t, "zero weight", func() { Isotonic(one, []float64{0}) })
	mustPanic(t, "tails of nothing", func() { AtLeast(nil) })
	mustPanic(t, "distributions of other lengths", func() { EarthMover(one, nil) })
	mustPanic(t, "negative share", func() { LargestRemainder([]float64{-1, 2}, 3) })
	mustPanic(t, "no shares to split by", func() { LargestRemainder([]float64{0, 0}, 3) })
	mustPanic(t, "negative seats", func() { LargestRemainder(one, -1) })
}
