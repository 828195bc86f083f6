package forecast

import (
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
)

// What would be more accurate is named with both half-widths; what a forecast cannot tell
// apart is not.
func TestGains(t *testing.T) {
	forecast := func(questions, overall float64) benchmark.CohortForecast {
		return benchmark.CohortForecast{Statistics: []benchmark.StatisticForecast{{Name: "overall mean", HalfWidth: overall}, {Name: "question means", HalfWidth: questions}}}
	}
	with := forecast(0.27, 0.1)
	with.Statistics = append(with.Statistics, benchmark.StatisticForecast{Name: "shares", HalfWidth: 0.05})
	if got, want := gains(instrument.Spec{}, with, forecast(0.21, 0.098)), "question means ±0.21 instead of ±0.27"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := gains(instrument.Spec{}, with, forecast(0.21, 0.05)), "overall mean ±0.05 instead of ±0.10 and question means ±0.21 instead of ±0.27"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := gains(instrument.Spec{}, with, forecast(0.26, 0.1)); !strings.HasPrefix(got, "nothing else") {
		t.Errorf("got %q", got)
	}
}

// Every kind that the plan asks for is left out once.
func TestWithout(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	_, instrument, plan := tiny(t, `{wave: w, account: a, roster: public, epsilon: 6, delta: 1e-6, expected_companies: 60, statistics: [scores, shares]}`)
	code, stdout, stderr := runIn(t.Context(), "-instrument", instrument, "-plan", plan, "-companies", "60", "-without")
	if code != 0 || stderr != "" && !strings.Contains(stderr, "warning") {
		t.Fatalf("exit code %d, standard error %q", code, stderr)
	}
	_, said, _ := strings.Cut(stdout, "would buy, for all of 60 companies:\n")
	if lines := strings.Split(strings.TrimSpace(said), "\n"); len(lines) != 2 || !strings.HasPrefix(lines[0], "Without scores: ") || !strings.HasPrefix(lines[1], "Without shares: ") {
		t.Errorf("it says %q", said)
	}
	if strings.Contains(stdout, "question means") || strings.Contains(stdout, "quartiles") {
		t.Errorf("what is not asked for is forecast:\n%s", stdout)
	}
}

// A plan without scores gets something once any of its statistics is published.
func TestLittleOfOtherLists(t *testing.T) {
	f := &benchmark.Forecast{Cohorts: []benchmark.CohortForecast{{Shown: 1, Statistics: []benchmark.StatisticForecast{{Name: "companies", Status: 1}, {Name: "shares"}}}}}
	if !Little(f) {
		t.Error("nothing but the number of companies is not little")
	}
	f.Cohorts[0].Statistics[1].Status = 1
	if Little(f) {
		t.Error("shares alone are little, where nothing else is asked for")
	}
}
