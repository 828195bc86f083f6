package benchmark_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

// TestPlansBeyondTheSampler: from about ε = 12 at δ = 1e-6 the range of the noise
// tells two answer sheets apart more often than δ allows, and plans say so.
func TestPlansBeyondTheSampler(t *testing.T) {
	for _, c := range []struct {
		epsilon, delta float64
		ok             bool
	}{{8, 1e-6, true}, {11, 1e-6, true}, {12, 1e-6, false}, {20, 1e-6, false}, {11, 1e-8, false}} {
		spec := jspWave("2026", 100)
		spec.Epsilon, spec.Delta, spec.Override = c.epsilon, c.delta, true
		_, err := benchmark.NewPlan(instrument.JSP(), spec)
		if (err == nil) != c.ok {
			t.Errorf("ε = %v, δ = %v: %v", c.epsilon, c.delta, err)
		}
		if _, ok := errors.AsType[*input.Error](err); err != nil && (!ok || !strings.Contains(err.Error(), "tells two answer sheets")) {
			t.Errorf("ε = %v, δ = %v: %v", c.epsilon, c.delta, err)
		}
	}
}

// TestPlansOfTooManyNumbers: the loss for the sampler covers 100,000 numbers. A
// plan of 200 cohorts and an instrument of 120 questions would have more.
func TestPlansOfTooManyNumbers(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for questions, ok := range map[int]bool{10: true, 120: false} {
		spec := benchmark.PlanSpec{
			Wave: "2026", Account: "wide", Roster: privacy.PublicRoster, Epsilon: 4, Delta: 1e-6,
			ExpectedCompanies: 1000, Cohorts: []string{"a0", "a1"},
		}
		_, err := benchmark.NewPlan(wide(t, 2, questions, 100, 100), spec)
		if (err == nil) != ok || err != nil && !strings.Contains(err.Error(), "at most 100000") {
			t.Errorf("%d questions: %v", questions, err)
		}
	}
}

// TestStatedLosses: what a release says about groups and about the account is
// what the accounting says of the plan, at ε = 4 and δ = 1e-6 by mpmath (see
// testdata/groups.py of package privacy).
func TestStatedLosses(t *testing.T) {
	_, release := publishOnce(t, instrument.JSP(), jspWave("2026", 100), 100, 1)
	p := release.Privacy
	for i, want := range []float64{8.89043297, 14.52799687, 27.95867959} {
		g := p.Groups[i]
		if g.Epsilon < want || g.Epsilon > want+1.1e-4 || g.Delta <= p.Delta || g.Delta > 1e-3 {
			t.Errorf("%d companies: ε = %v at δ = %v, want ε = %v", g.Companies, g.Epsilon, g.Delta, want)
		}
	}
	if math.Abs(p.Between-8.8905) > 1e-9 || p.Loss.DeltaSampler != 3.637979e-12 {
		t.Errorf("ε between two answers %v, δ of the sampler %v", p.Between, p.Loss.DeltaSampler)
	}
	a := p.Account
	if a.Date != "2026-03-01" || a.Sequence != 1 || a.Publications != 1 || a.Window != "3y" || a.Epsilon != 20 {
		t.Errorf("the account: %+v", a)
	}
	// The loss of ε = 4, δ = 1e-6 at the account's δ of 1e-5 is ε = 3.5559.
	if a.Lost != 3.5559 || a.LostEver != a.Lost || a.DeltaEver != 1e-5 {
		t.Errorf("lost %v and %v at δ = %v", a.Lost, a.LostEver, a.DeltaEver)
	}
}
