package stats_test

import (
	"math"
	"testing"

	"maturitybench/stats"
)

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
		if got := stats.CDFQuantile(points, cdf, c.p); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	if got := stats.CDFQuantile([]float64{1, 2}, []float64{0.4, 0.6}, 0.9); got != 2 {
		t.Errorf("beyond the distribution function: got %v, want the last point", got)
	}
}

func TestInterpolate(t *testing.T) {
	points, values := []float64{0, 1, 3}, []float64{5, 7, 3}
	for x, want := range map[float64]float64{-1: 5, 0: 5, 0.5: 6, 1: 7, 2: 5, 3: 3, 9: 3} {
		if got := stats.Interpolate(points, values, x); math.Abs(got-want) > 1e-12 {
			t.Errorf("at %v: got %v, want %v", x, got, want)
		}
	}
}

func TestMonotoneCDF(t *testing.T) {
	got := stats.MonotoneCDF([]float64{-0.1, 0.4, 0.2, 1.2}, nil)
	if want := []float64{0, 0.3, 0.3, 1}; !near(got, want, 1e-12) {
		t.Errorf("got %v, want %v", got, want)
	}
}
