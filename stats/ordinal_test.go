package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestOrdinal(t *testing.T) {
	s := []float64{0.1, 0.2, 0.3, 0.4}
	if got := Mean(s); math.Abs(got-2) > 1e-12 { // 0.2 + 0.6 + 1.2
		t.Errorf("mean %v, want 2", got)
	}
	if got, want := AtLeast(s), []float64{0.9, 0.7, 0.4}; !near(got, want, 1e-12) {
		t.Errorf("tails %v, want %v", got, want)
	}
	if got := EarthMover(s, []float64{0.4, 0.3, 0.2, 0.1}); math.Abs(got-1) > 1e-12 { // 0.3 + 0.4 + 0.3
		t.Errorf("earth mover distance %v, want 1", got)
	}
	if got := EarthMover([]float64{1, 0, 0}, []float64{0, 0, 1}); got != 2 {
		t.Errorf("everybody moves two levels, got %v", got)
	}
}

func TestOrdinalProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels := rapid.IntRange(1, 11).Draw(t, "levels")
		a, b, c := shares(t, levels, "a"), shares(t, levels, "b"), shares(t, levels, "c")
		var tails float64
		for _, v := range AtLeast(a) {
			tails += v
		}
		if math.Abs(tails-Mean(a)) > 1e-9 {
			t.Fatalf("tails sum to %v, the mean is %v", tails, Mean(a))
		}
		if EarthMover(a, a) != 0 || math.Abs(EarthMover(a, b)-EarthMover(b, a)) > 1e-12 {
			t.Fatalf("not a distance")
		}
		if EarthMover(a, c) > EarthMover(a, b)+EarthMover(b, c)+1e-12 {
			t.Fatalf("longer than by way of b")
		}
		if math.Abs(Mean(a)-Mean(b)) > EarthMover(a, b)+1e-12 {
			t.Fatalf("means further apart than the distance")
		}
	})
}
