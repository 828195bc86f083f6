package accuracy_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
)

// publish publishes a panel with noise from a seed and adds what became of it.
func publish(t *testing.T, in *instrument.Instrument, plan *benchmark.Plan, sample *synthetic.Sample, noise uint64, scores *accuracy.Scores) error {
	data, err := responses.NewDataset(t.Context(), in, sample.Responses())
	if err != nil {
		return err
	}
	spec := plan.Spec()
	ledger := privacytest.NewLedger(t, noise)
	account := privacy.Account{ID: spec.Account, Unit: "company", Roster: spec.Roster, Epsilon: 20, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(t.Context(), account); err != nil {
		return err
	}
	release, err := benchmark.Publish(t.Context(), ledger, plan, data)
	if err != nil {
		return err
	}
	scores.Add(release, sample)
	return nil
}

// onAllCores does n jobs and fails the test with their errors.
func onAllCores(t *testing.T, n int, job func(i int) error) {
	next := make(chan int)
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := range next {
				if err := job(i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}

// withoutPercentiles are the kinds of statistics whose estimates are soon made, for tests that
// look at no others.
var withoutPercentiles = []string{"scores", "questions", "shares"}

// studyPlan is a plan for the built-in instrument with three, two and four values
// of its attributes as cohorts, under a secret roster, with the prior 1.5 ± 0.5. Statistics
// are the kinds that it asks for, nil all of them.
func studyPlan(t *testing.T, companies int, epsilon float64, statistics []string) (*instrument.Instrument, *benchmark.Plan) {
	t.Helper()
	spec := instrument.JSP().Spec()
	var cohorts []string
	for a, values := range []int{3, 2, 4} {
		spec.Attributes[a].Values = spec.Attributes[a].Values[:values]
		cohorts = append(cohorts, spec.Attributes[a].ID)
	}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{
		Wave: "study", Account: "study", Roster: privacy.SecretRoster, Epsilon: epsilon, Delta: 1e-6,
		ExpectedCompanies: companies, Cohorts: cohorts, Statistics: statistics, Prior: &benchmark.Prior{Level: 1.5, Spread: 0.5},
	})
	if err != nil {
		t.Fatal(err)
	}
	return in, plan
}

// study publishes synthetic panels with a [studyPlan]; the industry's level differs
// from panel to panel. Seeds are fixed and public: the outcome is the same in every
// run.
func study(t *testing.T, companies int, epsilon float64, statistics []string, panels int, change func(*synthetic.Panel)) *accuracy.Scores {
	t.Helper()
	var scores accuracy.Scores
	for _, of := range studied(t, companies, epsilon, statistics, panels, change) {
		scores.Merge(&of)
	}
	return &scores
}

// unchanged are the scores of panels without a change, by their studies: two tests look at
// the same ones.
var unchanged = map[string][]accuracy.Scores{}

// studied are the scores of the panels of a study.
func studied(t *testing.T, companies int, epsilon float64, statistics []string, panels int, change func(*synthetic.Panel)) []accuracy.Scores {
	t.Helper()
	key := fmt.Sprint(companies, epsilon, statistics)
	if change == nil && len(unchanged[key]) >= panels {
		return unchanged[key][:panels]
	}
	in, plan := studyPlan(t, companies, epsilon, statistics)
	each := make([]accuracy.Scores, panels)
	onAllCores(t, panels, func(i int) error {
		rng := rand.New(rand.NewPCG(uint64(companies), uint64(i)))
		panel := synthetic.NewPanel(companies, rng.Uint64())
		panel.Shift = max(-0.8, min(0.8, 0.4*rng.NormFloat64()))
		if change != nil {
			change(&panel)
		}
		sample, err := synthetic.NewSample(in, panel)
		if err != nil {
			return err
		}
		return publish(t, in, plan, sample, rng.Uint64(), &each[i])
	})
	if change == nil {
		unchanged[key] = each
	}
	return each
}
