package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// hardlyTold says whether what was measured of the questions' own shapes, if anything, cannot tell a panel in which
// they are usual from one in which they are odd. So many readings know the variance of the shapes up to an error
// of √(2/readings) of their noise: where odd shapes make less than toldBeyond of these, a belief is all that there is,
// as where nothing was measured.
func (s *setting) hardlyTold() bool {
	orders, data := max(s.Shape.Levels-2, 0), s.Measured[model.QuestionShape]
	var noise, readings float64
	for i := range len(s.domainOf) * orders {
		q := i / orders
		if s.Shape.Domains[s.domainOf[q]] > 1 && s.told(model.QuestionShape, i) {
			noise += square(data.SD[0][i] / (s.sizes.divisor(0) * s.rates.kept[model.TailTier] * s.rates.usable[q]))
			readings++
		}
	}
	return readings == 0 || toldBeyond*noise/readings*math.Sqrt(2/readings) > questionsOdd[0]*s.Design.Prior[model.QuestionShape].Level
}

// aloneApart is the variance of the questions' own shapes that those tell that are a domain by themselves, beyond what
// chance and noise make of usual ones: the shape of such a domain is the question's.
func (s *setting) aloneApart(expected expectedShapes, orders int) float64 {
	data, kept, n := s.Measured[model.DomainShape], s.rates.kept[model.TailTier], s.sizes.divisor(0)
	var squares, noise, shapes float64
	for d, questions := range s.Shape.Domains {
		for k := range s.scales[d].orders() {
			i := d*orders + k
			if questions > 1 || !s.told(model.DomainShape, i) {
				continue
			}
			factor := n * kept * s.rates.present[d]
			squares += square(data.Y[0][i]/factor + s.scales[d].center[k] - expected.domain[0][d][k])
			noise += square(data.SD[0][i] / factor)
			shapes++
		}
	}
	if shapes == 0 {
		return 0
	}
	error := math.Sqrt(2 / shapes)
	usual := s.Design.Prior[model.DomainShape].Level + s.Design.Prior[model.QuestionShape].Level
	chance := usual*(1+apartDoubt*error) + noise/shapes*(1+apartDoubt)*error
	return max((squares-noise)/shapes-chance, 0)
}

// untold is the part of what is possible of the shapes of a domain that is doubted because nothing was read of them, or hardly
// anything where a single question is the domain: the shapes of several average out. What the public model believes
// is then all that there is.
func (s *setting) untold(domain belief, g, d, orders int) float64 {
	left, own := 0.0, s.scales[d].orders()
	if s.Shape.Domains[d] > 1 && s.told(model.DomainShape, d*orders) {
		return 0
	}
	for k := range own {
		left += (1 - removed(domain.variance[g][d*orders+k], domain.prior[g])) / float64(own)
	}
	return math.Pow(left, unmeasuredFades)
}
