package estimate

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// tails are the shares at each level, or at each level or above, of one question
// and cohort, with the variances of Error and of the intervals.
type tails struct {
	value, plain, wide []float64
	own, prior         float64 // variance after and before the data of what is the question's own, summed
}

// shares fills in the shares and tails of all questions. It returns the tails,
// cohort × question.
func (s *setting) shares(questions questionLevels, out []Cohort) [][]tails {
	s.scales = s.ownScales()
	s.readOwnShapes()
	m := shareModel{setting: s, questions: questions, shapes: s.shapes(questions.value), hardly: s.hardlyTold()}
	all := make([][]tails, len(out))
	for g := range out {
		for q := range out[g].Questions {
			share := m.values(g, q)
			to := &out[g].Questions[q]
			var atLevel, tail tails
			basis := &m.scales[m.domainOf[q]].basis
			steep := alongFace(share, basis.at)
			to.Shares, atLevel = m.numbers(g, q, share, steep, basis.values)
			to.AtLeast, tail = m.numbers(g, q, stats.AtLeast(share), stats.AtLeast(steep), basis.tails)
			informed := removed(atLevel.own+tail.own, atLevel.prior+tail.prior)
			if questions.informed[g][q] == 0 || m.groupApart(g, q) {
				informed = 0
			}
			inform(to.Shares, informed)
			inform(to.AtLeast, informed)
			all[g] = append(all[g], tail)
		}
	}
	return all
}

// shareModel is what the shares are made of.
type shareModel struct {
	*setting
	questions questionLevels
	shapes    shapes
	hardly    bool // what was read of the questions' own shapes tells nothing
}

// values are the nearest shares to the posterior means that have the question's
// mean.
func (m shareModel) values(g, q int) []float64 {
	mean, basis := m.questions.value[g][q], &m.scales[m.domainOf[q]].basis
	return stats.SimplexWithMeanAt(basis.shares(mean-basis.mid, m.shapes.value[g][q]), basis.at, clamp(mean, 0, m.top))
}

// numbers gives shares or tails their errors, rows being the polynomials' values
// or tails. The variance of the mean moves them along the public curve, or as steeply as it does
// where only some levels are given; that of the shape is theirs.
func (m shareModel) numbers(g, q int, values, steep []float64, rows [][]float64) ([]Number, tails) {
	mean, shape := m.questions, m.shapes
	own, ownPrior := mean.own[g][q], mean.ownPrior[g]
	if m.Shape.Domains[m.domainOf[q]] == 1 {
		own, ownPrior = mean.variance[g][q], mean.prior[g][q]
	}
	scale := m.scales[m.domainOf[q]]
	slope := scale.curve.slope(mean.value[g][q])
	numbers, sums := make([]Number, len(values)), tails{value: values}
	for l, value := range values {
		along, across := scale.basis.slope*rows[1][l], 0.0
		for k, v := range slope {
			along += v * rows[k+2][l]
			across += square(rows[k+2][l])
		}
		along = square(max(math.Abs(along), math.Abs(steep[l])))
		sums.own += along*own + across*shape.variance[g][q]
		sums.prior += along*ownPrior + across*shape.prior[g][q]
		bend := across * (shape.variance[g][q] + shape.bias[g][q])
		sums.plain = append(sums.plain, along*mean.variance[g][q]+bend)
		wide := along*mean.wide[g][q] + across*(shape.wide[g][q]+shape.bias[g][q])
		sums.wide = append(sums.wide, max(wide, m.untoldNumber(g, q, l, value, len(values) < len(scale.basis.at))))
		numbers[l] = m.number(value, sums.plain[l], sums.wide[l], 0, 1)
	}
	return numbers, sums
}

// alongFace is how shares move with their mean if those of the levels that nobody is seen at
// stay 0: the shortest step that keeps their sum and moves the mean, which is far larger for two levels
// than for six. At an end of the scale the next level takes part.
func alongFace(shares, at []float64) []float64 {
	seen := make([]bool, len(shares))
	for l, share := range shares {
		seen[l] = share > leastSeen
	}
	if first := slices.Index(seen, true); first >= 0 && !slices.Contains(seen[first+1:], true) {
		if first+1 < len(seen) {
			seen[first+1] = true
		}
		if first > 0 {
			seen[first-1] = true
		}
	}
	var n, mean, squares float64
	for l, x := range at {
		if seen[l] {
			mean, n = mean+x, n+1
		}
	}
	mean /= n
	for l, x := range at {
		if seen[l] {
			squares += square(x - mean)
		}
	}
	step := make([]float64, len(shares))
	for l, x := range at {
		if seen[l] && squares > 0 {
			step[l] = (x - mean) / squares
		}
	}
	return step
}

// inform sets the information of a question's distribution: of the prior variance
// of its shares and tails, summed over all of them, the part that is gone. The
// members are judged together because they are one statement, and because a share
// near which the curve is level does not move with the mean at all. Only what is
// the question's own counts, its contrast and its shape: the level that it shares
// with its domain is known so much better than before the data that a question of
// which nothing was measured would pass for measured, too.
func inform(numbers []Number, informed float64) {
	for l := range numbers {
		numbers[l].Information = informed
	}
}

// shapes are the coefficients of order 2 and above that a question has, cohort × question;
// the variances are averages over the orders.
type shapes struct {
	value    [][][]float64
	variance [][]float64 // posterior
	wide     [][]float64 // that of the intervals
	bias     [][]float64 // of clipping and skipping
	prior    [][]float64
	left     [][]float64 // share of the prior variance of a segment's distance from all that the data left
}

// shapes is the posterior of the shapes around the public curve at the questions'
// means: the mean shape of a domain, and each question's difference from it.
func (s *setting) shapes(means [][]float64) shapes {
	n, count, orders := s.Shape.Cohorts(), len(s.domainOf), max(s.Shape.Levels-2, 0)
	out := shapes{value: make([][][]float64, n), variance: grid(n, count), wide: grid(n, count), bias: grid(n, count), prior: grid(n, count), left: grid(n, count)}
	expected := s.expectedShapes(means)
	if orders == 0 {
		for g := range n {
			out.value[g] = expected.question[g]
		}
		return out
	}
	domain, lostDomain := s.domainShapes(expected, orders)
	s.misshapen = s.oddShapes(expected, orders)
	if s.fitCurves(means[0], orders) {
		expected = s.expectedShapes(means)
		domain, lostDomain = s.domainShapes(expected, orders)
	}
	question, lostQuestion, doubt := s.questionShapes(expected, domain, orders)
	for g := range n {
		unlike := s.unlikeShapes(means[g])
		out.value[g] = grid(count, orders)
		for q, d := range s.domainOf {
			own := s.scales[d].orders()
			out.value[g][q] = out.value[g][q][:own]
			if own == 0 {
				continue
			}
			out.bias[g][q] += s.untold(domain, g, d, orders) * possibleShapes(means[g][q], s.scales[d].basis.at) / float64(own)
			whole := square(s.rates.keptSD) + square(s.sizes.relative[g]) + square(s.rates.empty[d].sd/s.rates.present[d])
			alone := s.scaleError(g, q)
			for k := range own {
				ofDomain, ofQuestion := domain.mean[g][d*orders+k], question.mean[g][q*orders+k]
				out.value[g][q][k] = s.scales[d].center[k] + ofDomain + ofQuestion
				lost := lostDomain.of(g, d*orders+k)/square(s.rates.present[d]) + lostQuestion[g][q*orders+k]
				out.bias[g][q] += (square(ofDomain)*whole + square(ofQuestion)*alone + lost) / float64(own)
				shared, single := domain.variance[g][d*orders+k], question.variance[g][q*orders+k]
				out.variance[g][q] += (shared + single) / float64(own)
				apart := max(shared-domain.variance[0][d*orders+k], 0)
				out.left[g][q] += (1 - removed(apart, domain.prior[g]-domain.prior[0])) / float64(own)
				out.wide[g][q] += (shared + widenedShape(single, question.prior[g]) + doubt) / float64(own)
			}
			out.wide[g][q] += unlike[q] / float64(own)
			out.prior[g][q] = domain.prior[g]
			if s.Shape.Domains[d] > 1 {
				out.prior[g][q] += question.prior[g]
			}
			out.bias[g][q] += shapeOfLevel * s.levelBias(q) / square(s.unit) / s.sizes.divisor(g)
		}
	}
	return out
}

func (s *setting) domainShapes(expected expectedShapes, orders int) (belief, rest) {
	count := len(s.Shape.Domains)
	center, kept := grid(s.Shape.Cohorts(), count*orders), s.rates.kept[model.TailTier]
	factor := make([]float64, count*orders)
	for d := range count {
		for k := range orders {
			i := d*orders + k
			factor[i] = kept * s.rates.present[d]
			for g := range center {
				if k < s.scales[d].orders() {
					center[g][i] = expected.domain[g][d][k] - s.scales[d].center[k]
				}
			}
		}
	}
	s.cov.align(s.parts, center)
	prior := s.Design.Prior[model.DomainShape]
	prior.Within *= withinFactor
	lost := s.restOf(model.DomainShape, upTo(count*orders), nil, 1)
	data := s.moved(s.Measured[model.DomainShape], func(_, i int) float64 { return kept * lost.shift[i] })
	return s.posterior(request{
		data: data, factor: factor, center: center,
		prior: prior, level: meanRight, group: meanRight, freed: 1,
	}), lost
}

// shapesOff is how many times as far the shapes of the domains are from the expected ones
// as believed, in mean squares and at least 1. Where the questions' own shapes are not
// measured, they are taken to be off as many times as far.
func (s *setting) shapesOff(expected expectedShapes, domain belief, orders int) float64 {
	var sum, believed float64
	for d := range s.Shape.Domains {
		for k := range orders {
			if s.told(model.DomainShape, d*orders+k) {
				sum += square(domain.mean[0][d*orders+k] + s.scales[d].center[k] - expected.domain[0][d][k])
				believed += s.Design.Prior[model.DomainShape].Level
			}
		}
	}
	if !(believed > 0) {
		return 1
	}
	return max(1, sum/believed)
}

// questionShapes is the posterior of the questions' differences from their domains, the
// variance of what clipping does to them, and what intervals doubt beyond it.
func (s *setting) questionShapes(expected expectedShapes, domain belief, orders int) (_ belief, _ [][]float64, doubt float64) {
	paired := s.pairedQuestions()
	n, count := s.Shape.Cohorts(), len(s.domainOf)
	out, lost := belief{mean: grid(n, count*orders), variance: grid(n, count*orders), prior: make([]float64, n)}, grid(n, count*orders)
	if len(paired) == 0 {
		return out, lost, 0
	}
	var coordinates []int
	var factor []float64
	center := grid(n, len(paired)*orders)
	for i, f := range s.tailFactor(paired) {
		q := paired[i]
		for k := range orders {
			coordinates = append(coordinates, q*orders+k)
			factor = append(factor, f)
			for g := range n {
				center[g][i*orders+k] = expected.question[g][q][k] - expected.domain[g][s.domainOf[q]][k]
			}
		}
	}
	s.cov.align(s.parts, center)
	prior, level := s.Design.Prior[model.QuestionShape], oddRight
	if s.hardlyTold() {
		beyond, usual := s.shapesApart(expected, orders)
		prior.Level = prior.Level*s.shapesOff(expected, domain, orders) + beyond
		level, doubt = meanRight, usual
	}
	prior.Within *= withinFactor
	kept, r := s.rates.kept[model.TailTier], s.restOf(model.QuestionShape, coordinates, nil, s.freeShare())
	// Who leaves a question out has the centre of the shape less the domain's there.
	data := s.moved(choose(s.Measured[model.QuestionShape], coordinates), func(g, i int) float64 {
		q := paired[i/orders]
		return kept * (r.shift[i] + s.left(q)*domain.mean[g][s.domainOf[q]*orders+i%orders])
	})
	b := s.posterior(request{
		data: data, factor: factor, center: center,
		prior: prior, level: level, group: meanRight, freed: s.freeShare(),
	})
	for g := range n {
		for i, at := range coordinates {
			out.mean[g][at], out.variance[g][at] = b.mean[g][i], b.variance[g][i]
			lost[g][at] = r.of(g, i) / square(s.rates.usable[at/orders])
		}
	}
	out.prior = b.prior
	return out, lost, doubt
}
