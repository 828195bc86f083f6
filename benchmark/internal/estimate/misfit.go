package estimate

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/floats"
)

// misfit are multiples of the prior variance of a block of shapes: those of the panels
// that the public model expects, and those of others. The data choose between them, by up to
// a limit of the logarithm of the odds.
type misfit struct {
	usual, odd []float64
	most       float64
}

// sureOdds is a logarithm of odds beyond which nothing changes and e to which, times other odds, is still a number.
const sureOdds = 100.0

var (
	domainMisfit   = misfit{domainsUsual, domainsOdd, sureOdds}
	questionMisfit = misfit{questionsUsual, questionsOdd, mostOfQuestions}
)

// oddShapes is by how much the shapes of the answers tell, as a logarithm of odds, that the
// panel is unlike the others: by those of the domains and by the questions' own.
func (s *setting) oddShapes(expected expectedShapes, orders int) float64 {
	domains := s.odds(domainMisfit, model.DomainShape, len(s.Shape.Domains)*orders, func(i int) (share, expect float64) {
		d, k := i/orders, i%orders
		if k >= s.scales[d].orders() {
			return s.rates.present[d], 0 // not measured
		}
		return s.rates.present[d], expected.domain[0][d][k] - s.scales[d].center[k]
	})
	questions := s.odds(questionMisfit, model.QuestionShape, len(s.domainOf)*orders, func(i int) (share, expect float64) {
		q, k := i/orders, i%orders
		return s.rates.usable[q], expected.question[0][q][k] - expected.domain[0][s.domainOf[q]][k]
	})
	return domains + questions
}

// odds are those that the readings of all companies of a block give, each told by the share
// of the companies that answered and by what is expected of it.
func (s *setting) odds(m misfit, block model.Block, count int, of func(i int) (share, expect float64)) float64 {
	data, kept, n := s.Measured[block], s.rates.kept[model.TailTier], s.sizes.divisor(0)
	level := s.Design.Prior[block].Level
	usual, odd := make([]float64, len(m.usual)), make([]float64, len(m.odd))
	for i := range count {
		if !s.told(block, i) {
			continue
		}
		share, expect := of(i)
		factor := n * kept * share
		distance, noise := square(data.Y[0][i]/factor-expect), square(data.SD[0][i]/factor)
		for logs, multiples := range map[*[]float64][]float64{&usual: m.usual, &odd: m.odd} {
			for k, a := range multiples {
				v := a*level + noise
				(*logs)[k] -= (distance/v + logPositive(v)) / 2
			}
		}
	}
	mean := func(logs []float64) float64 { return floats.LogSumExp(logs) - math.Log(float64(len(logs))) }
	return clamp(mean(odd)-mean(usual), 0, m.most)
}

// shapesApart is the variance of the questions' own shapes that the shapes of the domains
// tell, where the questions' are not measured. The shape of a domain is the mean of its
// questions': where these go their own ways, the domains differ from what is expected in
// their own ways, too, by a variance that is as many times smaller as a domain has
// questions. What all domains of a scale have in common says nothing of that. What domains differ by in
// panels that the public model expects, too, is not believed, but doubted by intervals. Questions that are a domain
// by themselves may tell of more: see aloneApart.
func (s *setting) shapesApart(expected expectedShapes, orders int) (beyond, doubt float64) {
	data, kept, n := s.Measured[model.DomainShape], s.rates.kept[model.TailTier], s.sizes.divisor(0)
	var squares, noise, times, shapes, free float64
	domains := 0.0
	type shape struct {
		of    *ownScale
		order int
	}
	distance := map[shape][]float64{}
	for d, questions := range s.Shape.Domains {
		if questions == 1 || !s.told(model.DomainShape, d*orders) {
			continue
		}
		domains++
		times += float64(questions)
		factor := n * kept * s.rates.present[d]
		of := s.scales[d]
		for k := range of.orders() {
			i := d*orders + k
			distance[shape{of, k}] = append(distance[shape{of, k}], data.Y[0][i]/factor+of.center[k]-expected.domain[0][d][k])
			noise += square(data.SD[0][i] / factor)
			shapes++
		}
	}
	for d, of := range s.scales { // in the order of the domains
		if slices.Index(s.scales, of) < d {
			continue
		}
		for k := range of.orders() {
			values := distance[shape{of, k}]
			if len(values) == 0 {
				continue
			}
			mean := floats.Sum(values) / float64(len(values))
			for _, v := range values {
				squares += square(v - mean)
			}
			free += float64(len(values) - 1)
		}
	}
	alone := s.aloneApart(expected, orders)
	if free == 0 {
		return alone, 0
	}
	noise /= shapes
	// A mean of so few squares may be as much smaller than what it is the mean of.
	error := math.Sqrt(2 / free)
	apart := squares/free*(1+apartDoubt*error) - noise
	// Noise alone makes as much of it, by its own spread.
	usual := usualApart*s.Design.Prior[model.DomainShape].Level*(1+apartDoubt*error) + noise*(1+apartDoubt)*error
	return max(times/domains*max(apart-usual, 0), alone), times / domains * clamp(apart, 0, usual)
}
