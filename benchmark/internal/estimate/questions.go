package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// questionLevels are the questions' means and the part of them that is the
// question's own: the contrast with its domain.
type questionLevels struct {
	levels
	own      [][]float64 // posterior variance of the contrast
	ownPrior []float64   // its prior variance, per cohort
}

// questions are the means of the answers to each question, over those who
// answered it: the domain mean plus a contrast. A company's contrast is taken
// with its own domain score, so the level of those who answered cancels, and what
// is left of it is in the variance.
func (s *setting) questions(domains levels) questionLevels {
	n, count := s.Shape.Cohorts(), len(s.domainOf)
	b := s.contrasts()
	out := questionLevels{levels: newLevels(n, count), own: b.variance, ownPrior: b.prior}
	for g := range n {
		usual := s.usualDistance(b.mean[g])
		for q, d := range s.domainOf {
			contrast, variance := b.mean[g][q], b.variance[g][q]
			informed := removed(variance, b.prior[g])
			out.informed[g][q] = informed
			out.prior[g][q] = domains.prior[g][d] + b.prior[g]
			if s.Shape.Domains[d] == 1 { // the question is the domain
				informed = 1
				out.informed[g][q] = domains.informed[g][d]
				out.prior[g][q] = domains.prior[g][d]
			} else if domains.informed[g][d] == 0 || !s.told(model.Contrasts, q) {
				out.informed[g][q] = 0
			}
			level := s.levelBias(q) / s.sizes.divisor(g)
			bias := s.contrastBias(g, q, square(contrast)) + level
			out.value[g][q] = domains.value[g][d] + contrast
			out.variance[g][q] = domains.variance[g][d] + variance + s.contrastBias(g, q, usual) + level
			wide := widened(variance, informed)
			if g > 0 {
				wide = widenedSegment(variance, b.variance[0][q], b.prior[g]-b.prior[0])
			}
			out.wide[g][q] = domains.wide[g][d] + unpublished(wide, informed) + bias
		}
	}
	return out
}

// usualDistance is the mean square of a cohort's contrasts. Error takes it in place
// of a question's own square, because Error decides about publication: the square
// of an estimate is as noisy as the estimate, and near the limit those questions
// would be published that the noise happened to pull towards their domain, where
// the questions far out would be wrong the most. (A selection by what is in error
// itself is the winner's curse; see Andrews, Kitagawa & McCloskey, Inference on
// Winners, Quarterly Journal of Economics 139, 2024.) The interval has the
// question's own.
func (s *setting) usualDistance(contrasts []float64) float64 {
	paired := s.pairedQuestions()
	var sum float64
	for _, q := range paired {
		sum += square(contrasts[q])
	}
	return sum / max(float64(len(paired)), 1)
}

// contrastBias is what may be wrong with a contrast beside the noise: what
// divides it, an error in proportion to its distance from the domain, of which the
// square is given, and the difference of clipped companies.
func (s *setting) contrastBias(g, q int, distance float64) float64 {
	if s.Shape.Domains[s.domainOf[q]] == 1 {
		return 0
	}
	within := s.Design.Prior[model.Contrasts].Within
	return distance*s.scaleError(g, q) + square(clipDifference*s.rates.clipped.value)*within
}

// scaleError is the squared relative error of what the total of a question's
// tail feature is divided by: what clipping keeps, the number of companies, and
// the rate of answers, which for a segment is that of all.
func (s *setting) scaleError(g, q int) float64 {
	r := s.rates
	return square(r.keptSD) + square(s.sizes.relative[g]) + (square(r.answered[q].sd)+s.answersApart(g, q))/square(r.usable[q])
}

// levelBias is the variance, for one company, of the level of those who answered
// the question against the level of the domain: skipping is taken to be unrelated
// to the level.
func (s *setting) levelBias(q int) float64 {
	d := s.domainOf[q]
	r := s.rates.usable[q]
	if s.Shape.Domains[d] == 1 {
		return 0 // those who answered the question are those who answered the domain
	}
	within := s.Design.Prior[model.Contrasts].Within
	spread := s.Design.Center.ScoreVariance + within/(r*float64(s.Shape.Domains[d])) + questionsApart*square(s.unit)
	return (1 - r) / r * spread
}

// contrasts is the posterior of question mean less domain mean. Questions that
// are alone in their domain have none.
func (s *setting) contrasts() belief {
	paired := s.pairedQuestions()
	n, count := s.Shape.Cohorts(), len(s.domainOf)
	out := belief{grid(n, count), grid(n, count), make([]float64, n)}
	if len(paired) == 0 {
		return out
	}
	prior := s.Design.Prior[model.Contrasts]
	prior.Within *= withinFactor
	data := choose(s.Measured[model.Contrasts], paired)
	factor := s.tailFactor(paired)
	b := s.posterior(request{
		data: data, factor: factor, prior: prior, level: finelyRight, group: meanRight, freed: s.freeShare(),
	})
	if len(data.SD) > 0 && measured(data.SD[0][0]) {
		s.translate(b, data.Y[0], factor)
	}
	out.prior = b.prior
	for g := range n {
		for i, q := range paired {
			out.mean[g][q], out.variance[g][q] = b.mean[g][i], b.variance[g][i]
		}
		s.centerDomains(out.mean[g])
	}
	return out
}

// translate limits the shrinkage of all's values (see limit) and moves the other
// cohorts with them.
func (s *setting) translate(b belief, total, factor []float64) {
	for i, y := range total {
		reading := y / (s.sizes.divisor(0) * factor[i])
		sd := math.Sqrt(b.variance[0][i])
		move := limit(b.mean[0][i], reading, sd, removed(b.variance[0][i], b.prior[0])) - b.mean[0][i]
		for g := range b.mean {
			b.mean[g][i] += move
		}
	}
}

// pairedQuestions are those with another one in their domain.
func (s *setting) pairedQuestions() []int {
	var out []int
	for q, d := range s.domainOf {
		if s.Shape.Domains[d] > 1 {
			out = append(out, q)
		}
	}
	return out
}

// freeShare is the share of the paired questions whose contrasts are free, one a
// domain following from the others.
func (s *setting) freeShare() float64 {
	var free, all float64
	for _, n := range s.Shape.Domains {
		if n > 1 {
			free += float64(n - 1)
			all += float64(n)
		}
	}
	return free / all
}

// tailFactor is what the tail's features of a question were multiplied by, on
// average over the companies: λ, having answered, and the reach of the contrasts.
func (s *setting) tailFactor(questions []int) []float64 {
	reach := s.reach()
	out := make([]float64, len(questions))
	for i, q := range questions {
		out[i] = s.rates.kept * s.rates.usable[q] * reach[q]
	}
	return out
}

// reach is what a company's contrast is on average, as a share of the question's
// own value c: contrasts are taken with the questions that the company answered,
// and those that are skipped often are rarely among them. The encoding scales a
// contrast of one of m answers to
//
//	(Q−1)/Q · (x_q − mean of the other m−1),  whose mean is (Q−1)/Q · (c_q − Σ_{j≠q} r_j·c_j / Σ_{j≠q} r_j)
//
// where the questions are answered independently with rates r of sum R. The
// values sum to zero over the answers, Σ r·c = 0, so that it is
// (Q−1)/Q · R/(R − r_q) · c_q: c_q itself if all rates are equal.
func (s *setting) reach() []float64 {
	out := make([]float64, 0, len(s.domainOf))
	first := 0
	for _, n := range s.Shape.Domains {
		rates, sum := s.rates.usable[first:first+n], 0.0
		for _, r := range rates {
			sum += r
		}
		for _, r := range rates {
			reach := 1.0
			if n > 1 {
				reach = float64(n-1) / float64(n) * sum / (sum - r)
			}
			out = append(out, reach)
		}
		first += n
	}
	return out
}

// centerDomains makes contrasts sum to zero over the answers of each domain.
func (s *setting) centerDomains(contrast []float64) {
	first := 0
	for _, n := range s.Shape.Domains {
		center(contrast[first:first+n], s.rates.usable[first:first+n])
		first += n
	}
}
