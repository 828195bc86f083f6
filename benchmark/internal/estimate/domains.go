package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// domains are the means of the companies' domain scores: the overall mean plus
// an offset. A company without an answer in a domain has the offset centre − s there, s
// its overall score, so that over all companies
//
//	Σ (s − centre) + Σ offsets = Σ over those with an answer (s_d − centre).
//
// Who leaves out a domain is measured thereby, and nothing is believed of it. With a share
// z of them and the overall mean m, the mean of the offsets over all companies is
//
//	(1−z)·δ − z·(m − centre),  δ the domain mean less the overall mean.
//
// Where a small plan marks domains, companies count for the overall score with the part of the
// domains that they have answered. With a share z̄ of the domains that they leave out on average
// the same holds with z − z̄ in the place of z in the second term.
func (s *setting) domains(overall levels) levels {
	n, count := s.Shape.Cohorts(), len(s.Shape.Domains)
	l := newLevels(n, count)
	b, lost := s.settledOffsets(overall)
	for g := range n {
		for i := range count {
			if count == 1 {
				l.value[g][i], l.variance[g][i], l.wide[g][i] = overall.value[g][0], overall.variance[g][0], overall.wide[g][0]
				l.prior[g][i], l.informed[g][i], l.tail[g][i] = overall.prior[g][0], overall.informed[g][0], overall.tail[g][0]
				continue
			}
			offset, variance, prior := b.mean[g][i], s.fewer(i)*(b.variance[g][i]+lost.of(g, i)), b.prior[g]+s.skipEffect(i)
			informed := removed(variance, prior)
			l.value[g][i] = overall.value[g][0] + offset
			bias := s.domainBias(g, i, offset, l.value[g][i], s.hidden(g, b, i))
			// The overall mean counts for those without an answer, too.
			scale := square(1 + (s.rates.empty[i].value-s.rates.absent.value)/s.rates.present[i]*informed)
			// How companies count for the overall score that leave out a domain moves the offsets by as much.
			doubted := scale * s.absentDoubt(g, math.Abs(overall.value[g][0]-s.Design.Public.Center)+centerSlack*s.unit)
			l.variance[g][i] = scale*overall.variance[g][0] - doubted + variance + bias
			l.common[g][i] = (scale-1)*overall.variance[g][0] - doubted + bias
			wide := widened(variance, informed)
			if g > 0 {
				wide = widenedSegment(variance, b.variance[0][i], b.prior[g]-b.prior[0])
			}
			l.wide[g][i] = scale*overall.wide[g][0] - doubted + wide + bias
			l.prior[g][i] = overall.prior[g][0] + prior
			if s.told(model.Overall, 0) && s.told(model.Offsets, i) && s.fewest(i) >= leastCounted {
				if g == 0 && s.SpreadUnknown {
					// Where domains turn out to be alike, an offset near 0 is what was measured, too.
					informed = removed(variance, b.before[0]+s.skipEffect(i))
				}
				l.informed[g][i] = min(removed(l.variance[g][i], l.prior[g][i]), informed)
			}
		}
	}
	return l
}

// fewest is how few companies may have answered in a domain for what the noise of their
// count permits, as a share of those that it says. Where hardly more are missing than noise
// makes of none, all are taken to be there. Plans for small panels that do not mark domains do not count the answers
// of one: their doubt is no noise.
func (s *setting) fewest(i int) float64 {
	present, empty := s.rates.present[i], s.rates.empty[i]
	if empty.sd == 0 || s.SpreadUnknown && !s.marked() {
		return 1
	}
	fewer := fewerAnswers * empty.sd * empty.value / (empty.value + empty.sd)
	return max(1-fewer/present, 0.5)
}

// fewer is by how much the variance of a domain mean grows if as few companies answered.
// Fewer answers than counted make a mean both wrong and noisier than it looks, and of such
// means those would be published that look best: near the limit of what is published, the
// number of answers decides. That is known well enough where as few answers are at least
// leastCounted of those counted.
func (s *setting) fewer(i int) float64 { return 1 / square(s.fewest(i)) }

// domainBias is what may be wrong with a domain mean beside the noise: an error of the
// number of companies and of what clipping keeps, in proportion to the offset; one of the
// number of those without an answer, in proportion to the distance from the centre; and
// what shrinkage hides of the difference of those.
func (s *setting) domainBias(g, i int, offset, value, hidden float64) float64 {
	r := s.rates
	clipped, empty := r.clipped[model.OffsetsTier], r.empty[i]
	scale := square(s.sizes.relative[g]) + square(clipped.sd/r.kept[model.OffsetsTier])
	distance := math.Abs(value-s.Design.Public.Center) + centerSlack*s.unit
	rate := square(empty.sd) + s.apart(g, empty)
	bias := square(offset)*scale + s.fewer(i)*rate*square(distance/r.present[i])
	unlike := square(unlikeSkippers*empty.value) + empty.value/r.present[i]/s.sizes.divisor(g)
	return bias + square(hidden)*unlike*s.Design.Center.ScoreVariance
}

// hidden is the share of a coordinate's prior variance that is left, in a segment of that
// of its distance from all if more of it is.
func (s *setting) hidden(g int, b belief, i int) float64 {
	left := 1 - removed(b.variance[g][i], b.prior[g])
	if g > 0 {
		left = max(left, 1-removed(max(b.variance[g][i]-b.variance[0][i], 0), b.prior[g]-b.prior[0]))
	}
	return left
}

// skipEffect is the prior variance of what the companies without an answer in a domain
// move its mean by: a share z of them, at another level.
func (s *setting) skipEffect(d int) float64 {
	return square(unlikeSkippers*s.rates.empty[d].value/s.rates.present[d]) * s.Design.Center.ScoreVariance
}

// settledOffsets are the offsets when what the public model expects clipping to take of them
// is that where the domains are, which is only known afterwards: by repetition.
func (s *setting) settledOffsets(overall levels) (belief, rest) {
	b, lost := s.offsets(overall)
	if len(s.Shape.Domains) == 1 || s.flat || s.SpreadUnknown && !s.told(model.OffsetsTier.Clipped(), 0) {
		return b, lost
	}
	for range apartRounds {
		of := s.offsetsApart(b.mean[0], overall.value[0][0]-s.Design.Public.Center)
		s.clippedApart(of)
		s.shiftApart = of.shift
		if s.SpreadUnknown && of.companies > 0 {
			// Nothing reads what clipping takes of a domain: as much as it takes of all.
			taken := min(s.rates.clipped[model.OffsetsTier].value/of.companies, 1)
			for i := range s.shiftApart {
				s.shiftApart[i] *= taken
			}
			s.explained = taken * max(of.companies-s.Design.Clipped[model.OffsetsTier], 0)
		}
		b, lost = s.offsets(overall)
	}
	return b, lost
}

// offsets is the posterior of domain mean less overall mean, and what clipping does to it,
// in units of it.
func (s *setting) offsets(overall levels) (belief, rest) {
	count := len(s.Shape.Domains)
	if count == 1 {
		return belief{}, rest{}
	}
	prior := s.Design.Prior[model.Offsets]
	prior.Within *= withinFactor
	kept, center, free := s.rates.kept[model.OffsetsTier], s.Design.Public.Center, float64(count-1)/float64(count)
	lost := s.restOf(model.Offsets, upTo(count), s.shiftApart, free)
	data, along := s.Measured[model.Offsets], []rate(nil)
	if s.SpreadUnknown && s.told(model.Offsets, 0) {
		data, along = s.splitOffsets()
	}
	data = s.moved(data, func(g, i int) float64 {
		return kept * (lost.shift[i] + (s.rates.empty[i].value-s.rates.absent.value)*(overall.value[g][0]-center))
	})
	factor := make([]float64, count)
	for i, present := range s.rates.present {
		factor[i] = kept * present
	}
	b := s.posterior(request{data: data, factor: factor, prior: prior, level: medianRight, group: farRight, freed: free})
	if len(data.SD) > 0 && measured(data.SD[0][0]) && !s.flat {
		s.unlike(b, data.Y[0], data.SD[0], factor)
	}
	for i, present := range s.rates.present {
		lost.variance[i] /= square(present)
	}
	for g := range b.mean {
		if along == nil {
			s.centerOffsets(b.mean[g], b.variance[g], overall.value[g][0]-center)
		}
		for i, sum := range along {
			b.mean[g][i] += sum.value / factor[i]
			b.variance[g][i] += square(sum.sd / factor[i])
		}
	}
	return b, lost
}

// unlike widens the prior of the offsets of all by the effect of skipping, domain by
// domain, and moves the other cohorts along.
func (s *setting) unlike(b belief, total, noise, factor []float64) {
	n := s.sizes.divisor(0)
	for i, f := range factor {
		effect := s.skipEffect(i)
		if effect == 0 {
			continue
		}
		reading, variance := total[i]/(n*f), square(noise[i]/(n*f))
		gain := clamp(b.variance[0][i]/variance, 1e-3, 0.999)
		prior := variance*gain/(1-gain) + effect
		wider := prior / (prior + variance)
		move := (wider - gain) / (1 - gain) * (reading - b.mean[0][i])
		more := max(variance*wider-b.variance[0][i], 0)
		for g := range b.mean {
			b.mean[g][i] += move
			b.variance[g][i] += more
		}
	}
}

// centerOffsets uses that the offsets of a company, weighted by its answers, have the sum zero.
// So have all together, weighted by the answers on average, but for the companies whose answers are
// more where they are better: with a_d answers in domain d and an offset o_d,
//
//	Σ E(a_d)·E(o_d) = −Σ Cov(a_d, o_d).
//
// That is doubted in proportion to what is left out, see unlikeAnswers. deviation is the overall mean less
// the centre.
func (s *setting) centerOffsets(mean, variance []float64, deviation float64) {
	weights, answered, total := make([]float64, len(mean)), make([]float64, len(mean)), 0.0
	for i, questions := range s.Shape.Sizes() {
		answered[i] = max(s.rates.present[i]-s.rates.unusable[i].value, leastRate)
		weights[i] = float64(s.Shape.DomainWeight(i)*questions) * answered[i]
		total += weights[i]
	}
	var sum, noise, scale, empty, left float64
	for i, w := range weights {
		w /= total
		present, z := s.rates.present[i], s.rates.empty[i].value
		sum += w * (present*mean[i] - z*deviation)
		noise += square(w*present) * variance[i]
		scale += w * present
		empty += w * z
		left += w * s.rates.unusable[i].value / answered[i]
	}
	doubt := square(empty)*s.Design.Center.ScoreVariance + square(unlikeAnswers*left)*s.Design.Public.Variance[model.Offsets]
	subtractPart(mean, sum/scale, noise, doubt)
}

// subtractPart subtracts of a sum that ought to be zero, give or take a doubt, what is
// due to noise.
func subtractPart(mean []float64, sum, noise, doubt float64) {
	if !(noise+doubt > 0) {
		return
	}
	for i := range mean {
		mean[i] -= noise / (noise + doubt) * sum
	}
}
