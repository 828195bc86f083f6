package estimate

import (
	"math"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// lostLevel is what clipping does to the overall means. Those of the values of attributes are
// measured as differences between them, about the mean of all: an error of what clipping takes of
// all companies is one of every cohort, and one of what it takes of the values of attributes is one of
// cohorts that are larger or smaller than the others. In what it takes of a cohort there is chance, too,
// and the more the fewer companies it has.
type lostLevel struct {
	all, segments rest
	apart         []float64 // what it takes more of a cohort whose companies are elsewhere than all are
	unexplained   []float64 // variance of what it takes of a cohort because it takes more than where the cohorts are tells
	amplified     []float64 // by what an error in the mean of a cohort grows for that, squared
	chance        float64   // variance of what it takes of a single company

	// How far a cohort's mean moves, squared, where what it takes of all, or only that of
	// the values of attributes, is off by one.
	byAll, bySegments []float64
}

// lostLevel is that at a level. The loss that the public model expects is that at another one. The
// values of attributes are clipped before all companies are: what is taken of these beyond
// that is taken of those as well.
func (s *setting) lostLevel(at, level float64) lostLevel {
	d, out := s.Design, lostLevel{}
	var beyond float64
	out.all, beyond = s.levelRest(model.Overall, d.Level, at, 0, 0)
	out.segments, _ = s.levelRest(model.Segments, d.Segments, at, level, beyond)
	_, companies := d.Segments.At(at)
	out.chance = s.rates.asExpected(companies, model.SegmentsTier)*d.Segments.Squares(at) + s.farChance(out.all.far, level)
	return out
}

// levelRest is what clipping does to the overall score, when the loss that the public model
// expects is that at a level, and counts against a level; and how much of it is beyond that.
func (s *setting) levelRest(block model.Block, loss encode.LevelLoss, at, level, beyond float64) (r rest, more float64) {
	score, companies := loss.At(at)
	expected := s.rates.asExpected(companies, block.Tier()) * (score - companies*level)
	r = s.restOf(block, []int{0}, []float64{expected + beyond}, 1)
	return r, r.shift[0] - expected
}

// lostApart is what clipping is expected to take more of the values of attributes than of all for where
// they are: those far from the centre are clipped more. With a score of σ taken at a mean m and the
// same share p of all companies, what is kept, over 1 − p, lacks (σ − p·m)/(1 − p) of m. Where fewer
// companies are clipped than the public model expects of such segments, less is taken. told is what it is then
// expected to take of all companies, by the attribute of the cohort.
func (s *setting) lostApart(at float64, mean [][]float64) (out, told []float64) {
	clipped := s.rates.clipped[model.SegmentsTier].value
	out, told = make([]float64, len(mean)), make([]float64, len(mean))
	for _, p := range s.parts[1:] {
		var companies, average float64
		for _, g := range p.cohorts {
			score, share := s.Design.Segments.At(at + mean[g][0] - mean[0][0])
			out[g] = score
			companies += s.cov.share[g] * share
		}
		expected := s.rates.asExpected(companies, model.SegmentsTier)
		for _, g := range p.cohorts {
			out[g] = (expected*out[g] - clipped*(mean[g][0]-mean[0][0])) / s.rates.kept[model.SegmentsTier]
			average += s.cov.share[g] * out[g]
		}
		for _, g := range p.cohorts {
			out[g] -= average
			told[g] = average - clipped*mean[0][0]/s.rates.kept[model.SegmentsTier]
		}
	}
	return out, told
}

// beyondTold fills in what is not known of what clipping takes of a cohort where it takes more of all companies than
// is told by where the values of the attribute are, and than noise makes of nothing. Companies so far
// from the centre that hardly anything of them is kept make it, and they may be all of one value: with a share
// s of the companies it loses 1/s times as much as all do, and it is that one with the probability s. An interval of
// unevenReach standard deviations has to hold for that one as well.
func (l *lostLevel) beyondTold(told, share []float64) {
	l.unexplained = make([]float64, len(told))
	for g := 1; g < len(told); g++ {
		more := square(l.segments.shift[0]-told[g]) - evenByChance*l.segments.variance[0]
		odds := 1/max(share[g], smallestShare) - 1
		l.unexplained[g] = max(more, 0) * odds * max(odds/square(unevenReach), 1)
	}
}

// amplifies is by what an error in the mean of a cohort grows, squared, because what clipping takes is judged
// by that mean. What is kept of companies so far from the centre that nearly all are clipped is the same
// wherever they are, and tells next to nothing of it.
func (s *setting) amplifies(at float64, mean [][]float64) []float64 {
	out := make([]float64, len(mean))
	for g := range out {
		out[g] = 1
		if g > 0 {
			place, step := at+mean[g][0]-mean[0][0], slopeStep*s.unit
			low, _ := s.Design.Segments.At(place - step)
			high, _ := s.Design.Segments.At(place + step)
			slope := ((high-low)/(2*step) - s.rates.clipped[model.SegmentsTier].value) / s.rates.kept[model.SegmentsTier]
			out[g] = 1 / square(1-clamp(slope, 0, mostSlope))
		}
	}
	return out
}

// farChance is the variance, for a single company, of a mean that companies far from all others
// make. With a share p of them that give r each it is p·r², for small p, of a mean of p·r: the
// largest r, all the way to the end of the scale, makes most of it.
func (s *setting) farChance(mean, level float64) float64 {
	level += s.Design.Public.Center
	if mean < 0 {
		return -mean * level
	}
	return mean * (s.top - level)
}

// moveBy fills in how the means move when what clipping takes is off by its error, all of it or
// only that of the values of attributes.
func (l *lostLevel) moveBy(moved func(all, segments float64) belief, from belief) {
	squares := func(by float64, to func(by float64) belief) []float64 {
		out := make([]float64, len(from.mean))
		if by == 0 {
			return out
		}
		for g, mean := range to(by).mean {
			out[g] = square((mean[0] - from.mean[g][0]) / by)
		}
		return out
	}
	l.byAll = squares(math.Sqrt(l.all.variance[0]+l.all.doubt), func(by float64) belief { return moved(by, by) })
	l.bySegments = squares(math.Sqrt(l.segments.variance[0]+l.segments.doubt), func(by float64) belief { return moved(0, by) })
}

// of is the variance that comes of it in the mean of a cohort of so many companies.
func (l *lostLevel) of(g int, companies float64) float64 {
	if g == 0 {
		return l.all.variance[0]
	}
	judged := l.bySegments[g]*l.segments.variance[0] + square(explainedDoubt*l.apart[g])
	return l.byAll[g]*l.all.variance[0] + l.amplified[g]*judged + l.segments.apart + l.unexplained[g] + l.chance/companies
}

// amplify is the posterior variance of the distance of a cohort from all, which was variance, with a
// prior variance that what is measured has nothing to do with.
func (l *lostLevel) amplify(g int, variance, prior float64) float64 {
	if l.amplified[g] == 1 || !(variance < prior) {
		return variance
	}
	noise := l.amplified[g] / (1/variance - 1/prior)
	return prior * noise / (prior + noise)
}

// doubtOf is what intervals allow for beyond that.
func (l *lostLevel) doubtOf(g int) float64 {
	if g == 0 {
		return l.all.doubt
	}
	return l.byAll[g]*l.all.doubt + l.bySegments[g]*l.segments.doubt
}
