package model

import "math"

// Unit is the length that public spreads are stated in: 1 on a scale of six
// levels, (Levels−1)/5 in general.
func (s Shape) Unit() float64 { return float64(s.Levels-1) / 5 }

// Mid is the middle of the scale, (Levels−1)/2.
func (s Shape) Mid() float64 { return float64(s.Levels-1) / 2 }

// quarters is the spacing of the thresholds in quarters of a level.
func (s Shape) quarters() int {
	if s.Levels > 6 {
		return 2
	}
	return 1
}

// Thresholds are the points, ascending and strictly inside the scale, where
// the distribution functions of the scores are measured: every quarter of a
// level up to six levels, every half above.
func (s Shape) Thresholds() []float64 {
	step := s.quarters()
	t := make([]float64, 4*(s.Levels-1)/step-1)
	for j := range t {
		t[j] = float64(step*(j+1)) / 4
	}
	return t
}

// scoreBin is the number of thresholds below the score of sum steps over answers, which is
// the index of the first threshold that is not below it. It is exact.
func (s Shape) scoreBin(sum, answers int) int {
	num, den := s.Step()
	width := s.quarters() * answers * den
	return max(0, (4*sum*num+width-1)/width-1)
}

// ContrastUnit is the norm of one company's question contrasts when each of
// them has the standard deviation of the public model, about one Unit:
// 11/12 Unit² of spread and 1/12 from rounding to whole levels (Sheppard's
// correction), for the Q−D contrasts that are free within their domains.
func (s Shape) ContrastUnit() float64 {
	free := max(s.Questions()-len(s.Domains), 1)
	return math.Sqrt(float64(free) * (11*s.Unit()*s.Unit() + 1) / 12)
}

// PilotEdges are the inner edges, ascending, of the pilot's histogram of
// ln(contrast norm/ContrastUnit): −1 to 0.8 in steps of 0.15. The first and
// the last bin are open, so there is one bin more than there are edges.
func (s Shape) PilotEdges() []float64 {
	edges := make([]float64, edgeCount)
	for i := range edges {
		edges[i] = float64(edgeStep*i+edgeLow) / 100
	}
	return edges
}

// DomainOf is the number of the domain of each question.
func (s Shape) DomainOf() []int {
	of := make([]int, 0, s.Questions())
	for d, n := range s.Domains {
		for range n {
			of = append(of, d)
		}
	}
	return of
}

// RowGroups is the number of groups of measured rows that share their noise:
// all, and one an attribute. An attribute with a single value has no row.
func (s Shape) RowGroups() int { return 1 + len(s.Attributes) }

// RowGroup is the row group of every measured row: 0 for all, then the
// attributes from 1.
func (s Shape) RowGroup() []int {
	of := []int{0}
	for j, k := range s.Attributes {
		for range k - 1 {
			of = append(of, j+1)
		}
	}
	return of
}

// RowShare is the squared norm of what one company adds to the rows of a row
// group per unit of a feature: 1 for all, 1 − 1/K for an attribute of K values.
func (s Shape) RowShare(group int) float64 {
	if group == 0 {
		return 1
	}
	return 1 - 1/float64(s.Attributes[group-1])
}
