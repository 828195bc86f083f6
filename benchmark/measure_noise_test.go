package benchmark

import (
	"context"
	"fmt"
	"math"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
)

// handDataset is a data set of n companies whose answers and attributes are
// spread evenly.
func handDataset(t testing.TB, in *instrument.Instrument, n int) *responses.Dataset {
	t.Helper()
	data, err := responses.NewDataset(t.Context(), in, func(yield func(responses.Response, error) bool) {
		for i := range n {
			scores, attributes := map[string]int{}, map[string]string{}
			for q, question := range in.Spec().Questions() {
				scores[question.ID] = in.Spec().Scale[(i+q*i/3)%len(in.Spec().Scale)].Level
			}
			for _, a := range in.Spec().Attributes {
				attributes[a.ID] = a.Values[i%len(a.Values)].ID
			}
			if !yield(responses.New(in, fmt.Sprintf("company %d", i), attributes, scores)) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestNoiseOfEveryCoordinate draws 10,000 unseeded measurements through a
// memory ledger and compares the variance of every coordinate of the pilot
// and of the main vector with the σ that the release's loss implies: R/μ of
// the stage, at most 0.1 % more.
//
// The sample variance of 10,000 normal draws has a relative standard
// deviation of √(2/9999) = 0.0141. A deviation of 7 of them has probability
// 2.6e-12; with 60 coordinates a false alarm has probability 1.6e-10.
func TestNoiseOfEveryCoordinate(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	const draws = 10_000
	spec := fixture.Tiny(t).Spec()
	spec.Scale, spec.Domains = spec.Scale[:2], spec.Domains[:1]
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := NewPlan(in, PlanSpec{
		Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100,
	})
	if err != nil {
		t.Fatal(err)
	}
	rows := plan.rows(fixture.Rows(handDataset(t, in, 100)))
	full := plan.profile.(*fullProfile)
	pilot := full.pilot.Totals(rows)
	encoding, err := full.encoding(&measurement{Pilot: pilot})
	if err != nil {
		t.Fatal(err)
	}
	main, err := tally(t.Context(), encoding, rows)
	if err != nil {
		t.Fatal(err)
	}
	if len(main) > 40 {
		t.Fatalf("%d coordinates, expected at most 40", len(main))
	}
	stages := []struct {
		name   string
		totals []int64
		noise  privacy.Gaussian
		mu     privacy.Mu
		sums   []float64
	}{
		{"pilot", pilot, full.pilotNoise, full.pilotNoise.Mu(), make([]float64, len(pilot))},
		{"main", main, full.mainNoise, full.mainNoise.Mu(), make([]float64, len(main))},
	}
	account := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
	for i := range draws {
		ledger := privacy.NewMemoryLedger()
		if err := ledger.OpenAccount(t.Context(), account); err != nil {
			t.Fatal(err)
		}
		entry := privacy.Entry{
			Account: "a", Wave: fmt.Sprint("w", i), Revision: 1, Roster: privacy.SecretRoster, Plan: []byte("plan"),
			Loss: plan.charge.loss, Data: privacy.Records(func(func([]byte) bool) {}),
		}
		_, err := ledger.Publish(t.Context(), entry, func(d *privacy.Draws) (privacy.Record, error) {
			for _, s := range stages {
				for j, v := range d.Gaussian(s.noise, s.totals) {
					noise := float64(v - s.totals[j])
					s.sums[j] += noise * noise
				}
			}
			return privacy.Record{Measurement: []byte("{}"), Release: []byte("{}")}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range stages {
		sigma := float64(1<<30) / s.mu.Float()
		if read := s.noise.Sigma(); read < sigma || read > sigma*1.001 {
			t.Errorf("%s: σ = %v, expected R/μ = %v and at most 0.1 %% more", s.name, read, sigma)
		}
		for j, sum := range s.sums {
			ratio := sum / draws / (s.noise.Sigma() * s.noise.Sigma())
			if math.Abs(ratio-1) > 7*math.Sqrt(2.0/draws) {
				t.Errorf("%s coordinate %d: variance %.4f of σ², expected 1 ± %.4f", s.name, j, ratio, 7*math.Sqrt(2.0/draws))
			}
		}
	}
}

// TestNoSmallCohortEver publishes 1,000 panels of a small instrument under
// both rosters. A cohort below k is never shown, no suppressed value stands
// alone, and nothing is shown when all is suppressed.
func TestNoSmallCohortEver(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	in := fixture.Tiny(t)
	var plans []*Plan
	for i := range 2 * 2 * 7 {
		plan, err := NewPlan(in, PlanSpec{
			Wave: "w", Account: "a", Roster: []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster}[i%3],
			Epsilon: 8, Delta: 1e-6, ExpectedCompanies: []int{50, 20}[i/2%2],
			MinCompanies: 3 + i%7, Cohorts: []string{"size"},
		})
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, plan)
	}
	for i := range 1000 {
		plan := plans[i%len(plans)]
		roster := plan.spec.Roster
		data := handDataset(t, in, 1+i%41)
		ledger := privacy.NewMemoryLedger()
		account := privacy.Account{ID: "a", Unit: "company", Roster: roster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
		if err := ledger.OpenAccount(context.Background(), account); err != nil {
			t.Fatal(err)
		}
		release, err := Publish(context.Background(), ledger, plan, data)
		if err != nil {
			t.Fatal(err)
		}
		checkSuppression(t, release, cohortCounts(plan.measured, plan.rows(fixture.Rows(data))), plan.spec.MinCompanies)
	}
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
