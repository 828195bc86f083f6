package stats_test

import (
	"math"
	"slices"
	"testing"

	"maturitybench/stats"

	"pgregory.net/rapid"
)

func near(a, b []float64, tolerance float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) <= tolerance })
}

func TestSimplex(t *testing.T) {
	for _, c := range []struct {
		name  string
		x     []float64
		total float64
		want  []float64
	}{
		{"already there", []float64{0.2, 0.3, 0.5}, 1, []float64{0.2, 0.3, 0.5}},
		{"too much: 0.1 off each", []float64{0.3, 0.4, 0.6}, 1, []float64{0.2, 0.3, 0.5}},
		// Without the negative element 0.4 has to go from two: 0.8 and 0.6 become 0.6 and 0.4.
		{"a negative element", []float64{0.8, -0.5, 0.6}, 1, []float64{0.6, 0, 0.4}},
		{"everything on one", []float64{5, 1, 0}, 1, []float64{1, 0, 0}},
		{"equal elements", []float64{-3, -3}, 1, []float64{0.5, 0.5}},
		{"another total", []float64{1, 2}, 9, []float64{4, 5}},
		{"nothing to share", []float64{1, 2}, 0, []float64{0, 0}},
	} {
		if got := stats.Simplex(c.x, c.total); !near(got, c.want, 1e-12) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSimplexWithMean(t *testing.T) {
	for _, c := range []struct {
		name string
		x    []float64
		mean float64
		want []float64
	}{
		{"already there", []float64{0.2, 0.3, 0.5}, 1.3, []float64{0.2, 0.3, 0.5}},
		// Inside the simplex the projection on a mean moves along (-1, 0, 1): 0.1 of it.
		{"a higher mean", []float64{0.3, 0.4, 0.3}, 1.2, []float64{0.2, 0.4, 0.4}},
		{"the bottom", []float64{0.3, 0.4, 0.3}, 0, []float64{1, 0, 0}},
		{"the top", []float64{0.3, 0.4, 0.3}, 2, []float64{0, 0, 1}},
		{"two levels leave no choice", []float64{7, -9}, 0.25, []float64{0.75, 0.25}},
		{"one level", []float64{4}, 0, []float64{1}},
	} {
		if got := stats.SimplexWithMean(c.x, c.mean); !near(got, c.want, 1e-12) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func shares(t *rapid.T, levels int, label string) []float64 {
	x := rapid.SliceOfN(rapid.Float64Range(0, 1), levels, levels).Draw(t, label)
	var sum float64
	for i := range x {
		x[i] += 1e-3
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
	return x
}

// checkProjection fails unless from is a point of the simplex and the line from it
// to x makes no acute angle with the way to any other allowed point, which
// characterises the projection on a convex set.
func checkProjection(t *rapid.T, x, from, other []float64) {
	var sum, angle float64
	for i, v := range from {
		if v < 0 || math.IsNaN(v) {
			t.Fatalf("element %v", v)
		}
		sum += v
		angle += (x[i] - v) * (other[i] - v)
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Fatalf("sum %v", sum)
	}
	if angle > 1e-7 {
		t.Fatalf("%v is nearer to %v than %v is", other, x, from)
	}
}

func TestSimplexIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := rapid.IntRange(1, 11).Draw(t, "levels")
		x := rapid.SliceOfN(rapid.Float64Range(-3, 3), levels, levels).Draw(t, "x")
		checkProjection(t, x, stats.Simplex(x, 1), shares(t, levels, "other"))
	})
}

func TestSimplexWithMeanIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := rapid.IntRange(2, 11).Draw(t, "levels")
		x := rapid.SliceOfN(rapid.Float64Range(-3, 3), levels, levels).Draw(t, "x")
		other := shares(t, levels, "other")
		got := stats.SimplexWithMean(x, stats.Mean(other))
		if math.Abs(stats.Mean(got)-stats.Mean(other)) > 1e-9 {
			t.Fatalf("mean %v instead of %v", stats.Mean(got), stats.Mean(other))
		}
		checkProjection(t, x, got, other)
	})
}
