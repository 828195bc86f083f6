package estimate

import "maturitybench/benchmark/internal/model"

// domains are the means of the companies' domain scores: the overall mean plus
// an offset. The offsets sum to zero over the answers, as each company's do.
func (s *setting) domains(overall levels) levels {
	n, count := s.Shape.Cohorts(), len(s.Shape.Domains)
	l := newLevels(n, count)
	b := s.offsets()
	d := s.Design.Center.ScoreVariance
	for g := range n {
		for i := range count {
			var offset, variance, prior float64
			if count > 1 {
				offset, variance, prior = b.mean[g][i], b.variance[g][i], b.prior[g]
			}
			informed := removed(variance, prior)
			r := s.rates
			// From the companies with an answer here to all of them.
			moved := offset * r.empty[i].value * s.weightInOverall(i)
			// The offset was divided by the companies with an answer here, and
			// their overall level may differ from everybody's by chance, or
			// because weak companies, or strong ones, leave out the domain.
			bias := square(offset * (s.sizes.relative[g] + r.empty[i].sd))
			bias += r.empty[i].value / r.present[i] * d / s.sizes.divisor(g)
			bias += square(unlikeSkippers*r.empty[i].value) * d
			bias += square(movedDoubt * moved)
			l.value[g][i] = overall.value[g][0] + offset + moved
			l.variance[g][i] = overall.variance[g][0] + variance + bias
			wide := widened(variance, informed)
			if g > 0 && count > 1 {
				wide = widenedSegment(variance, b.variance[0][i], prior-b.prior[0])
			}
			l.wide[g][i] = overall.wide[g][0] + wide + bias
			l.prior[g][i] = overall.prior[g][0] + prior
			known := removed(l.variance[g][i], l.prior[g][i])
			if count > 1 {
				known = min(known, informed) // of the domain's own part
			}
			if s.told(model.Overall, 0) && (count == 1 || s.told(model.Offsets, i)) {
				l.informed[g][i] = known
			}
		}
	}
	return l
}

// weightInOverall is how much a domain's answers count in a company's overall
// score against the others': E(m_d / (M − m_d)), m of M answers in the domain.
//
// The offset is measured over the companies with an answer in the domain, and
// their overall scores contain the domain, those of the others do not. With s₋
// the score over the other domains, a company's overall score is
//
//	s = s₋ + m/M·(s_d − s₋) = s₋ + m/(M−m)·(s_d − s),
//
// so that with a share z of the companies without an answer, skipped at
// random, the overall mean of those with one is above that of all by
// z·E(m/(M−m))·offset.
func (s *setting) weightInOverall(domain int) float64 {
	var here, elsewhere float64
	for d, questions := range s.Shape.Domains {
		answers := float64(questions) * max(1-s.rates.unusable[d].value, leastRate)
		if d == domain {
			here = answers / max(s.rates.present[d], leastRate)
		} else {
			elsewhere += answers
		}
	}
	return ratio(here, elsewhere)
}

// offsets is the posterior of domain mean less overall mean, centred.
func (s *setting) offsets() belief {
	count := len(s.Shape.Domains)
	prior := s.Design.Prior[model.Offsets]
	prior.Within *= withinFactor
	b := s.posterior(request{
		data:   s.Measured[model.Offsets],
		factor: s.rates.present,
		prior:  prior,
		level:  medianRight,
		group:  meanRight,
		freed:  float64(count-1) / float64(count),
	})
	weights := make([]float64, count)
	for i, questions := range s.Shape.Domains {
		weights[i] = float64(questions) * max(1-s.rates.unusable[i].value, leastRate)
	}
	for _, row := range b.mean {
		center(row, weights)
	}
	return b
}

// center subtracts the weighted mean.
func center(x, weights []float64) {
	var sum, total float64
	for i, w := range weights {
		sum += w * x[i]
		total += w
	}
	for i := range x {
		x[i] -= sum / total
	}
}
