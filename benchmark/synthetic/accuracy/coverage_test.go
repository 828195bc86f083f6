package accuracy_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
	"maturitybench/privacy"
)

// setting is what panels of every kind are published with.
type setting struct {
	companies int
	epsilon   float64
	roster    privacy.Roster
}

func (s setting) String() string {
	return fmt.Sprintf("%d companies, ε = %v, %s", s.companies, s.epsilon, s.roster)
}

// bar is the coverage of a nominal 90 % that no family of no kind may miss.
func (s setting) bar() float64 {
	if float64(s.companies)*s.epsilon <= 120 {
		return 0.80
	}
	return 0.85
}

// pooledBar is the coverage of a family over all kinds.
const pooledBar = 0.88

// certain is the number of standard errors that chance exceeds once in 10⁹.
const certain = 6

// TestCoverageOfKinds publishes panels of every kind and compares all that is
// published with the exact numbers: no family of a kind may be covered so rarely
// that its upper limit (1 − 10⁻⁹) lies below a bar, all kinds together must reach
// another one, and nothing may be said about fewer than k answers. Seeds are fixed, those of the noise
// too: the outcome is the same in every run.
func TestCoverageOfKinds(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	panels, settings := 1, []setting{{300, 4, privacy.SecretRoster}, {30, 4, privacy.PublicRoster}}
	if os.Getenv("MATURITYBENCH_DEEP") == "1" {
		panels, settings = 20, nil
		for _, companies := range []int{30, 100, 300, 1000} {
			for _, epsilon := range []float64{1, 4} {
				for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster} {
					settings = append(settings, setting{companies, epsilon, roster})
				}
			}
		}
	}
	for _, s := range settings {
		t.Run(s.String(), func(t *testing.T) { s.cover(t, panels) })
	}
}

// cover measures every kind and holds the scores to the bars.
func (s setting) cover(t *testing.T, panels int) {
	kinds := synthetic.Kinds()
	scores := s.measure(t, kinds, panels)
	var pooled accuracy.Scores
	for i, kind := range kinds {
		for f := range accuracy.Families {
			family := accuracy.Family(f)
			s.check(t, fmt.Sprintf("%s: %v, all", kind.Name, family), scores[i].All[f], s.bar())
			s.check(t, fmt.Sprintf("%s: %v, segments", kind.Name, family), scores[i].Segments[f], s.bar())
			if few := scores[i].All[f].Few + scores[i].Segments[f].Few; few > 0 {
				t.Errorf("%s: %d %v are about fewer than k answers", kind.Name, few, family)
			}
		}
		pooled.Merge(&scores[i])
	}
	for f := range accuracy.Families {
		s.check(t, fmt.Sprintf("all kinds: %v, all", accuracy.Family(f)), pooled.All[f], pooledBar)
		s.check(t, fmt.Sprintf("all kinds: %v, segments", accuracy.Family(f)), pooled.Segments[f], pooledBar)
	}
}

// check holds a score to a bar.
func (s setting) check(t *testing.T, what string, score accuracy.Score, bar float64) {
	if _, most := score.CoverageLimits(certain); most < bar {
		t.Errorf("%s: %d of %d intervals hold the exact number, which is below %.2f beyond doubt", what, score.Covered, score.Published, bar)
	}
}

// measure publishes panels of kinds, on all cores.
func (s setting) measure(t *testing.T, kinds []synthetic.Kind, panels int) []accuracy.Scores {
	in := instrument.JSP()
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Wave: "w", Account: "a", Roster: s.roster, Epsilon: s.epsilon, Delta: 1e-6,
		ExpectedCompanies: s.companies, Cohorts: []string{in.Spec().Attributes[0].ID}, Override: true})
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]accuracy.Scores, len(kinds))
	onAllCores(t, len(kinds), func(i int) error {
		for n := range panels {
			sample, err := kinds[i].Panel(in, s.companies, rand.New(rand.NewPCG(uint64(s.companies), uint64(n))))
			if err != nil {
				return fmt.Errorf("%s: %w", kinds[i].Name, err)
			}
			// Every publication has noise of its own: with the same, all kinds together would
			// be a few trials only.
			if err := publish(t, in, plan, sample, uint64(n*len(kinds)+i), &scores[i]); err != nil {
				return fmt.Errorf("%s: %w", kinds[i].Name, err)
			}
		}
		return nil
	})
	return scores
}
