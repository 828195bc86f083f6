package benchmark

import (
	"context"
	"encoding/json"
	"fmt"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/model"
	"maturitybench/privacy"
)

// mechanism is where the noise comes from: [privacy.Draws], or a stand-in
// for synthetic companies in a forecast.
type mechanism interface {
	Gaussian(privacy.Gaussian, []int64) []int64
	Threshold(privacy.Threshold, []int64) []bool
}

// measurement is everything that leaves the raw data: noisy numbers, and
// which cohorts passed the threshold. It is stored with the release.
type measurement struct {
	Format string  `json:"format"`
	Kept   []bool  `json:"kept"`            // cohorts that passed the threshold
	Counts []int64 `json:"exact,omitempty"` // exact sizes, public roster only
	Pilot  []int64 `json:"pilot"`
	Main   []int64 `json:"main"`
	Noise  string  `json:"noise"`
}

const measurementFormat = "maturitybench.measurement/1"

// encode is the stored form.
func (m *measurement) encode() ([]byte, error) { return json.Marshal(m) }

// measure looks at the raw data: the threshold, the pilot, and the main
// vector that is built around the pilot's noisy answer.
//
// Privacy: three mechanisms whose losses add up to the plan's budget, each
// with fresh noise. The pilot and the main vector are Gaussian mechanisms of
// L2 sensitivity [encode.Sensitivity]; the main encoding depends on the data
// through the pilot's noisy totals only (adaptive composition). Which draws
// are made, and how many, depends on the plan and the pilot only.
func (p *Plan) measure(ctx context.Context, noise mechanism, rows encode.Rows) (*measurement, error) {
	m := &measurement{Format: measurementFormat}
	counts := cohortCounts(p.cohorts, rows)
	if p.spec.Roster == privacy.SecretRoster {
		m.Kept = noise.Threshold(p.threshold, counts)
	} else {
		m.Counts = counts
		for _, n := range counts {
			m.Kept = append(m.Kept, n >= int64(p.spec.MinCompanies))
		}
	}
	m.Pilot = noise.Gaussian(p.pilotNoise, p.pilot.Totals(rows))
	encoding, err := p.encoding(m)
	if err != nil {
		return nil, err
	}
	totals, err := tally(ctx, encoding, rows)
	if err != nil {
		return nil, err
	}
	m.Main = noise.Gaussian(p.mainNoise, totals)
	return m, nil
}

// rows are packed responses with the columns of the plan's attributes.
func (p *Plan) rows(packed []byte) encode.Rows {
	answers := len(p.in.spec.Attributes)
	return encode.Rows{
		Data: packed, Stride: answers + len(p.in.questions),
		Attributes: p.attributes, Answers: answers,
	}
}

// tallyBlock is how many responses are added between looks at the context.
const tallyBlock = 4096

// tally sums the encoded responses.
//
// Privacy: exact totals; noise is added by the caller before anything else.
func tally(ctx context.Context, encoding *encode.Encoding, rows encode.Rows) ([]int64, error) {
	t := encoding.NewTally()
	for rest := rows; len(rest.Data) > 0; {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("publish: %w", err)
		}
		n := min(len(rest.Data), tallyBlock*rows.Stride)
		block := rest
		block.Data, rest.Data = rest.Data[:n], rest.Data[n:]
		t.Add(block)
	}
	return t.Totals(), nil
}

// encoding is the main encoding, built around the pilot's noisy answer.
func (p *Plan) encoding(m *measurement) (*encode.Encoding, error) {
	companies := 0
	if len(m.Counts) > 0 {
		companies = int(m.Counts[0])
	}
	reading := p.pilot.Read(m.Pilot, p.pilotNoise.Sigma(), companies)
	center := model.Locate(p.shape, p.prior, reading)
	public := model.NewPublic(p.shape, center)
	design := encode.NewDesign(p.shape, public, center, p.budget.Main.Float(), p.spec.Roster == privacy.PublicRoster)
	return encode.New(p.shape, design)
}

// estimate turns a measurement into estimates: post-processing.
func (p *Plan) estimate(m *measurement) ([]estimate.Cohort, error) {
	encoding, err := p.encoding(m)
	if err != nil {
		return nil, err
	}
	measured, err := encoding.Read(m.Main, p.mainNoise.Sigma())
	if err != nil {
		return nil, err
	}
	in := estimate.Input{Shape: p.shape, Design: encoding.Design(), Prior: p.prior, Measured: measured, Z: normalQuantile(p.spec.Confidence)}
	for _, n := range m.Counts {
		in.Exact = append(in.Exact, float64(n))
	}
	return estimate.Estimate(in), nil
}
