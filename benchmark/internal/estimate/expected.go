package estimate

import "math"

// expectedShapes are the public curve's coefficients: of every question, and
// their mean over the domain.
type expectedShapes struct {
	question, domain [][][]float64
}

func (s *setting) expectedShapes(c curve, means [][]float64) expectedShapes {
	n, orders := s.Shape.Cohorts(), len(c.orders)
	margin := math.Min(shapeMargin, s.top/4)
	parts := s.Shape.RelativeWeights()
	e := expectedShapes{make([][][]float64, n), make([][][]float64, n)}
	for g := range n {
		e.domain[g] = grid(len(s.Shape.Domains), orders)
		for q, d := range s.domainOf {
			at := c.at(clamp(means[g][q], margin, s.top-margin))
			e.question[g] = append(e.question[g], at)
			for k, v := range at {
				e.domain[g][d][k] += parts[q] * v / float64(s.Shape.Domains[d])
			}
		}
	}
	return e
}
