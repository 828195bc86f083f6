package outside_test

import (
	"context"
	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
	"os"
	"testing"
)

// TestNoSmallCohortEver publishes 210 panels of a small instrument, or 2,000 in the deep
// tier, under all rosters. A cohort below k is never shown, no suppressed value stands
// alone, and nothing is shown when all is suppressed.
func TestNoSmallCohortEver(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	in := fixture.Tiny(t)
	var plans []*benchmark.Plan
	for i := range 3 * 2 * 7 {
		plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{
			Wave: "w", Account: "a", Roster: []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster}[i%3],
			Epsilon: 8, Delta: 1e-6, ExpectedCompanies: []int{50, 20}[i/3%2],
			MinCompanies: 3 + i/6%7, Cohorts: []string{"size"},
		})
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, plan)
	}
	panels := 210 // five of each plan
	if os.Getenv("MATURITYBENCH_DEEP") == "1" {
		panels = 2000
	}
	for i := range panels {
		plan := plans[i%len(plans)]
		roster := plan.Spec().Roster
		rows := fixture.Rotating(in, 1+i%41)
		ledger := privacy.NewMemoryLedger()
		account := privacy.Account{ID: "a", Unit: "company", Roster: roster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
		if err := ledger.OpenAccount(context.Background(), account); err != nil {
			t.Fatal(err)
		}
		release, err := benchmark.Publish(context.Background(), ledger, plan, fixture.PackedPanel(in, rows...))
		if err != nil {
			t.Fatal(err)
		}
		checkSuppression(t, release, sizes(in, rows), plan.Spec().MinCompanies)
	}
}

// sizes counts the companies of all and of every value of the only attribute.
func sizes(in *instrument.Instrument, rows [][]byte) []int64 {
	counts := make([]int64, 1+len(in.Spec().Attributes[0].Values))
	for _, row := range rows {
		counts[0]++
		counts[row[0]]++
	}
	return counts
}

// checkSuppression compares the shown cohorts with the exact counts.
func checkSuppression(t *testing.T, release *publication.Release, counts []int64, k int) {
	t.Helper()
	suppressed := 0
	for g, c := range release.Cohorts {
		if c.Status == publication.Published && counts[g] < int64(k) {
			t.Fatalf("cohort %s is shown below k = %d", c.ID, k)
		}
		if g > 0 && c.Status == publication.Suppressed {
			suppressed++
		}
	}
	if suppressed == 1 {
		t.Fatal("one suppressed value stands alone")
	}
	if release.Cohorts[0].Status == publication.Suppressed && suppressed < len(release.Cohorts)-1 {
		t.Fatal("a cohort is shown although all is suppressed")
	}
}
