package estimate

import (
	"math"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// overall is the mean of the companies' overall scores. Its prior is what the
// pilot left open, so the common variance is known and has no multiple.
func (s *setting) overall() levels {
	d := s.Design
	n := s.Shape.Cohorts()
	start := d.Center.Level - d.Public.Center
	b := s.overallPosterior(start)
	before := model.Expect(s.Shape, s.Prior).LevelVariance // without the pilot
	l := newLevels(n, 1)
	for g := range n {
		m := b.mean[g][0]
		lost, absolute, _ := d.Head.At(m)
		used, _ := s.headLoss(start, m)
		// A sum over n companies, divided by an estimate of n, and what is not
		// known of the companies above the bound.
		scale := s.sizes.relative[g] * (math.Abs(m) + centerSlack*s.unit)
		l.value[g][0] = d.Public.Center + m
		l.variance[g][0] = b.variance[g][0] + square(scale) + square(lossDoubt*absolute) + square(lost-used)
		// A segment far from all is shrunken too much where little was measured.
		apart := max(b.variance[g][0]-b.variance[0][0], 0)
		left := 1 - removed(apart, b.prior[g]-b.prior[0])
		l.wide[g][0] = l.variance[g][0] + apart*unmeasured(left)
		l.prior[g][0] = b.prior[g] + max(before-d.Center.LevelVariance, 0)
		if s.told(model.Overall, 0) {
			l.informed[g][0] = removed(l.variance[g][0], l.prior[g][0])
		}
	}
	return l
}

// overallPosterior is that of the means less the centre. Companies above the bound
// lose a part of their score that depends on the level, which is only known
// afterwards: the loss is made linear at the posterior mean of all, found by
// repetition (the Gauss-Newton iteration of an extended Kalman filter; Bell &
// Cathey, IEEE Transactions on Automatic Control 38, 1993). Where a level further
// out is hidden by a larger loss, its slope widens the posterior.
func (s *setting) overallPosterior(start float64) belief {
	d := s.Design
	center := grid(s.Shape.Cohorts(), 1)
	for g := range center {
		center[g][0] = start
	}
	var b belief
	for level, rounds := start, 0; rounds < lossRounds; rounds++ {
		lost, slope := s.headLoss(start, level)
		b = s.posterior(request{
			data:   s.giveBack(s.Measured[model.Overall], lost-slope*level),
			factor: []float64{1 - slope},
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
		level = clamp(b.mean[0][0], -d.Public.Center, s.top-d.Public.Center)
	}
	return b
}

// headLoss is what the mean score loses at a level when the pilot's is start, and
// its slope. A slope of 1/4 makes the noise of the level larger by a third, while the
// pilot was hardly ever wrong by much; the loss is taken half way between the two
// levels, where both errors are about the same.
func (s *setting) headLoss(start, level float64) (lost, slope float64) {
	at, step := (start+level)/2, lossSlopeStep*s.unit
	lost, _, _ = s.Design.Head.At(at)
	above, _, _ := s.Design.Head.At(at + step)
	below, _, _ := s.Design.Head.At(at - step)
	return lost, clamp((above-below)/(2*step), 0, mostLossSlope) / 2
}

// giveBack adds a loss per company to the totals.
func (s *setting) giveBack(data encode.Measured, lost float64) encode.Measured {
	out := encode.Measured{SD: data.SD, Weights: data.Weights}
	for r, row := range data.Y {
		out.Y = append(out.Y, []float64{row[0] + lost*s.companiesIn(data, r)})
	}
	return out
}

// companiesIn is the total of a measured row that every company adds 1 to.
func (s *setting) companiesIn(data encode.Measured, row int) float64 {
	var sum float64
	for g, n := range s.sizes.count {
		sum += data.Weights.At(row, g) * n
	}
	return sum
}
