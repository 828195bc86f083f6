package benchmark

import (
	"math"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/privacy"
)

// TestConfidence holds the factor by which every interval is wider than its
// standard error. The numbers are the two-sided quantiles of the standard normal
// distribution that tables print.
func TestConfidence(t *testing.T) {
	for _, c := range []struct{ confidence, z float64 }{
		{0.5, 0.674490}, {0.8, 1.281552}, {0.9, 1.644854}, {0.95, 1.959964}, {0.99, 2.575829},
	} {
		plan, err := NewPlan(instrument.JSP(), PlanSpec{
			Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6,
			ExpectedCompanies: 100, Confidence: c.confidence,
		})
		if err != nil {
			t.Fatal(err)
		}
		in, err := plan.input(func(*measurement) (estimate.Input, error) { return estimate.Input{}, nil }, &measurement{})
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(in.Z-c.z) > 1e-6 {
			t.Errorf("confidence %v: %v standard errors, want %v", c.confidence, in.Z, c.z)
		}
	}
}
