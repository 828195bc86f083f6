package benchmark

import (
	"context"
	"math/rand/v2"

	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/rehearsal"
	"maturitybench/benchmark/responses"
)

// EstimateSynthetic measures a synthetic data set with noise from a public
// seed and estimates, before anything is suppressed or withheld.
func (p *Plan) EstimateSynthetic(data *responses.Dataset, seed uint64) ([]estimate.Cohort, error) {
	noise := rehearsal.Noise{Rand: rand.New(rand.NewPCG(seed, 1))}
	m, _, err := p.measure(context.Background(), noise, p.rows(fixture.Rows(data)))
	if err != nil {
		return nil, err
	}
	return p.estimate(m)
}
