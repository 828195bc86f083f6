package benchmark

import (
	"context"
	"slices"

	"maturitybench/benchmark/internal/earlier"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/privacy"
	"maturitybench/stats"
)

// measure adds noise to what the first walk gathered, to the sizes of the
// cohorts for the threshold, if that has noise of its own, and to the first vector of the scheme, and walks
// once more for the second vector, if there is one.
//
// Privacy: the losses of the mechanisms add up to the plan's charge, each has
// fresh noise, and which draws are made, and how many, depends on the plan
// and on noisy numbers only.
func (p *publishing) measure(ctx context.Context, noise mechanism) (*measurement, error) {
	m, counts := &measurement{Format: measurementFormat}, p.first.Counts()
	switch test := p.plan.tests.panel.(type) {
	case privacy.Threshold:
		m.Kept = noise.Threshold(test, counts[:1])
		if segments := p.plan.tests.segments; segments != nil {
			m.Kept = append(m.Kept, noise.Threshold(*segments, counts[1:])...)
		}
	case nil:
		m.Exact = counts
		for _, n := range counts {
			m.Kept = append(m.Kept, n >= int64(p.plan.spec.MinCompanies))
		}
	}
	return m, p.plan.scheme.measure(noise, p.first.Totals(), func(main encode.Vector) ([]int64, error) {
		return p.second(ctx, main)
	}, m)
}

// estimate turns a measurement into estimates of the measured cohorts. Of a panel that is not shown
// nothing is estimated, and there may be no numbers to do it with.
func (p *Plan) estimate(m *measurement) ([]estimate.Cohort, error) {
	if !m.Kept[0] {
		return make([]estimate.Cohort, len(p.measured)), nil
	}
	in, err := p.read(m)
	if err != nil {
		return nil, err
	}
	return estimate.Estimate(in), nil
}

// read is what the estimation takes of a measurement.
func (p *Plan) read(m *measurement) (estimate.Input, error) {
	read, err := p.scheme.reader(m)
	if err != nil {
		return estimate.Input{}, err
	}
	return p.input(read, m)
}

// allPercentiles are those of the table of statistics.
var allPercentiles = func() (list []estimate.Percentile) {
	for _, p := range statistic.Percentiles() {
		list = append(list, estimate.Percentile{P: p.P, Family: slices.Index(statistic.PercentileFamilies, p.Family)})
	}
	return list
}()

// percentiles are those that are estimated: none if the plan asks for none, as they take
// longer than all the rest.
func (p *Plan) percentiles() []estimate.Percentile {
	if !statistic.List(p.spec.Statistics).Has(statistic.QuartileKind) {
		return nil
	}
	return allPercentiles
}

// input is a measurement as its reader reads it, with what the plan knows.
func (p *Plan) input(read func(*measurement) (estimate.Input, error), m *measurement) (estimate.Input, error) {
	in, err := read(m)
	if err != nil {
		return estimate.Input{}, err
	}
	in.Percentiles, in.Earlier = p.percentiles(), earlier.Told(m.Earlier)
	in.Shape, in.Prior, in.Z = p.shape, p.prior, stats.NormalCritical(p.spec.Confidence)
	for _, n := range m.Exact {
		in.Exact = append(in.Exact, float64(n))
	}
	return in, nil
}
