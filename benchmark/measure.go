package benchmark

import (
	"context"
	"encoding/json"
	"fmt"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/privacy"
	"maturitybench/stats"
)

// mechanism is where the noise comes from: [privacy.Draws], or a stand-in
// for synthetic companies in a forecast.
type mechanism interface {
	Gaussian(privacy.Gaussian, []int64) []int64
	SphericalLaplace(privacy.SphericalLaplace, []int64) []int64
	Threshold(privacy.Threshold, []int64) []bool
}

// measurement is everything that leaves the raw data: noisy numbers, and
// which cohorts passed the threshold. It is stored with the release.
type measurement struct {
	Format string  `json:"format"`
	Kept   []bool  `json:"kept"`            // measured cohorts that passed the threshold
	Exact  []int64 `json:"exact,omitempty"` // exact sizes of the measured cohorts, public roster only
	Pilot  []int64 `json:"pilot,omitempty"` // full profile
	Main   []int64 `json:"main,omitempty"`  // full profile
	Small  []int64 `json:"small,omitempty"` // profile of small panels
	Noise  string  `json:"noise"`

	// What it takes to read the numbers again: see [Reestimate].
	Encoding string            `json:"encoding"`                 // fingerprint of the encoding of Main or Small
	Prior    *storedPrior      `json:"prior,omitempty"`          // what the plan read from an earlier release
	Account  draft.AccountLoss `json:"account"`                  // what its account had lost
	External bool              `json:"external_prior,omitempty"` // that release was not in the ledger
}

const measurementFormat = "maturitybench.measurement/1"

// encode is the stored form.
func (m *measurement) encode() ([]byte, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("measurement: %w", err)
	}
	return data, nil
}

// companies is the exact number of companies under the public roster, and 0
// otherwise.
func (m *measurement) companies() int {
	if len(m.Exact) == 0 {
		return 0
	}
	return int(m.Exact[0])
}

// measure adds noise to what the first walk gathered, to the sizes of the
// cohorts for the threshold and to the first vector of the profile, and walks
// once more for the second vector, if there is one.
//
// Privacy: the losses of the mechanisms add up to the plan's charge, each has
// fresh noise, and which draws are made, and how many, depends on the plan
// and on noisy numbers only.
func (p *publishing) measure(ctx context.Context, noise mechanism) (*measurement, error) {
	m, counts := &measurement{Format: measurementFormat}, p.first.Counts()
	if p.plan.spec.Roster == privacy.SecretRoster {
		m.Kept = noise.Threshold(p.plan.threshold, counts)
	} else {
		m.Exact = counts
		for _, n := range counts {
			m.Kept = append(m.Kept, n >= int64(p.plan.spec.MinCompanies))
		}
	}
	return m, p.plan.profile.measure(noise, p.first.Totals(), func(main encode.Vector) ([]int64, error) {
		return p.second(ctx, main)
	}, m)
}

// estimate turns a measurement into estimates of the measured cohorts:
// post-processing.
func (p *Plan) estimate(m *measurement) ([]estimate.Cohort, error) {
	read, err := p.profile.reader(m)
	if err != nil {
		return nil, err
	}
	in, err := p.input(read, m)
	if err != nil {
		return nil, err
	}
	return estimate.Estimate(in), nil
}

// input is a measurement as its reader reads it, with what the plan knows.
func (p *Plan) input(read func(*measurement) (estimate.Input, error), m *measurement) (estimate.Input, error) {
	in, err := read(m)
	if err != nil {
		return estimate.Input{}, err
	}
	in.Shape, in.Prior, in.Z = p.shape, p.prior, stats.NormalCritical(p.spec.Confidence)
	for _, n := range m.Exact {
		in.Exact = append(in.Exact, float64(n))
	}
	return in, nil
}
