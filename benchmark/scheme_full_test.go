package benchmark

import (
	"math"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

// TestPilotFollowsTheCompanies: the pilot's noise on the mean score is at most what it is for few
// companies, and no smaller than that needs; a sheet in the place of another moves its totals
// twice as far, and few companies, or many, pay no more, and no less, than the limits.
func TestPilotFollowsTheCompanies(t *testing.T) {
	share := func(roster privacy.Roster, companies int) float64 {
		p, err := NewPlan(instrument.JSP(), PlanSpec{Wave: "w", Account: "a", Roster: roster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: companies})
		if err != nil {
			t.Fatal(err)
		}
		f, full := p.scheme.(*fullScheme)
		if !full {
			t.Fatal("another scheme")
		}
		pilot, main := math.Pow(f.pilotNoise.Mu().Float(), 2), math.Pow(f.mainNoise.Mu().Float(), 2)
		return pilot / (pilot + main) * math.Sqrt(p.shape.Length())
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got/want-1) > 1e-3 {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	for _, companies := range []int{50, 100, 110} {
		near("few companies", share(privacy.PublicRoster, companies), mostPilot)
	}
	near("many companies", share(privacy.PublicRoster, 10_000), leastPilot)
	near("twice as many companies", share(privacy.PublicRoster, 150)/share(privacy.PublicRoster, 300), 4)
	near("counted companies, half as many", share(privacy.CountedRoster, 500), share(privacy.PublicRoster, 250))
}
