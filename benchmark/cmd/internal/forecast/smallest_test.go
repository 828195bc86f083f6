package forecast

import (
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/privacy"

	"github.com/google/go-cmp/cmp"
)

// Of a tiny instrument and a known list of companies the smallest panels are found
// at once; a larger ε is never worse.
func TestSmallest(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	defer func(all []int) { panels = all }(panels)
	panels = []int{10, 40, 200}
	_, instrument, plan := tiny(t, `{wave: w, account: a, roster: public, epsilon: 1, delta: 1e-6, expected_companies: 40, statistics: [scores, questions, shares]}`)
	code, stdout, stderr := runIn(t.Context(), "-instrument", instrument, "-plan", plan, "-smallest", "4, 8")
	if code != 0 || stderr != "" {
		t.Fatalf("exit code %d, standard error %q", code, stderr)
	}
	if !strings.Contains(stdout, "public roster, k = 5, no cohorts") {
		t.Errorf("the plan is not named:\n%s", stdout)
	}
	_, table, _ := strings.Cut(stdout, "\n\n")
	lines := strings.Split(strings.TrimSpace(table), "\n")
	if want := []string{"ε", "=", "4", "ε", "=", "8"}; cmp.Diff(want, strings.Fields(lines[0])) != "" {
		t.Errorf("heading %q", lines[0])
	}
	for _, line := range lines[1:] {
		fields := strings.Fields(strings.ReplaceAll(line, "> 200", "99999"))
		at := len(fields) - 2
		if len(fields[at]) < len(fields[at+1]) || len(fields[at]) == len(fields[at+1]) && fields[at] < fields[at+1] {
			t.Errorf("a larger ε needs more companies: %q", line)
		}
	}
	if !strings.Contains(table, "overall mean") || len(lines) < 5 {
		t.Errorf("families are missing:\n%s", table)
	}
}

// A panel gets a family once it is likely shown and nine tenths of it are published;
// later ones do not count.
func TestGets(t *testing.T) {
	found := map[string]int{}
	statistics := func(mean, shares float64) []benchmark.StatisticForecast {
		return []benchmark.StatisticForecast{{Name: "mean", Published: mean}, {Name: "shares", Published: shares}}
	}
	gets(found, benchmark.CohortForecast{Shown: 0.8, Statistics: statistics(1, 1)}, 10)
	gets(found, benchmark.CohortForecast{Shown: 0.9, Statistics: statistics(0.9, 0.89)}, 20)
	gets(found, benchmark.CohortForecast{Shown: 1, Statistics: statistics(1, 0)}, 30)
	if diff := cmp.Diff(map[string]int{"mean": 20}, found); diff != "" {
		t.Error(diff)
	}
	var b strings.Builder
	spec := benchmark.PlanSpec{Delta: 1e-6, Roster: privacy.SecretRoster, MinCompanies: 5, Cohorts: []string{"size", "kind"}}
	if err := writeSmallest(&b, spec, 0.25, []float64{2}, []string{"mean", "shares"}, []map[string]int{found}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"secret roster, k = 5, cohorts by size, kind; planned", "25% of the answers are assumed to be skipped", "mean     20\n", "shares   > 3000\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, b.String())
		}
	}
}
