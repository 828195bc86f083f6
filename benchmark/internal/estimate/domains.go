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
			// The offset was divided by the companies with an answer here, and
			// their overall level may differ from everybody's by chance.
			bias := square(offset * (s.sizes.relative[g] + r.empty[i].sd))
			bias += r.empty[i].value / r.present[i] * d / s.sizes.divisor(g)
			l.value[g][i] = overall.value[g][0] + offset
			l.variance[g][i] = overall.variance[g][0] + variance + bias
			l.wide[g][i] = overall.wide[g][0] + widened(variance, informed) + bias
			l.prior[g][i] = overall.prior[g][0] + prior
			l.informed[g][i] = removed(l.variance[g][i], l.prior[g][i])
		}
	}
	return l
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
