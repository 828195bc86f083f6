package benchmark_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

func ExampleProfile() {
	ctx := context.Background()
	spec := instrument.JSP().Spec()
	spec.Profiles = []instrument.Profile{{ID: "buyer", Minimum: map[string]int{"org-01": 1, "org-02": 1}}}
	in, err := instrument.New(spec)
	if err != nil {
		log.Fatal(err)
	}
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{
		Wave: "2026", Account: "jsp", Roster: privacy.SecretRoster,
		Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 300,
	})
	if err != nil {
		log.Fatal(err)
	}
	data, err := responses.NewDataset(ctx, in, synthetic.NewPanel(300, 1).Responses(in))
	if err != nil {
		log.Fatal(err)
	}
	ledger := privacy.NewMemoryLedger()
	account := privacy.Account{ID: "jsp", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		log.Fatal(err)
	}
	release, err := benchmark.Publish(ctx, ledger, plan, data)
	if err != nil {
		log.Fatal(err)
	}
	all, _ := release.Cohort("all")
	buyer, _ := all.Profile("buyer")
	fmt.Println(buyer.ID, buyer.Share.Status)
	// Output: buyer published
}

// Shares of profiles are planned, forecast and estimated with everything else:
// intervals of 90 % cover the exact shares. Noise and panels have fixed seeds.
func TestProfileSharesCover(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	in := fixture.Profiled()
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{
		Wave: "2026", Account: "jsp", Roster: privacy.SecretRoster,
		Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100, Cohorts: []string{"size"},
	})
	if err != nil {
		t.Fatal(err)
	}
	covered, total := 0.0, 0.0
	for seed := range uint64(20) {
		sample, err := synthetic.NewSample(in, synthetic.NewPanel(100, seed))
		if err != nil {
			t.Fatal(err)
		}
		data, err := responses.NewDataset(context.Background(), in, sample.Responses())
		if err != nil {
			t.Fatal(err)
		}
		cohorts, err := plan.EstimateSynthetic(data, seed)
		if err != nil {
			t.Fatal(err)
		}
		for g, truth := range sample.Cohorts("size") {
			for p, share := range truth.Profiles {
				e := cohorts[g].Profiles[p]
				total++
				if e.Low <= share && share <= e.High {
					covered++
				}
				if g == 0 && !(e.Error <= 0.1 && e.Information >= 0.5) {
					t.Errorf("seed %d: the share of all is withheld: error %.3f, information %.2f", seed, e.Error, e.Information)
				}
				if g == 0 && math.Abs(e.Value-share) > 0.25 {
					t.Errorf("seed %d: a share is off by %.2f", seed, e.Value-share)
				}
			}
		}
	}
	if covered/total < 0.86 {
		t.Errorf("intervals of 90 %% cover %.2f of the shares", covered/total)
	}
}
