package benchmark

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

// secretPlan is a plan of the built-in instrument with the first attributes of it.
func secretPlan(t *testing.T, companies int, epsilon float64, attributes int) *Plan {
	t.Helper()
	spec := PlanSpec{Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: epsilon, Delta: 1e-6, ExpectedCompanies: companies}
	for _, a := range instrument.JSP().Spec().Attributes[:attributes] {
		spec.Cohorts = append(spec.Cohorts, a.ID)
	}
	p, err := NewPlan(instrument.JSP(), spec)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestTestsShareTheirLoss: the tests cost the δ that is stated for them and a part of μ² within its limits,
// and each decides about its own cohorts.
func TestTestsShareTheirLoss(t *testing.T) {
	for _, attributes := range []int{0, 1, 3} {
		for _, companies := range []int{50, 100, 300, 10_000} {
			for _, epsilon := range []float64{1, 4} {
				t.Run(fmt.Sprint(attributes, companies, epsilon), func(t *testing.T) {
					p := secretPlan(t, companies, epsilon, attributes)
					if _, full := p.scheme.(*fullScheme); !full {
						t.Fatal("another scheme")
					}
					loss, tests := privacy.Loss{}, p.tests.all()
					if want := min(len(p.measured), 2); len(tests) != want {
						t.Fatalf("%d tests, want %d", len(tests), want)
					}
					for _, test := range tests {
						loss = loss.Plus(test.(privacy.Threshold).Loss())
					}
					if loss.Delta != p.charge.deltaSelect {
						t.Errorf("δ = %d of the tests, stated is %d", loss.Delta, p.charge.deltaSelect)
					}
					least, most := leastTestShare, mostTestShare+leastTestShare
					if share := float64(loss.MuSquared) / float64(p.charge.mu.Squared()); share < least*0.999 || share > most*1.001 {
						t.Errorf("the tests take %v of μ², want %v to %v", share, least, most)
					}
					if p.tests.of(0) != p.tests.panel || len(p.measured) > 1 && p.tests.of(1) != privacy.Test(*p.tests.segments) {
						t.Error("a cohort is tested by the test of others")
					}
				})
			}
		}
	}
}

// TestExpectedPanelsPass: a panel as large as expected is shown, however many attributes a plan has, and
// what a segment needs is not taken from that.
func TestExpectedPanelsPass(t *testing.T) {
	for _, c := range []struct {
		companies int
		epsilon   float64
	}{{50, 4}, {100, 1}, {100, 4}, {300, 1}} {
		for _, attributes := range []int{0, 1, 3} {
			p := secretPlan(t, c.companies, c.epsilon, attributes)
			if passes := p.passes(0, c.companies); passes < 0.94 {
				t.Errorf("%+v, %d attributes: the panel passes with a probability of %v", c, attributes, passes)
			}
			if len(p.measured) > 1 && p.tests.segments.Tau() < p.tests.panel.Tau()-0.01 {
				t.Errorf("%+v, %d attributes: a segment passes from %v companies on, all from %v", c, attributes, p.tests.segments.Tau(), p.tests.panel.Tau())
			}
		}
	}
}

// TestSegmentsPassAtEvenOdds: where the budget allows it, half of an equal part of the expected companies passes at even
// odds; σ² = memberships/μ².
func TestSegmentsPassAtEvenOdds(t *testing.T) {
	p := secretPlan(t, 10_000, 1, 3)
	size := int(math.Round(p.smallestSegment()))
	if passes := p.passes(1, size); passes < 0.5 {
		t.Errorf("%d companies pass with a probability of %v", size, passes)
	}
	test := p.tests.segments
	if mu2 := float64(test.Loss().MuSquared) / 1e12; math.Abs(test.Sigma()*test.Sigma()*mu2/3-1) > 1e-3 {
		t.Errorf("σ = %v, μ² = %v", test.Sigma(), mu2)
	}
}

// TestRareSegmentsAreNotMeasured: where half of the expected companies hardly ever pass the test of segments, a plan is
// the one that it is without cohorts, and says so; where they pass more often, segments are measured.
func TestRareSegmentsAreNotMeasured(t *testing.T) {
	left := 0
	for _, attributes := range []int{1, 3} {
		for _, epsilon := range []float64{1, 4} {
			for _, companies := range []int{40, 50, 60, 70, 80, 100, 200, 300} {
				p := secretPlan(t, companies, epsilon, attributes)
				if len(p.measured) > 1 {
					if passes := p.passes(1, companies/2); passes < 0.04 {
						t.Errorf("%d companies, ε = %v, %d attributes: half of them pass with a probability of %v", companies, epsilon, attributes, passes)
					}
					continue
				}
				left++
				got, want := p.scheme.(*fullScheme), secretPlan(t, companies, epsilon, 0).scheme.(*fullScheme)
				if got.mainNoise.Sigma() != want.mainNoise.Sigma() || got.pilotNoise.Sigma() != want.pilotNoise.Sigma() || len(p.tests.all()) != 1 {
					t.Errorf("%d companies, ε = %v, %d attributes: cohorts that are not measured cost accuracy", companies, epsilon, attributes)
				}
				if warnings := p.Warnings(); len(warnings) != 1 || !strings.Contains(warnings[0], "none is measured") {
					t.Errorf("%d companies, ε = %v, %d attributes: %q", companies, epsilon, attributes, warnings)
				}
			}
		}
	}
	if most := secretPlan(t, 100, 4, 3); left < 8 || len(most.measured) == 1 {
		t.Errorf("%d plans leave their segments out, that of 100 companies %t", left, len(most.measured) == 1)
	}
}
