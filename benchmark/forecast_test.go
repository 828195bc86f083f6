package benchmark_test

import (
	"math"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/privacy"
)

// TestForecastIsHonest compares forecasts with what happens to synthetic panels
// that the forecast knows nothing of. Half-widths are within 15 % of theirs. An
// error of one number a panel is known to 1/√(2·40) = 11 % from forty panels, and to
// 9 % from the forecast: three standard deviations of both are 45 %; families of
// many numbers are allowed 20 %. Seeds are fixed and public: the outcome is the
// same in every run.
func TestForecastIsHonest(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	spec := benchmark.JSP().Spec()
	attributes := make([]string, 3)
	for a, k := range []int{3, 2, 4} {
		spec.Attributes[a].Values = spec.Attributes[a].Values[:k]
		attributes[a] = spec.Attributes[a].ID
	}
	in, err := benchmark.NewInstrument(spec)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{
		Wave: "study", Account: "study", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6,
		ExpectedCompanies: 100, Cohorts: attributes, Prior: &benchmark.Prior{Level: 1.5, Spread: 0.5},
	})
	if err != nil {
		t.Fatal(err)
	}
	forecast, err := plan.Forecast(100)
	if err != nil {
		t.Fatal(err)
	}
	realised := study(t, 100, 4, 40, nil).all
	for _, s := range forecast.Cohorts[0].Statistics {
		k, most := kind(-1), 0.2
		switch s.Name {
		case "companies":
			k, most = size, 0.45
		case "overall mean":
			k, most = overallMean, 0.45
		case "domain means":
			k, most = domainMean, 0.3
		case "domain quartiles":
			k = quartile
		case "question means":
			k = questionMean
		case "shares":
			k = share
		case "at least":
			k = atLeast
		default:
			continue
		}
		if got := realised[k].half(); math.Abs(s.HalfWidth/got-1) > 0.15 {
			t.Errorf("%s: half-width %.4f forecast, %.4f realised", s.Name, s.HalfWidth, got)
		}
		if got := realised[k].rmse(); math.Abs(s.Error/got-1) > most {
			t.Errorf("%s: error %.4f forecast, %.4f realised", s.Name, s.Error, got)
		}
	}
}
