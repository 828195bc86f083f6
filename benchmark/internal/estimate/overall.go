package estimate

import (
	"math"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// centerSlack is what a mean may be off, in units, when it is multiplied by a
// wrong number of companies: a mean that happens to lie at the centre would hide
// that error.
const centerSlack = 0.1

// overall is the mean of the companies' overall scores. Its prior is what the
// pilot left open, so the common variance is known and has no multiple.
func (s *setting) overall() levels {
	d := s.Design
	n := s.Shape.Cohorts()
	start := d.Center.Level - d.Public.Center
	center := grid(n, 1)
	for g := range center {
		center[g][0] = start
	}
	b := s.posterior(request{
		data:   s.Measured[model.Overall],
		factor: []float64{1},
		center: center,
		prior: encode.Variances{
			Level:  d.Center.LevelVariance,
			Group:  d.Prior[model.Overall].Group,
			Within: d.Center.ScoreVariance,
		},
		level: known,
		group: medianRight,
		freed: 1,
	})
	before := model.Expect(s.Shape, s.Prior).LevelVariance // without the pilot
	l := newLevels(n, 1)
	for g := range n {
		m := b.mean[g][0]
		// A sum over n companies, divided by an estimate of n, and what the
		// companies above the bound lost (the model's mean is given back).
		scale := s.sizes.relative[g] * (math.Abs(m) + centerSlack*s.unit)
		l.value[g][0] = d.Public.Center + m + d.LostOverall
		l.variance[g][0] = b.variance[g][0] + square(scale) + square(d.HeadBias)
		l.wide[g][0] = l.variance[g][0]
		l.prior[g][0] = b.prior[g] + max(before-d.Center.LevelVariance, 0)
		l.informed[g][0] = removed(l.variance[g][0], l.prior[g][0])
	}
	return l
}
