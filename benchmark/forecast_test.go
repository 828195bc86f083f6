package benchmark_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/privacy"
)

// The share of skipped answers is one that leaves answers. How honest forecasts are
// is tested in benchmark/synthetic/accuracy.
func TestForecastSkipping(t *testing.T) {
	t.Parallel()
	plan, err := benchmark.NewPlan(fixture.Tiny(t), benchmark.PlanSpec{
		Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100, MinCompanies: 3,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, skipped := range []float64{-0.1, 0.91, math.NaN()} {
		if f, err := plan.ForecastSkipping(100, skipped); err == nil {
			t.Errorf("a share of %v is forecast: %+v", skipped, f)
		}
	}
	usual, err := plan.Forecast(100)
	if err != nil {
		t.Fatal(err)
	}
	same, err := plan.ForecastSkipping(100, benchmark.UsualSkipped)
	if err != nil || usual.Skipped != benchmark.UsualSkipped || !cmp.Equal(usual, same) {
		t.Errorf("the usual forecast is not that of the usual share, error %v", err)
	}
	more, err := plan.ForecastSkipping(100, 0.5)
	if err != nil || cmp.Equal(usual.Cohorts, more.Cohorts) {
		t.Errorf("the forecast does not depend on the share, error %v", err)
	}
}

// The least panel is the first that passes more likely than not: k under a roster whose
// sizes are exact, and more where the threshold is tested with noise.
func TestForecastLeast(t *testing.T) {
	t.Parallel()
	in, err := instrument.Parse("i", []byte(`{id: i, version: "1", title: I, scale: [{level: 0, name: "no"}, {level: 1, name: "yes"}],
  domains: [{id: d, title: D, questions: [{id: q, text: Q}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Wave: "w", Account: "a", Roster: roster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100, MinCompanies: 7})
		if err != nil {
			t.Fatal(err)
		}
		passes := func(n int) (least int, p float64) {
			f, err := plan.Forecast(n)
			if err != nil {
				t.Fatal(err)
			}
			return f.Least, f.Cohorts[0].Passes
		}
		least, _ := passes(100)
		_, below := passes(least - 1)
		_, at := passes(least)
		if below >= 0.5 || at < 0.5 || roster.ExactSizes() != (least == 7) {
			t.Errorf("%s roster: least %d, which passes with %g, one fewer with %g", roster, least, at, below)
		}
	}
}
