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
// of several scales, on panels as the model has them. In the deep tier it is so on those of every kind, each
// of which is held to the bar by itself: half an hour on two cores.
func TestCoverageOfValues(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	kinds, panels, settings := synthetic.Kinds()[:1], 4, []setting{{300, 4, privacy.SecretRoster}, {30, 4, privacy.PublicRoster}}
	if os.Getenv("MATURITYBENCH_DEEP") == "1" {
		kinds, panels = synthetic.Kinds(), 20
		settings = append(settings, setting{100, 4, privacy.PublicRoster}, setting{300, 1, privacy.SecretRoster}, setting{1000, 4, privacy.PublicRoster})
	}
	all := append(fixture.Valued(), fixture.Several())
	for _, s := range settings {
		t.Run(s.String(), func(t *testing.T) {
			scores := make([]accuracy.Scores, len(all)*len(kinds))
			onAllCores(t, len(scores), func(i int) error {
				return s.publishKind(t, all[i/len(kinds)], kinds[i%len(kinds)], panels, uint64(i), &scores[i])
			})
			var pooled accuracy.Scores
			for i := range scores {
				for f := range accuracy.Families {
					what := fmt.Sprintf("%s, %s: %v", all[i/len(kinds)].ID(), kinds[i%len(kinds)].Name, accuracy.Family(f))
					s.check(t, what+", all", scores[i].All[f], s.bar())
					s.check(t, what+", segments", scores[i].Segments[f], s.bar())
				}
				pooled.Merge(&scores[i])
			}
			for f := range accuracy.Families {
				s.check(t, fmt.Sprintf("all: %v", accuracy.Family(f)), pooled.All[f], pooledBar)
				s.check(t, fmt.Sprintf("segments: %v", accuracy.Family(f)), pooled.Segments[f], pooledBar)
			}
			if pooled.All[accuracy.DomainMeans].Published == 0 || s.companies > 100 && pooled.All[accuracy.Shares].Published == 0 {
				t.Error("nothing is published")
			}
		})
	}
}

// publishKind publishes panels of a kind for an instrument.
func (s setting) publishKind(t *testing.T, in *instrument.Instrument, kind synthetic.Kind, panels int, number uint64, scores *accuracy.Scores) error {
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Wave: "w", Account: "a", Roster: s.roster, Epsilon: s.epsilon, Delta: 1e-6,
		ExpectedCompanies: s.companies, Cohorts: []string{"size"}, Override: true})
	if err != nil {
		return err
	}
	for n := range panels {
		sample, err := kind.Panel(in, s.companies, rand.New(rand.NewPCG(uint64(n), number)))
		if err != nil {
			return err
		}
		if err := publish(t, in, plan, sample, number*uint64(panels)+uint64(n), scores); err != nil {
			return fmt.Errorf("%s, %s: %w", in.ID(), kind.Name, err)
		}
	}
	return nil
}
