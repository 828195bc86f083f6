package estimate

import (
	"math"
	"testing"

	"maturitybench/stats"
)

// The table agrees with Φ to 2·10⁻¹⁰ and ascends, also from one interval to the
// next and at its ends.
func TestNormalTable(t *testing.T) {
	before := 0.0
	for i := range 200_000 {
		z := float64(i)/10_000 - 10
		got := normalCDF(z)
		if want := stats.NormalCDF(z); math.Abs(got-want) > 2e-10 {
			t.Fatalf("Φ(%v) = %v, want %v", z, got, want)
		}
		if got < before {
			t.Fatalf("Φ(%v) = %v lies below %v before it", z, got, before)
		}
		before = got
	}
	for z, want := range map[float64]float64{math.Inf(-1): 0, math.Inf(1): 1} {
		if got := normalCDF(z); got != want {
			t.Errorf("Φ(%v) = %v", z, got)
		}
	}
}
