package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// asExpected is by how much what the public model expects clipping to take is
// multiplied, when it expects a share of the companies to be clipped: by no more than 1.
// The model says which companies are clipped, those far from the centre. A panel of which
// several times as much is clipped is so for reasons that the model does not know, and
// what it loses need not lie there.
func (r rates) asExpected(companies float64, t model.Tier) float64 {
	if !(companies > 0) {
		return 0
	}
	return min(r.clipped[t].value/companies, 1)
}

func (s *setting) estimateRates() rates {
	var r rates
	for t := range model.Tiers {
		expected := s.Design.Clipped[t]
		r.clipped[t] = s.clippedRate(t, 0)
		r.unlike = max(r.unlike, s.rarely(t.Clipped(), 0, expected, s.clippedSpread(t), expected, clippedRare))
	}
	for d := range s.Shape.Domains {
		u, e := rate{informed: 1}, rate{informed: 1}
		if s.Shape.Domains[d] > 1 && s.Shape.Has(model.Unusable) {
			u = s.rate(model.Unusable, d, unusableMean, unusableSpread, rareSkips, rareSkipsSpread)
		}
		if s.Shape.Has(model.Empty) {
			e = s.rate(model.Empty, d, emptyMean, emptySpread, rareSkips, rareSkipsSpread)
		}
		r.unusable, r.empty = append(r.unusable, u), append(r.empty, e)
	}
	switch {
	case s.marked():
		r.empty = s.markedEmpty()
		r.absent = absentShare(r.empty)
	case s.SpreadUnknown && s.Shape.Has(model.Empty):
		s.partial(&r)
	}
	for t, clipped := range r.clipped {
		r.kept[t] = max(1-clipped.value, leastRate)
	}
	r.keptSD = r.clipped[model.TailTier].sd / r.kept[model.TailTier]
	skips := s.skips(r.unusable)
	for q, d := range s.domainOf {
		u, e := r.unusable[d], r.empty[d]
		if q == 0 || d != s.domainOf[q-1] {
			r.present = append(r.present, max(1-e.value, leastRate))
		}
		a := rate{
			value:    clamp(r.present[d]-u.value-skips[q].value, 0, 1),
			sd:       math.Hypot(math.Hypot(u.sd, e.sd), skips[q].sd),
			informed: min(u.informed, skips[q].informed),
		}
		r.answered = append(r.answered, a)
		r.usable = append(r.usable, max(a.value, leastRate))
	}
	return r
}

// clippedRate is the share that clipping takes of a tier, beyond of which is expected where
// the panel is unlike the public model's: that is doubted as a whole, or in part in small panels, where one
// factor clips the offsets and nothing else.
func (s *setting) clippedRate(t model.Tier, beyond float64) rate {
	expected := s.Design.Clipped[t] + beyond
	if _, noise := s.reading(t.Clipped(), 0); !measured(noise) && expected == 0 {
		return rate{}
	}
	doubt := beyond
	if s.SpreadUnknown {
		doubt *= beyondDoubt
	}
	return s.rate(t.Clipped(), 0, expected, s.clippedSpread(t)+doubt, expected, clippedRare)
}

// clippedSpread is how far that share may usually be from what the public model expects.
func (s *setting) clippedSpread(t model.Tier) float64 {
	switch {
	case t == model.OffsetsTier && s.SpreadUnknown:
		return partialSpread
	case t == model.LevelTier:
		return clippedLevelSpread + s.Design.Clipped[t]/2
	}
	return clippedSpread + s.Design.Clipped[t]/2
}

// marked says whether a plan for small panels counts who leaves out a domain, domain by domain.
// A company then counts for the overall score with the part of the domains that it has answered.
func (s *setting) marked() bool {
	return s.SpreadUnknown && s.Shape.Has(model.Empty) && s.told(model.OffsetsTier.Clipped(), 0)
}

// markedEmpty are the rates of who leaves out a domain where only noisy marks tell. Where few leave out
// the others, few are believed to leave out this one, give or take emptyMean and as many as that; or it is one
// that is routed. The noise of the others is not that of its own mark.
func (s *setting) markedEmpty() []rate {
	out := make([]rate, len(s.Shape.Domains))
	usual, routed := rate{value: emptyMean, sd: emptySpread}, rate{value: rareSkips, sd: rareSkipsSpread}
	for d := range out {
		others, noise, count := 0.0, 0.0, float64(len(out)-1)
		for e := range out {
			if y, sd := s.reading(model.Empty, e); e != d {
				others += y / count
				noise = math.Hypot(noise, sd/count)
			}
		}
		common := either(others, noise, usual, routed, rare)
		common.value = clamp(common.value, 0, 1)
		believed := rate{value: common.value, sd: math.Hypot(common.sd, emptyMean+common.value)}
		y, sd := s.reading(model.Empty, d)
		out[d] = either(y, sd, believed, routed, rare)
		out[d].value = clamp(out[d].value, 0, 1)
	}
	return out
}

// absentShare is the share of the domains that the companies leave out, on average.
func absentShare(empty []rate) rate {
	var all rate
	for _, e := range empty {
		all.value += e.value / float64(len(empty))
		all.sd = math.Hypot(all.sd, e.sd/float64(len(empty)))
	}
	all.value = min(all.value, 1-1/float64(len(empty))) // nobody leaves out all of them
	return all
}

// partial reads the rates of a plan for small panels that does not mark domains. It measures how many companies are
// not there in full: those that leave out a domain, any of them, and what clipping takes
// of the others' offsets. What is beyond the public model's expectation is taken to be
// of either kind, one half of it, give or take as much.
func (s *setting) partial(r *rates) {
	expected := s.Design.Clipped[model.OffsetsTier]
	reading, noise := s.reading(model.Empty, 0)
	all := shrink(reading, noise, expected, partialSpread)
	all.value = clamp(all.value, 0, 1)
	beyond := max(all.value-expected, 0) / 2
	sd := math.Hypot(beyond, all.sd/2)
	for d := range r.empty {
		r.empty[d] = rate{beyond, sd, all.informed}
	}
	// The offsets were given back what the model expects.
	r.clipped[model.OffsetsTier] = rate{sd: math.Hypot(all.value, all.sd)}
}

// reading returns the total of a coordinate that is measured for all only, as a
// mean over the companies, with its noise. Nothing measured is infinite noise.
func (s *setting) reading(b model.Block, i int) (mean, sd float64) {
	m := s.Measured[b]
	if len(m.SD) == 0 || !measured(m.SD[0][i]) {
		return 0, math.Inf(1)
	}
	n := s.sizes.divisor(0)
	return m.Y[0][i] / n, m.SD[0][i] / n
}

// rate is the posterior of a share of companies under a normal belief, which holds but
// for rare panels. Of those there is another belief, and the data say which holds: no
// narrow belief hides a rate that is far from it.
func (s *setting) rate(b model.Block, i int, mean, spread, rareMean, rareSpread float64) rate {
	reading, noise := s.reading(b, i)
	p := either(reading, noise, rate{value: mean, sd: spread}, rate{value: rareMean, sd: rareSpread}, rare)
	p.value = clamp(p.value, 0, 1)
	return p
}

// rarely is the probability that a panel is one of the rare ones.
func (s *setting) rarely(b model.Block, i int, mean, spread, rareMean, rareSpread float64) float64 {
	reading, noise := s.reading(b, i)
	if !measured(noise) {
		return 0
	}
	return other(reading, noise, rate{value: mean, sd: spread}, rate{value: rareMean, sd: rareSpread}, rare)
}

// either is the posterior of a mean under one of two normal beliefs, a that holds usually
// and b that holds with a probability before the data.
func either(reading, noise float64, a, b rate, probability float64) rate {
	p := shrink(reading, noise, a.value, a.sd)
	if !measured(noise) {
		return p
	}
	q, w := shrink(reading, noise, b.value, b.sd), other(reading, noise, a, b, probability)
	value := (1-w)*p.value + w*q.value
	variance := (1-w)*(square(p.sd)+square(p.value-value)) + w*(square(q.sd)+square(q.value-value))
	return rate{value, math.Sqrt(variance), (1-w)*p.informed + w*q.informed}
}

// other is the probability of belief b of [either] after the data.
func other(reading, noise float64, a, b rate, probability float64) float64 {
	log := func(r rate) float64 {
		v := square(r.sd) + square(noise)
		return -square(reading-r.value)/v/2 - math.Log(v)/2
	}
	return 1 / (1 + (1-probability)/probability*math.Exp(log(a)-log(b)))
}

// shrink is the posterior of a normal mean, translated by limited shrinkage.
func shrink(reading, noise, mean, spread float64) rate {
	if !measured(noise) {
		return rate{value: mean, sd: spread}
	}
	gain := square(spread) / (square(spread) + square(noise))
	sd := math.Sqrt(gain) * noise
	return rate{limit(mean+gain*(reading-mean), reading, sd, gain), sd, gain}
}

// limit is limited translation (Efron & Morris, Limiting the Risk of Bayes and
// Empirical Bayes Estimators, part II, JASA 67, 1972): where the data removed
// more than half of the prior variance, the posterior mean stays within one
// posterior standard deviation of the unbiased reading. The prior then cannot
// hide a value that is far from what it expects.
func limit(posterior, reading, sd, informed float64) float64 {
	if informed <= informedEnough {
		return posterior
	}
	return reading + clamp(posterior-reading, -sd, sd)
}

// skips is by how much more often a question is skipped than its domain. Skips
// differ most where skipping is common: believed is the variance u(1−u)·c of
// rates with mean u and correlation c, times a multiple that the data correct.
func (s *setting) skips(unusable []rate) []rate {
	n := len(s.domainOf)
	readings, noise, believed := make([]float64, n), make([]float64, n), make([]float64, n)
	for q, d := range s.domainOf {
		readings[q], noise[q] = s.reading(model.Skips, q)
		u := clamp(unusable[d].value, unusableMean/2, mostUnusable)
		believed[q] = skipCorrelation * u * (1 - u)
	}
	multiple := skipMultiple(readings, noise, believed)
	out := make([]rate, n)
	for q, d := range s.domainOf {
		if s.Shape.Domains[d] > 1 && s.Shape.Has(model.Skips) {
			out[q] = shrink(readings[q], noise[q], 0, math.Sqrt(multiple*believed[q]))
		} else { // the question is the domain, or everything is answered
			out[q].informed = 1
		}
	}
	return out
}

// skipMultiple compares the spread of the readings with the believed one: the mean
// square less the noise's, whose own variance is 2·E(v+noise²)²/n, combined with
// the belief that the multiple is 1 ± skipDoubt. Unlike plain empirical Bayes by
// moments it does not jump to zero when the noise happens to be small.
func skipMultiple(readings, noise, believed []float64) float64 {
	var excess, doubt, expected float64
	for q, sd := range noise {
		if measured(sd) {
			excess += square(readings[q]) - square(sd)
			expected += believed[q]
			doubt += 2 * square(believed[q]+square(sd))
		}
	}
	if expected == 0 {
		return 1
	}
	gain := 1 / (1 + doubt/square(skipDoubt*expected))
	return max(1+gain*(excess/expected-1), leastMultiple)
}

// apart is the variance of a cohort's rate around that of all: the rates are measured
// for all, another cohort's is taken to differ by sampling and by a spread that is
// largest where skipping is common.
func (s *setting) apart(g int, r rate) float64 {
	if g == 0 {
		return 0
	}
	mixed := r.value * (1 - r.value)
	return mixed/s.sizes.divisor(g) + square(segmentSkips*mixed)
}

// left is the share of the companies that leave a question out, though they answered
// another one of its domain.
func (s *setting) left(q int) float64 {
	return max(s.rates.present[s.domainOf[q]]-s.rates.usable[q], 0)
}
