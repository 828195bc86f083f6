package outside_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// quick is what a plan asks for whose forecast is soon made: it estimates no percentiles.
var quick = []string{"scores"}

// The share of skipped answers is one that leaves answers. How honest forecasts are
// is tested in benchmark/synthetic/accuracy.
func TestForecastSkipping(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	t.Parallel()
	plan, err := benchmark.NewPlan(fixture.Tiny(t), benchmark.PlanSpec{
		Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100, MinCompanies: 3, Statistics: quick,
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
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	t.Parallel()
	in, err := instrument.Parse("i", []byte(`{id: i, version: "1", title: I, scale: [{level: 0, name: "no"}, {level: 1, name: "yes"}],
  domains: [{id: d, title: D, questions: [{id: q, text: Q}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Wave: "w", Account: "a", Roster: roster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100, MinCompanies: 7, Statistics: quick})
		if err != nil {
			t.Fatal(err)
		}
		forecasts := map[int]*benchmark.Forecast{} // where sizes are exact, the least panel is the first one
		passes := func(n int) (least int, p float64) {
			if forecasts[n] == nil {
				if forecasts[n], err = plan.Forecast(n); err != nil {
					t.Fatal(err)
				}
			}
			return forecasts[n].Least, forecasts[n].Cohorts[0].Passes
		}
		least, _ := passes(7) // which does not depend on the companies
		_, below := passes(least - 1)
		_, at := passes(least)
		if below >= 0.5 || at < 0.5 || roster.ExactSizes() != (least == 7) {
			t.Errorf("%s roster: least %d, which passes with %g, one fewer with %g", roster, least, at, below)
		}
	}
}

// A cohort that passes is not shown if that would give a smaller sibling away. With exact
// sizes it is certain; with a noisy test it is a matter of chance.
func TestForecastOfSiblings(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	t.Parallel()
	in, err := instrument.Parse("i", []byte(`{id: i, version: "1", title: I, scale: [{level: 0, name: "no"}, {level: 1, name: "yes"}],
  attributes: [{id: a, title: A, values: [{id: x, title: X}, {id: y, title: Y}]}],
  domains: [{id: d, title: D, questions: [{id: q, text: Q}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	forecast := func(roster privacy.Roster, companies int) *benchmark.Forecast {
		plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{
			Wave: "w", Account: "a", Roster: roster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100, MinCompanies: 6, Cohorts: []string{"a"}, Statistics: quick,
		})
		if err != nil {
			t.Fatal(err)
		}
		f, err := plan.Forecast(companies)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	for companies, want := range map[int][3][2]float64{ // passes and shown, of all, the larger part, and the smaller one
		12: {{1, 1}, {1, 1}, {1, 1}},
		11: {{1, 1}, {1, 0}, {0, 0}},
		10: {{1, 1}, {0, 0}, {0, 0}},
	} {
		for g, c := range forecast(privacy.PublicRoster, companies).Cohorts {
			if math.Abs(c.Passes-want[g][0]) > 1e-9 || math.Abs(c.Shown-want[g][1]) > 1e-9 {
				t.Errorf("%d companies: %s of %d passes with %v and is shown with %v, want %v", companies, c.ID, c.Companies, c.Passes, c.Shown, want[g])
			}
		}
	}
	// Where the parts pass the test a little more likely than not, it is a matter of chance.
	f := forecast(privacy.SecretRoster, 2*forecast(privacy.SecretRoster, 12).Least)
	for _, c := range f.Cohorts[1:] {
		if c.Passes < 0.05 || c.Shown > c.Passes-0.05 || c.Shown < c.Passes*c.Passes-0.1 {
			t.Errorf("%s of %d companies passes with %v, and is shown with %v", c.ID, c.Companies, c.Passes, c.Shown)
		}
	}
}

// A forecast is in the units that are printed: of scores on a scale ten times as long,
// half-widths and errors are ten times as large, of shares and companies the same.
func TestForecastUnits(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	t.Parallel()
	forecast := func(scores string) []benchmark.StatisticForecast {
		in, err := instrument.Parse("i", []byte(`{id: i, version: "1", title: I, `+scores+`scale: [{level: 0, name: "a"}, {level: 1, name: "b"}, {level: 2, name: "c"}],
  domains: [{id: d, title: D, questions: [{id: q, text: Q}, {id: r, text: R}]}]}`))
		if err != nil {
			t.Fatal(err)
		}
		plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100})
		if err != nil {
			t.Fatal(err)
		}
		f, err := plan.Forecast(100)
		if err != nil {
			t.Fatal(err)
		}
		return f.Cohorts[0].Statistics
	}
	plain, long := forecast(""), forecast(`scores: {from: 0, to: 20}, `)
	for i, s := range plain {
		factor := 1.0
		if strings.HasPrefix(s.Name, "overall") || strings.HasPrefix(s.Name, "domain") {
			factor = 10
		}
		if got := long[i].HalfWidth / s.HalfWidth; math.Abs(got-factor) > 1e-9 {
			t.Errorf("%s: half-width %v times as large, expected %v", s.Name, got, factor)
		}
		if got := long[i].Error / s.Error; math.Abs(got-factor) > 1e-9 {
			t.Errorf("%s: error %v times as large, expected %v", s.Name, got, factor)
		}
	}
}

func TestForecastOfProfiles(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	with := fixture.Tiny(t).Spec()
	with.Profiles = []instrument.Profile{{ID: "badge", Minimum: map[string]int{"a1": 1}}, {ID: "both", Minimum: map[string]int{"a2": 1, "b1": 1}}}
	profiled, err := instrument.New(with)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []*instrument.Instrument{fixture.Tiny(t), profiled} {
		spec := benchmark.PlanSpec{Wave: "2026", Account: "jsp", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100, Statistics: quick}
		if len(in.Spec().Profiles) > 0 {
			spec.Statistics = []string{"questions", "profiles"} // no percentiles, which take long
		}
		plan, err := benchmark.NewPlan(in, spec)
		if err != nil {
			t.Fatal(err)
		}
		forecast, err := plan.Forecast(100)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, s := range forecast.Cohorts[0].Statistics {
			if s.Name == "profile shares" {
				found = true
				if s.Status != publication.Published || !(s.HalfWidth > 0 && s.HalfWidth < 0.2) {
					t.Errorf("forecast of the shares: %+v", s)
				}
			}
		}
		if want := len(in.Spec().Profiles) > 0; found != want {
			t.Errorf("%d profiles, forecast: %v", len(in.Spec().Profiles), found)
		}
	}
}
