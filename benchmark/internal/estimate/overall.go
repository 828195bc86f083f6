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
	clipped := s.rates.clipped[model.LevelTier]
	before := model.Expect(s.Shape, s.Prior).LevelVariance // without the pilot
	l := newLevels(n, 1)
	for g := range n {
		m := b.mean[g][0]
		// A sum over n companies, divided by an estimate of n and of what clipping keeps.
		distance := math.Abs(m) + centerSlack*s.unit
		scale := square(s.sizes.relative[g]*distance) + square(clipped.sd/s.rates.kept[model.LevelTier]*distance)
		l.value[g][0] = d.Public.Center + m
		l.variance[g][0] = b.variance[g][0] + scale + lost.of(g, 0)
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

// overallPosterior is that of the means less the centre, with what clipping does to
// them. What the public model expects of that depends on the level, which is only known
// afterwards: it is taken half way between the pilot's level and that found, by
// repetition.
func (s *setting) overallPosterior(start float64) (belief, rest) {
	d, kept := s.Design, s.rates.kept[model.LevelTier]
	center := grid(s.Shape.Cohorts(), 1)
	for g := range center {
		center[g][0] = start
	}
	var b belief
	var lost rest
	for level, rounds := start, 0; rounds < levelRounds; rounds++ {
		score, companies := d.Level.At((start + level) / 2)
		expected := s.rates.asExpected(companies, model.LevelTier) * (score - companies*level)
		lost = s.restOf(model.Overall, []int{0}, []float64{expected}, 1)
		b = s.posterior(request{
			data:   s.moved(s.Measured[model.Overall], func(int, int) float64 { return kept * lost.shift[0] }),
			factor: []float64{kept},
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
	return b, lost
}
