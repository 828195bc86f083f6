package benchmark

import (
	"fmt"
	"math"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

// An instrument four times as long as a usual one leaves the pilot half of its
// part of μ², so that its noise is larger by the root of two.
func TestPilotOfALongInstrument(t *testing.T) {
	sigma := func(copies int) float64 {
		spec := instrument.JSP().Spec()
		domains := spec.Domains
		for c := range copies - 1 {
			for _, d := range domains {
				d.ID += fmt.Sprint("-", c)
				questions := d.Questions
				d.Questions = nil
				for _, q := range questions {
					q.ID += fmt.Sprint("-", c)
					d.Questions = append(d.Questions, q)
				}
				spec.Domains = append(spec.Domains, d)
			}
		}
		in, err := instrument.New(spec)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := NewPlan(in, PlanSpec{Wave: "2026", Account: "jsp", Roster: privacy.PublicRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100})
		if err != nil {
			t.Fatal(err)
		}
		return plan.scheme.(*fullScheme).pilotNoise.Sigma()
	}
	if usual, long := sigma(1), sigma(4); math.Abs(long/usual-math.Sqrt2) > 1e-3 {
		t.Errorf("noise %v, for the usual instrument %v", long, usual)
	}
}
