package publish

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tooFew writes 17 companies that are somebody's own, and a plan that expects some 20
// of them under a secret roster, and the scores alone, which are soon forecast: with a
// probability of more than 99% its report is empty. It returns the flags.
func tooFew(t *testing.T) []string {
	t.Helper()
	put(t, "own.csv", "panel-017.csv", "synthetic-001", "acme")
	put(t, "plan.yaml", "plan-secret.yaml", "expected_companies: 100", "expected_companies: 20", "cohorts: [size]", "statistics: [scores]")
	put(t, "account.yaml", "account.yaml")
	return []string{"-responses", "own.csv", "-plan", "plan.yaml", "-account", "account.yaml"}
}

// Without a terminal, an empty report is not paid for unless -yes says so, and nothing
// is made; what was published is written again without a word.
func TestNothingIsLikelyToBeShown(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	t.Chdir(t.TempDir())
	few := tooFew(t)
	r := runIn(t.Context(), few...)
	for _, want := range []string{"20 companies: most likely nothing is published", "-yes", "Nothing was charged"} {
		if !strings.Contains(r.stderr, want) {
			t.Errorf("standard error lacks %q:\n%s", want, r.stderr)
		}
	}
	if r.code != 2 || r.stdout != "" {
		t.Errorf("exit code %d, want 2; standard output %q", r.code, r.stdout)
	}
	for _, name := range []string{"out", "ledger"} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s was made", name)
		}
	}
	publishes(t, append(few, "-yes")...)
	publishes(t, few...)
	next := append([]string{}, few...)
	put(t, "next.yaml", "plan-secret.yaml", "expected_companies: 100", "expected_companies: 20", "cohorts: [size]", "statistics: [scores]", `wave: "2026"`, `wave: "2027"`)
	if r := runIn(t.Context(), append(next, "-plan", "next.yaml")...); r.code != 2 {
		t.Errorf("the next wave: %+v", r)
	}
}

// The forecast knows the plan and nothing of the answers: it says the same whether many
// answered or few. Panels that are built in are for trying.
func TestForecastBeforeTheCharge(t *testing.T) {
	if testing.Short() {
		t.Skip("a forecast of many numbers")
	}
	t.Chdir(t.TempDir())
	put(t, "17.csv", "panel-017.csv", "synthetic-001", "acme")
	put(t, "300.csv", "panel-300.csv", "synthetic-001", "acme")
	put(t, "panel.csv", "panel-017.csv")
	own := owned(t)
	put(t, "own-plan.yaml", "plan-secret.yaml", "cohorts: [size]", "statistics: [scores]") // which are soon forecast
	var said []string
	for _, n := range []string{"17", "300"} {
		r := runIn(t.Context(), append(own, "-responses", n+".csv", "-ledger", n+".db", "-out", filepath.Join("out", n))...)
		if r.code != 0 {
			t.Fatalf("%s companies: %+v", n, r)
		}
		said = append(said, r.stderr)
	}
	if said[0] != said[1] || !strings.Contains(said[0], "100 companies: the report can tell") || !strings.Contains(said[0], "most likely nothing is shown") {
		t.Errorf("17 companies hear\n%s\n300 companies hear\n%s", said[0], said[1])
	}
	publishes(t, append(own, "-responses", "panel.csv")...)
}
