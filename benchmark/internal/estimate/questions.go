package estimate

import (
	"math"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/floats"
)

// questionLevels are the questions' means and the part of them that is the
// question's own: the contrast with its domain.
type questionLevels struct {
	levels
	own      [][]float64 // posterior variance of the contrast
	ownPrior []float64   // its prior variance, per cohort
}

// questions are the means of the answers to each question, over those who
// answered it: the domain mean plus a contrast. A company that leaves the question out but
// answers others of its domain has the contrast centre − s_d, s_d its domain score, so
// that over all companies with an answer in the domain
//
//	Σ (s_d − centre) + Σ contrasts = Σ over those with an answer to the question (x − centre).
//
// With a share r of the companies that answer the question and a share l that leave it
// out so, the mean of the contrasts over all companies is r·(question mean − domain mean)
// − l·(domain mean − centre).
func (s *setting) questions(domains levels) questionLevels {
	n, count := s.Shape.Cohorts(), len(s.domainOf)
	b, lost := s.contrasts(domains)
	out := questionLevels{levels: newLevels(n, count), own: b.variance, ownPrior: b.prior}
	for g := range n {
		for q, d := range s.domainOf {
			out.value[g][q] = domains.value[g][d] + b.mean[g][q]
		}
		usual, apart := s.usualDistances(out.value[g], b.mean[g])
		for q, d := range s.domainOf {
			if s.Shape.Domains[d] == 1 { // the question is the domain
				out.variance[g][q], out.wide[g][q] = domains.variance[g][d], domains.wide[g][d]
				out.prior[g][q], out.informed[g][q] = domains.prior[g][d], domains.informed[g][d]
				continue
			}
			variance := b.variance[g][q] * s.fewerInSegment(g, q)
			informed := removed(variance, b.prior[g])
			out.prior[g][q] = domains.prior[g][d] + b.prior[g]
			if domains.informed[g][d] > 0 && s.told(model.Contrasts, q) {
				out.informed[g][q] = informed
			}
			left := s.left(q) / s.rates.usable[q]
			scale := square(1 + left*informed) // the domain mean counts for those who leave it out, too
			hidden := square(s.hidden(g, b, q)) * (square(left)*s.Design.Center.ScoreVariance + s.levelBias(q)/s.sizes.divisor(g))
			tail, rate := s.tailError(g), s.rateError(g, q)
			bias := hidden + lost[g][q] + square(s.rates.keptSD*left*(domains.value[g][d]-s.Design.LevelCenter))
			out.variance[g][q] = scale*domains.variance[g][d] + variance + bias + apart*tail + usual*rate
			wide := widenedApart(variance, informed, b.mean[g][q])
			if g > 0 {
				wide = widenedSegment(variance, b.variance[0][q], b.prior[g]-b.prior[0])
			}
			distance := square(math.Abs(out.value[g][q]-s.Design.LevelCenter) + centerSlack*s.unit)
			out.wide[g][q] = scale*domains.wide[g][d] + wide + bias + square(b.mean[g][q])*tail + distance*rate + b.doubt[q]
		}
	}
	return out
}

// usualDistances are the mean squares of a cohort's distances of questions from the
// centre and from their domains. Error takes them in place
// of a question's own squares, because Error decides about publication: the square
// of an estimate is as noisy as the estimate, and near the limit those questions
// would be published that the noise happened to pull towards their domain, where
// the questions far out would be wrong the most. (A selection by what is in error
// itself is the winner's curse; see Andrews, Kitagawa & McCloskey, Inference on
// Winners, Quarterly Journal of Economics 139, 2024.) The interval has the
// question's own.
func (s *setting) usualDistances(values, contrasts []float64) (center, domain float64) {
	paired := s.pairedQuestions()
	for _, q := range paired {
		center += square(math.Abs(values[q]-s.Design.LevelCenter)+centerSlack*s.unit) / float64(len(paired))
		domain += square(contrasts[q]) / float64(len(paired))
	}
	return center, domain
}

// tailError is the squared relative error of what the tail's totals are divided by but for
// the rate of answers: what clipping keeps and the number of companies.
func (s *setting) tailError(g int) float64 {
	return square(s.rates.keptSD) + square(s.sizes.relative[g])
}

// rateError is the squared relative error of the rate of answers to a question, which for
// a segment is that of all.
func (s *setting) rateError(g, q int) float64 {
	r := s.rates.answered[q]
	sd := math.Sqrt(square(r.sd) + s.apart(g, r))
	return square(sd / max(r.value-sd, r.value/2, leastRate))
}

// fewerInSegment is what the variance of a segment's contrast is multiplied by, because the rate of answers is
// that of all companies: its own is as uncertain as [setting.apart] says, and by a relative error e
// the noise, which is divided by it, has 1 + 3e² times the variance.
func (s *setting) fewerInSegment(g, q int) float64 {
	return 1 + 3*s.apart(g, s.rates.answered[q])/square(s.rates.usable[q])
}

// scaleError is the squared relative error of what the total of a question's
// tail feature is divided by.
func (s *setting) scaleError(g, q int) float64 { return s.tailError(g) + s.rateError(g, q) }

// levelBias is the variance, for one company, of the level of those who answered
// the question against the level of the domain.
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

// contrasts is the posterior of question mean less domain mean, and the variance of what
// clipping does to it, cohort × question. Questions that are alone in their domain have
// none.
func (s *setting) contrasts(domains levels) (belief, [][]float64) {
	n, count := s.Shape.Cohorts(), len(s.domainOf)
	out := belief{mean: grid(n, count), variance: grid(n, count), prior: make([]float64, n), doubt: make([]float64, count)}
	lost := grid(n, count)
	m := s.measuredContrasts(domains)
	if len(m.questions) == 0 {
		return out, lost
	}
	prior := s.Design.Prior[model.Contrasts]
	prior.Within *= withinFactor
	carried := len(s.Earlier) > 0 && !s.flat && m.told(0)
	b := s.posterior(request{
		data: m.data, factor: m.factor, prior: prior, level: finelyRight, group: meanRight, freed: s.freeShare(), with: carried,
	})
	switch {
	case carried:
		s.carry(&b, m, prior)
	case m.told(0):
		s.translate(b, m.data.Y[0], m.factor)
	}
	out.prior = b.prior
	for g := range n {
		for i, q := range m.questions {
			out.mean[g][q], out.variance[g][q] = b.mean[g][i], b.variance[g][i]
			lost[g][q] = m.rest.of(g, i) / square(s.rates.usable[q])
			if b.doubt != nil {
				out.doubt[q] = b.doubt[i]
			}
		}
		s.centerContrasts(out.mean[g], out.variance[g], domains.value[g])
	}
	return out, lost
}

// measuredContrasts are the totals of the contrasts without what skipping and clipping do
// to them, by question that has another one in its domain.
type measuredContrasts struct {
	questions []int
	data      encode.Measured
	factor    []float64 // what a company's feature was multiplied by, on average
	rest      rest      // of clipping
}

// told says whether anything was measured of the i-th question of all companies.
func (m measuredContrasts) told(i int) bool {
	return len(m.data.SD) > 0 && measured(m.data.SD[0][i])
}

func (s *setting) measuredContrasts(domains levels) measuredContrasts {
	m := measuredContrasts{questions: s.pairedQuestions()}
	if len(m.questions) == 0 {
		return m
	}
	kept := s.rates.kept[model.TailTier]
	m.factor = s.tailFactor(m.questions)
	expected, doubt := s.contrastsOfClipped(m.questions)
	m.rest = s.restOf(model.Contrasts, m.questions, expected, s.freeShare())
	floats.AddConst(doubt, m.rest.variance)
	m.data = s.moved(choose(s.Measured[model.Contrasts], m.questions), func(g, i int) float64 {
		q := m.questions[i]
		return kept * (m.rest.shift[i] + s.left(q)*(domains.value[g][s.domainOf[q]]-s.Design.LevelCenter))
	})
	return m
}

// translate limits the shrinkage of all's values (see limit) and moves the other
// cohorts with them.
func (s *setting) translate(b belief, total, factor []float64) {
	for i, y := range total {
		s.translateOne(b, i, y/(s.sizes.divisor(0)*factor[i]))
	}
}

// translateOne is translate for one coordinate and its reading.
func (s *setting) translateOne(b belief, i int, reading float64) {
	sd := math.Sqrt(b.variance[0][i])
	move := limit(b.mean[0][i], reading, sd, removed(b.variance[0][i], b.prior[0])) - b.mean[0][i]
	for g := range b.mean {
		b.mean[g][i] += move
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
// average over the companies: f, and having answered.
func (s *setting) tailFactor(questions []int) []float64 {
	out := make([]float64, len(questions))
	for i, q := range questions {
		out[i] = s.rates.kept[model.TailTier] * s.rates.usable[q]
	}
	return out
}

// centerContrasts uses that a company that answered a whole domain has contrasts with the sum
// zero there: so have all together, up to what comes of skipping.
func (s *setting) centerContrasts(mean, variance, domains []float64) {
	first, weights := 0, s.Shape.RelativeWeights()
	for d, n := range s.Shape.Domains {
		var sum, noise, scale, left float64
		for q := first; q < first+n; q++ {
			r, l := weights[q]*s.rates.usable[q], weights[q]*s.left(q)
			sum += r*mean[q] - l*(domains[d]-s.Design.LevelCenter)
			noise += square(r) * variance[q]
			scale += r
			left += l
		}
		if n > 1 {
			// Those who leave out much may be at another level than the others.
			subtractPart(mean[first:first+n], sum/scale, noise, square(left)*s.Design.Center.ScoreVariance)
		}
		first += n
	}
}
