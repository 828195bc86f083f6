package stats_test

import (
	"math"
	"slices"
	"testing"

	"maturitybench/stats"

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
		if got := stats.Quantile(c.values, c.p); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestQuantileDoesNotSortItsArgument(t *testing.T) {
	values := []float64{3, 1, 2}
	stats.Quantiles(values, 0.1, 0.9)
	if !slices.Equal(values, []float64{3, 1, 2}) {
		t.Errorf("argument became %v", values)
	}
}

// A quantile of data is between the order statistics around it, and quantiles
// ascend with p.
func TestQuantileProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 40).Draw(t, "values")
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		higher := rapid.Float64Range(p, 1).Draw(t, "higher")
		q := stats.Quantiles(values, p, higher)
		if q[0] > q[1]+1e-6 {
			t.Fatalf("quantile %v of %v is above quantile %v of %v", q[0], p, q[1], higher)
		}
		if q[0] < slices.Min(values) || q[1] > slices.Max(values) {
			t.Fatalf("quantiles %v outside the data", q)
		}
	})
}
