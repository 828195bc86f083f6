package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// Public beliefs about skipping.
const (
	unusableMean, unusableSpread = 0.05, 0.15 // share of a domain's questions without a usable answer
	emptyMean, emptySpread       = 0.01, 0.05 // share of companies without an answer in a domain
	skipSpread                   = 0.06       // of a question's skips around its domain's, where they are not measured well
	leastRate                    = 0.05       // smallest rate that divides
	clipDifference               = 0.3        // how far the companies that are clipped may differ from the others
)

// rate is a share of companies with its standard deviation.
type rate struct{ value, sd float64 }

// rates say how many companies stand behind a sum, measured for all cohorts
// together.
type rates struct {
	clipped  rate    // mean of 1−λ
	kept     float64 // mean of λ, at least leastRate
	keptSD   float64 // uncertainty of the tail's scale, as a share of it
	unusable []rate  // per domain
	empty    []rate  // per domain
	answered []rate  // per question: companies with a usable answer
	present  []float64
	usable   []float64 // answered, at least leastRate
}

func (s *setting) estimateRates() rates {
	var r rates
	lost := s.Design.Lambda
	r.clipped = s.rate(model.Clipped, 0, rate{lost, lost/2 + 0.03})
	r.kept = max(1-r.clipped.value, leastRate)
	// The tail's sums are λ-weighted: a weighted mean of real companies, whose
	// contrasts may differ from the plain mean's as far as clipped companies do.
	r.keptSD = math.Hypot(r.clipped.sd, clipDifference*r.clipped.value) / r.kept
	for d := range s.Shape.Domains {
		r.unusable = append(r.unusable, s.rate(model.Unusable, d, rate{unusableMean, unusableSpread}))
		r.empty = append(r.empty, s.rate(model.Empty, d, rate{emptyMean, emptySpread}))
		r.present = append(r.present, max(1-r.empty[d].value, leastRate))
	}
	skips := s.skips(r.kept)
	for q, d := range s.domainOf {
		a := rate{clamp(1-r.unusable[d].value-skips[q].value, 0, 1), math.Hypot(r.unusable[d].sd, skips[q].sd)}
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
func (s *setting) rate(b model.Block, i int, believed rate) rate {
	mean, sd := s.reading(b, i)
	p := shrink(mean, sd, believed)
	p.value = clamp(p.value, 0, 1)
	return p
}

// shrink is the posterior of a normal mean, translated by limited shrinkage.
func shrink(reading, noise float64, believed rate) rate {
	if !measured(noise) {
		return believed
	}
	gain := square(believed.sd) / (square(believed.sd) + square(noise))
	p := rate{believed.value + gain*(reading-believed.value), math.Sqrt(gain) * noise}
	p.value = limit(p.value, reading, p.sd, gain)
	return p
}

// limit is limited translation (Efron & Morris, Limiting the Risk of Bayes and
// Empirical Bayes Estimators, part II, JASA 67, 1972): where the data removed
// more than half of the prior variance, the posterior mean stays within one
// posterior standard deviation of the unbiased reading. The prior then cannot
// hide a value that is far from what it expects.
func limit(posterior, reading, sd, informed float64) float64 {
	if informed <= 0.5 {
		return posterior
	}
	return reading + clamp(posterior-reading, -sd, sd)
}

// skips is by how much more often a question is skipped than its domain. The
// spread of these differences is taken from the data by moments where the noise
// leaves something to see (empirical Bayes).
func (s *setting) skips(kept float64) []rate {
	readings, noise := make([]float64, len(s.domainOf)), make([]float64, len(s.domainOf))
	var excess float64
	clear := true
	for q := range s.domainOf {
		readings[q], noise[q] = s.reading(model.Skips, q)
		readings[q], noise[q] = readings[q]/kept, noise[q]/kept
		if clear = clear && noise[q] < 0.2; clear {
			excess += square(readings[q]) - square(noise[q])
		}
	}
	spread := skipSpread
	if clear {
		spread = math.Sqrt(clamp(excess/float64(len(s.domainOf)), square(0.01), square(0.2)))
	}
	out := make([]rate, len(s.domainOf))
	for q := range out {
		out[q] = shrink(readings[q], noise[q], rate{0, spread})
		if s.Shape.Domains[s.domainOf[q]] == 1 {
			out[q] = rate{} // the only question is the domain
		}
	}
	return out
}

// answers is the number of companies of a cohort that answered a question. The
// rate is measured for all; another cohort's is taken to differ by sampling and
// by a spread that is largest where skipping is common.
func (s *setting) answers(g, q int) Number {
	n, r := s.sizes.count[g], s.rates.answered[q]
	variance := square(r.sd)
	if g > 0 {
		mixed := r.value * (1 - r.value)
		variance += mixed/s.sizes.divisor(g) + square(0.4*mixed)
	}
	variance = square(n)*variance + square(r.value*s.sizes.sd[g])
	prior := square(n)*square(unusableSpread) + s.sizes.prior[g]
	a := s.number(n*r.value, variance, variance, 0, math.Inf(1))
	a.High = min(a.High, s.companies(g).High)
	a.Information = removed(variance, prior)
	return a
}
