package outside_test

import (
	"context"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// wave is what is published: data under a plan.
type wave struct {
	plan *benchmark.Plan
	data responses.Data
}

// plan is a plan at ε = 4 with k = 3 and cohorts by all attributes; below forty expected
// companies it has the scheme of small panels.
func plan(t testing.TB, in *instrument.Instrument, roster privacy.Roster, expected int) *benchmark.Plan {
	t.Helper()
	spec := benchmark.PlanSpec{
		Wave: "w", Account: "a", Roster: roster, Epsilon: 4, Delta: 1e-6, MinCompanies: 3, ExpectedCompanies: expected,
	}
	for _, a := range in.Spec().Attributes {
		spec.Cohorts = append(spec.Cohorts, a.ID)
	}
	made, err := benchmark.NewPlan(in, spec)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// setup is an audit of releases.
func setup(roster privacy.Roster) audit.Setup[wave] {
	return audit.Setup[wave]{
		Account: privacy.Account{ID: "a", Unit: "company", Roster: roster, Epsilon: 50, Delta: 1e-5, Window: "3y"},
		Publish: func(ctx context.Context, ledger privacy.Ledger, w wave) ([]byte, error) {
			release, err := benchmark.Publish(ctx, ledger, w.plan, w.data)
			if err != nil {
				return nil, err
			}
			return release.Bytes(), nil
		},
	}
}
