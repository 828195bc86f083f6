package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// rate is a share of companies with its standard deviation.
type rate struct {
	value, sd float64
	informed  float64 // share of the prior variance that the data removed
}

// rates say how many companies stand behind a sum, measured for all cohorts
// together.
type rates struct {
	clipped  rate      // mean of 1−λ
	excess   float64   // the same as a multiple of the public model's
	kept     float64   // mean of λ, at least leastRate
	keptSD   float64   // uncertainty of the tail's scale, as a share of it
	unusable []rate    // per domain
	empty    []rate    // per domain
	answered []rate    // per question: companies with a usable answer
	present  []float64 // 1 − empty, at least leastRate
	usable   []float64 // answered, at least leastRate
}

// beyond is by how much the public model's loss of the scores' features is
// multiplied: by no more than 1. The model says which companies lose them, those far
// from the centre. A panel that loses several times as much does so for reasons that
// the model does not know, and its loss need not lie there.
func (r rates) beyond() float64 { return min(r.excess, 1) }

func (s *setting) estimateRates() rates {
	var r rates
	lost := s.Design.Lambda
	r.clipped = s.rate(model.Clipped, 0, lost, lost/2+clippedSpread)
	if lost > 0 {
		r.excess = r.clipped.value / lost
	}
	r.kept = max(1-r.clipped.value, leastRate)
	// The tail's sums are λ-weighted: a weighted mean of real companies, whose
	// contrasts may differ from the plain mean's as far as clipped companies do.
	r.keptSD = math.Hypot(r.clipped.sd, clipDifference*r.clipped.value) / r.kept
	for d := range s.Shape.Domains {
		r.unusable = append(r.unusable, s.rate(model.Unusable, d, unusableMean, unusableSpread))
		r.empty = append(r.empty, s.rate(model.Empty, d, emptyMean, emptySpread))
		r.present = append(r.present, max(1-r.empty[d].value, leastRate))
	}
	skips := s.skips(r.unusable, r.kept)
	for q, d := range s.domainOf {
		u := r.unusable[d]
		a := rate{value: clamp(1-u.value-skips[q].value, 0, 1), sd: math.Hypot(u.sd, skips[q].sd), informed: min(u.informed, skips[q].informed)}
		r.answered = append(r.answered, a)
		r.usable = append(r.usable, max(a.value, leastRate))
	}
	return r
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

// rate is the posterior of a share of companies under a normal belief.
func (s *setting) rate(b model.Block, i int, mean, spread float64) rate {
	reading, noise := s.reading(b, i)
	p := shrink(reading, noise, mean, spread)
	p.value = clamp(p.value, 0, 1)
	return p
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
func (s *setting) skips(unusable []rate, kept float64) []rate {
	n := len(s.domainOf)
	readings, noise, believed := make([]float64, n), make([]float64, n), make([]float64, n)
	for q, d := range s.domainOf {
		readings[q], noise[q] = s.reading(model.Skips, q)
		readings[q], noise[q] = readings[q]/kept, noise[q]/kept
		u := clamp(unusable[d].value, unusableMean/2, mostUnusable)
		believed[q] = skipCorrelation * u * (1 - u)
	}
	multiple := skipMultiple(readings, noise, believed)
	out := make([]rate, n)
	for q, d := range s.domainOf {
		if s.Shape.Domains[d] > 1 {
			out[q] = shrink(readings[q], noise[q], 0, math.Sqrt(multiple*believed[q]))
		} else { // the question is the domain
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
	return clamp(1+gain*(excess/expected-1), leastMultiple, mostMultiple)
}

// answersApart is the variance of a cohort's rate of answers to a question around
// that of all: the rate is measured for all, another cohort's is taken to differ by
// sampling and by a spread that is largest where skipping is common.
func (s *setting) answersApart(g, q int) float64 {
	if g == 0 {
		return 0
	}
	r := s.rates.answered[q].value
	mixed := r * (1 - r)
	return mixed/s.sizes.divisor(g) + square(segmentSkips*mixed)
}

// answers is the number of companies of a cohort with a usable answer to a
// question.
func (s *setting) answers(g, q int) Number {
	n, r, apart := s.sizes.count[g], s.rates.answered[q], s.answersApart(g, q)
	size := square(r.value * s.sizes.sd[g])
	plain := square(n)*(square(r.sd)+apart) + size
	wide := square(n)*(widened(square(r.sd), r.informed)+apart) + size
	a := s.number(n*r.value, plain, wide, 0, s.companies(g).High)
	a.Information = removed(plain, square(n)*square(unusableSpread)+s.sizes.prior[g])
	return a
}
