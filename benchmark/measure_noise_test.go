package benchmark

import (
	"fmt"
	"math"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/privacy"
)

// TestNoiseOfEveryCoordinate draws 3,000 unseeded measurements through a
// memory ledger and compares the variance of every coordinate of the pilot
// and of the main vector with the σ that the release's loss implies: R/μ of
// the stage, at most 0.1 % more.
//
// The sample variance of 3,000 normal draws has a relative standard
// deviation of √(2/2999) = 0.0258. A deviation of 7 of them has probability
// 2.6e-12; with 60 coordinates a false alarm has probability 1.6e-10.
func TestNoiseOfEveryCoordinate(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	const draws = 3_000
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
	rows := plan.rows(fixture.Rows(fixture.PackedPanel(in, fixture.Rotating(in, 100)...)))
	full := plan.scheme.(*fullScheme)
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
