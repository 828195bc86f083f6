package estimate

import "math"

// expectedShapes are the public curve's coefficients: of every question, and
// their mean over the domain. Where a scale has fewer than the encoding, the others are 0.
type expectedShapes struct {
	question, domain [][][]float64
}

func (s *setting) expectedShapes(means [][]float64) expectedShapes {
	n, orders := len(means), max(s.Shape.Levels-2, 0)
	margin := math.Min(shapeMargin, s.top/4)
	parts := s.Shape.RelativeWeights()
	e := expectedShapes{make([][][]float64, n), make([][][]float64, n)}
	for g := range n {
		e.domain[g] = grid(len(s.Shape.Domains), orders)
		for q, d := range s.domainOf {
			at := make([]float64, orders)
			copy(at, s.scales[d].curve.at(clamp(means[g][q], margin, s.top-margin)))
			e.question[g] = append(e.question[g], at)
			for k, v := range at {
				e.domain[g][d][k] += parts[q] * v / float64(s.Shape.Domains[d])
			}
		}
	}
	return e
}
