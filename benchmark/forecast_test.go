package benchmark_test

import (
	"math"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

// TestForecastIsHonest compares forecasts with what happens to synthetic panels
// that the forecast knows nothing of. An error of one number a panel is known to
// 1/√(2·50) = 10 % from fifty panels, of three quartiles that move together hardly
// better, and to about 8 % from the forecast: both together are 13 %, of which two
// are allowed. Half-widths and errors of many numbers are allowed the 15 % that
// the forecast promises. Seeds are fixed and public: the outcome is the same in
// every run.
func TestForecastIsHonest(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	kinds := map[string]kind{
		"companies": size, "overall mean": overallMean, "domain means": domainMean, "domain quartiles": quartile,
		"question means": questionMean, "shares": share, "at least": atLeast,
	}
	most := map[kind]float64{size: 0.26, overallMean: 0.26, domainMean: 0.2, quartile: 0.2}
	type panel struct {
		companies int
		skipped   float64
	}
	panels := []panel{{50, benchmark.UsualSkipped}, {100, 0.3}}
	if os.Getenv("MATURITYBENCH_DEEP") != "" {
		panels = append(panels, panel{100, benchmark.UsualSkipped}, panel{300, benchmark.UsualSkipped})
	}
	for _, panel := range panels {
		companies := panel.companies
		_, plan := studyPlan(t, companies, 4)
		forecast, err := plan.ForecastSkipping(companies, panel.skipped)
		if err != nil {
			t.Fatal(err)
		}
		realised := study(t, companies, 4, 50, func(p *synthetic.Panel) { p.Missing = panel.skipped }).all
		for _, s := range forecast.Cohorts[0].Statistics {
			k, ok := kinds[s.Name]
			if !ok {
				continue
			}
			if got := realised[k].half(); math.Abs(s.HalfWidth/got-1) > 0.15 {
				t.Errorf("%+v, %s: half-width %.4f forecast, %.4f realised", panel, s.Name, s.HalfWidth, got)
			}
			if got := realised[k].rmse(); math.Abs(s.Error/got-1) > max(most[k], 0.15) {
				t.Errorf("%+v, %s: error %.4f forecast, %.4f realised", panel, s.Name, s.Error, got)
			}
		}
	}
}

// TestForecastIsSteady takes the hardest case, where all that is published hangs on
// how the pilot comes out: the half-widths that a forecast averages over its panels
// are within 15 % of those of fifty others. Seeds are fixed and public.
func TestForecastIsSteady(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	_, plan := studyPlan(t, 50, 1)
	forecast, err := plan.Forecast(50)
	if err != nil {
		t.Fatal(err)
	}
	realised := study(t, 50, 1, 50, nil).all
	for _, s := range forecast.Cohorts[0].Statistics {
		k, ok := map[string]kind{"companies": size, "overall mean": overallMean, "domain means": domainMean}[s.Name]
		if !ok {
			continue
		}
		if got := realised[k].half(); math.Abs(s.HalfWidth/got-1) > 0.15 {
			t.Errorf("%s: half-width %.4f forecast, %.4f realised", s.Name, s.HalfWidth, got)
		}
		if got := realised[k].rmse(); math.Abs(s.Error/got-1) > 0.15 {
			t.Errorf("%s: error %.4f forecast, %.4f realised", s.Name, s.Error, got)
		}
	}
}

// The share of skipped answers is one that leaves answers.
func TestForecastSkipping(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	_, plan := studyPlan(t, 100, 4)
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
}

// The least panel is the first that passes more likely than not: k under a roster whose
// sizes are exact, and more where the threshold is tested with noise.
func TestForecastLeast(t *testing.T) {
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
