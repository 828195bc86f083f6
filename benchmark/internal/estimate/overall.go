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
	b, lost := s.overallPosterior(d.Center.Level - d.Public.Center)
	before := model.Expect(s.Shape, s.Prior).LevelVariance // without the pilot
	l := newLevels(n, 1)
	for g := range n {
		m := b.mean[g][0]
		// A sum over n companies, divided by an estimate of n and, by the values of
		// attributes, of what clipping keeps.
		distance := math.Abs(m) + centerSlack*s.unit
		scale := square(s.sizes.relative[g] * distance)
		if g > 0 {
			scale += square(s.rates.clipped[model.SegmentsTier].sd / s.rates.kept[model.SegmentsTier] * distance)
		}
		apart := max(b.variance[g][0]-b.variance[0][0], 0)
		l.value[g][0] = d.Public.Center + m
		l.variance[g][0] = b.variance[g][0] + lost.amplify(g, apart, b.prior[g]-b.prior[0]) - apart + scale + lost.of(g, s.sizes.divisor(g)) + s.absentDoubt(g, distance)
		// A segment far from all is shrunken too much where little was measured.
		left := 1 - removed(apart, b.prior[g]-b.prior[0])
		l.wide[g][0] = l.variance[g][0] + apart*unmeasured(left)
		l.wide[g][0] += lost.doubtOf(g)
		if d.Spherical == 1 {
			l.tail[g][0] = (square(laplaceWide) - 1) * b.variance[g][0]
		}
		l.prior[g][0] = b.prior[g] + max(before-d.Center.LevelVariance, 0)
		if s.told(model.Overall, 0) {
			l.informed[g][0] = removed(l.variance[g][0], l.prior[g][0])
		}
	}
	return l
}

// absentDoubt is the variance of an overall mean that comes of companies that count for it with a
// part: how much all of them count, another cohort's more or less than all's, and that those who
// leave out a domain may lie unlikeLeavers spreads from the others. With a share z of them in
// one of D domains the mean is off by z·(1−z)/D of that distance.
func (s *setting) absentDoubt(g int, distance float64) float64 {
	absent, unlike := s.rates.absent, 0.0
	if absent == (rate{}) {
		return 0
	}
	for _, e := range s.rates.empty {
		unlike += e.value * (1 - e.value) / float64(len(s.rates.empty))
	}
	counted := square(distance) * (square(absent.sd) + s.apart(g, absent))
	return (counted + square(unlikeLeavers*unlike)*s.Design.Center.ScoreVariance) / square(1-absent.value)
}

// overallPosterior is that of the means less the centre, with what clipping does to
// them: for all companies it is the mean of (1−f)·(score − centre), which is added to what
// is kept; by the values of attributes, which are clipped by a factor of their own, it is
// β. What the public model expects of that depends on the level, which is only known
// afterwards: it is taken half way between the pilot's level and that found, by
// repetition.
func (s *setting) overallPosterior(start float64) (belief, lostLevel) {
	data, center := s.segmented(), grid(s.Shape.Cohorts(), 1)
	for g := range center {
		center[g][0] = start
	}
	b := belief{mean: center}
	var lost lostLevel
	posterior := func(all, segments float64) belief {
		return s.movedPosterior(data, center, func(g int) float64 {
			if g > 0 {
				return lost.segments.shift[0] + lost.apart[g] + segments
			}
			return lost.all.shift[0] + all
		})
	}
	for level, rounds := start, 0; rounds < levelRounds; rounds++ {
		lost = s.lostLevel((start+level)/2, level)
		var told []float64
		lost.apart, told = s.lostApart((start+level)/2, b.mean)
		lost.amplified = s.amplifies((start+level)/2, b.mean)
		lost.beyondTold(told, s.cov.share)
		b = posterior(0, 0)
		level = clamp(b.mean[0][0], -s.Design.Public.Center, s.top-s.Design.Public.Center)
	}
	lost.moveBy(posterior, b)
	return b, lost
}

// movedPosterior is that of the means when something is added to those of the cohorts.
func (s *setting) movedPosterior(data encode.Measured, center [][]float64, by func(g int) float64) belief {
	d := s.Design
	return s.posterior(request{
		data:   s.moved(data, func(g, _ int) float64 { return by(g) }),
		factor: []float64{1 - s.rates.absent.value},
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
}

// segmented are the totals of the overall score in all rows, over what clipping keeps of the
// values of attributes.
func (s *setting) segmented() encode.Measured {
	all, segments := s.Measured[model.Overall], s.Measured[model.Segments]
	if len(all.SD) == 0 {
		return all
	}
	scale := 1 / s.rates.kept[model.SegmentsTier]
	out := encode.Measured{Y: [][]float64{all.Y[0]}, SD: [][]float64{all.SD[0]}, Weights: all.Weights}
	for row := 1; row < len(all.SD); row++ {
		y, sd := 0.0, math.Inf(1)
		if row < len(segments.SD) {
			y, sd = scale*segments.Y[row][0], scale*segments.SD[row][0]
		}
		out.Y, out.SD = append(out.Y, []float64{y}), append(out.SD, []float64{sd})
	}
	return out
}
