package stats_test

import (
	"math"
	"testing"

	"maturitybench/stats"

	"pgregory.net/rapid"
)

func TestOrdinal(t *testing.T) {
	s := []float64{0.1, 0.2, 0.3, 0.4}
	if got := stats.Mean(s); math.Abs(got-2) > 1e-12 { // 0.2 + 0.6 + 1.2
		t.Errorf("mean %v, want 2", got)
	}
	if got, want := stats.AtLeast(s), []float64{0.9, 0.7, 0.4}; !near(got, want, 1e-12) {
		t.Errorf("tails %v, want %v", got, want)
	}
	if got := stats.EarthMover(s, []float64{0.4, 0.3, 0.2, 0.1}); math.Abs(got-1) > 1e-12 { // 0.3 + 0.4 + 0.3
		t.Errorf("earth mover distance %v, want 1", got)
	}
	if got := stats.EarthMover([]float64{1, 0, 0}, []float64{0, 0, 1}); got != 2 {
		t.Errorf("everybody moves two levels, got %v", got)
	}
}

func TestOrdinalProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := rapid.IntRange(1, 11).Draw(t, "levels")
		a, b, c := shares(t, levels, "a"), shares(t, levels, "b"), shares(t, levels, "c")
		var tails float64
		for _, v := range stats.AtLeast(a) {
			tails += v
		}
		if math.Abs(tails-stats.Mean(a)) > 1e-9 {
			t.Fatalf("tails sum to %v, the mean is %v", tails, stats.Mean(a))
		}
		if stats.EarthMover(a, a) != 0 || math.Abs(stats.EarthMover(a, b)-stats.EarthMover(b, a)) > 1e-12 {
			t.Fatalf("not a distance")
		}
		if stats.EarthMover(a, c) > stats.EarthMover(a, b)+stats.EarthMover(b, c)+1e-12 {
			t.Fatalf("longer than by way of b")
		}
		if math.Abs(stats.Mean(a)-stats.Mean(b)) > stats.EarthMover(a, b)+1e-12 {
			t.Fatalf("means further apart than the distance")
		}
	})
}
