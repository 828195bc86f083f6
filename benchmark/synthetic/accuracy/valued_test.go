package accuracy_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
	"maturitybench/privacy"
)

// TestCoverageOfValues is TestCoverageOfKinds for instruments with values and weights, and
// of several scales,
// on panels as the model has them; in the deep tier on those of every kind.
func TestCoverageOfValues(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	kinds, panels := synthetic.Kinds()[:1], 4
	if os.Getenv("MATURITYBENCH_DEEP") == "1" {
		panels, kinds = 40, synthetic.Kinds()
	}
	all := append(fixture.Valued(), fixture.Several())
	for _, s := range []setting{{300, 4, privacy.SecretRoster}, {30, 4, privacy.PublicRoster}} {
		t.Run(s.String(), func(t *testing.T) {
			scores := make([]accuracy.Scores, len(all))
			onAllCores(t, len(all), func(i int) error { return s.publishKinds(t, all[i], kinds, panels, uint64(i), &scores[i]) })
			var pooled accuracy.Scores
			for i, in := range all {
				for f := range accuracy.Families {
					family := accuracy.Family(f)
					s.check(t, fmt.Sprintf("%s: %v, all", in.ID(), family), scores[i].All[f], s.bar())
					s.check(t, fmt.Sprintf("%s: %v, segments", in.ID(), family), scores[i].Segments[f], s.bar())
				}
				pooled.Merge(&scores[i])
			}
			for f := range accuracy.Families {
				s.check(t, fmt.Sprintf("all: %v", accuracy.Family(f)), pooled.All[f], pooledBar)
			}
			if pooled.All[accuracy.DomainMeans].Published == 0 || s.companies > 100 && pooled.All[accuracy.Shares].Published == 0 {
				t.Error("nothing is published")
			}
		})
	}
}

// publishKinds publishes panels of the kinds for an instrument.
func (s setting) publishKinds(t *testing.T, in *instrument.Instrument, kinds []synthetic.Kind, panels int, number uint64, scores *accuracy.Scores) error {
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Wave: "w", Account: "a", Roster: s.roster, Epsilon: s.epsilon, Delta: 1e-6,
		ExpectedCompanies: s.companies, Cohorts: []string{"size"}, Override: true})
	if err != nil {
		return err
	}
	for i, kind := range kinds {
		for n := range panels {
			sample, err := kind.Panel(in, s.companies, rand.New(rand.NewPCG(uint64(n), number)))
			if err != nil {
				return err
			}
			if err := publish(t, in, plan, sample, (number*uint64(len(kinds))+uint64(i))*uint64(panels)+uint64(n), scores); err != nil {
				return fmt.Errorf("%s, %s: %w", in.ID(), kind.Name, err)
			}
		}
	}
	return nil
}
