package stats_test

import (
	"math"
	"slices"
	"testing"

	"maturitybench/stats"

	"pgregory.net/rapid"
)

func TestIsotonic(t *testing.T) {
	for _, c := range []struct {
		name       string
		y, weights []float64
		want       []float64
	}{
		{"nothing", nil, nil, []float64{}},
		{"ascending", []float64{1, 2, 2, 5}, nil, []float64{1, 2, 2, 5}},
		{"one violation", []float64{1, 3, 2, 4}, nil, []float64{1, 2.5, 2.5, 4}},
		{"a weighted one: (3·3+2)/4", []float64{1, 3, 2, 4}, []float64{1, 3, 1, 1}, []float64{1, 2.75, 2.75, 4}},
		{"descending", []float64{3, 2, 1}, nil, []float64{2, 2, 2}},
		{"a violation that reaches back", []float64{2, 3, 0}, nil, []float64{5. / 3, 5. / 3, 5. / 3}},
	} {
		if got := stats.Isotonic(c.y, c.weights); !near(got, c.want, 1e-12) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// The result ascends, keeps the weighted mean and makes no acute angle with the
// way to another ascending sequence.
func TestIsotonicIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		y := rapid.SliceOfN(rapid.Float64Range(-2, 2), n, n).Draw(t, "y")
		w := rapid.SliceOfN(rapid.Float64Range(0.1, 3), n, n).Draw(t, "w")
		other := rapid.SliceOfN(rapid.Float64Range(-2, 2), n, n).Draw(t, "other")
		slices.Sort(other)
		got := stats.Isotonic(y, w)
		var shift, angle float64
		for i, v := range got {
			if i > 0 && v < got[i-1]-1e-12 {
				t.Fatalf("descends: %v", got)
			}
			shift += w[i] * (y[i] - v)
			angle += w[i] * (y[i] - v) * (other[i] - v)
		}
		if math.Abs(shift) > 1e-9 || angle > 1e-9 {
			t.Fatalf("moved by %v, angle %v", shift, angle)
		}
	})
}
