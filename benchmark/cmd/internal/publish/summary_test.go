package publish

import (
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
)

// The headline has means on the scale of their domain, those of two levels in percent, and of
// several scales none of all domains.
func TestHeadline(t *testing.T) {
	estimate := func(value float64) publication.Estimate {
		return publication.Estimate{Value: value, Low: value - 0.125, High: value + 0.125, Status: publication.Published}
	}
	headline := func(spec instrument.Spec, mean float64) string {
		all := publication.Cohort{ID: "all", Status: publication.Published}
		all.Overall.Mean = estimate(mean)
		for range spec.Domains {
			d := publication.CohortDomain{}
			d.Mean = estimate(mean)
			all.Domains = append(all.Domains, d)
		}
		var b strings.Builder
		headline(&b, &publication.Release{Instrument: spec, Confidence: 0.9, Cohorts: []publication.Cohort{all}})
		return b.String()
	}
	yes := fixture.Valued()[0].Spec()
	yes.Scale[0].Level, yes.Scale[1].Level = 1, 2
	if got := headline(yes, 1.5); !strings.Contains(got, "Overall   50% [37%, 63%]") || strings.Contains(got, "1.5") {
		t.Errorf("yes and no: %s", got)
	}
	got := headline(fixture.Several().Spec(), 0.5)
	if !strings.Contains(got, "Reviews (How often)      0.5 [") || !strings.Contains(got, "Inventory (Done or not)  50% [37%, 63%]") || strings.Contains(got, "Overall") {
		t.Errorf("several scales: %s", got)
	}
}
