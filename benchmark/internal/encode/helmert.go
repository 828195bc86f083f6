package encode

import "math"

// contrast is one row of the Helmert contrasts of an attribute: the first
// rank values weigh 1, the next one −rank, the others 0. The rows of an
// attribute with K values are orthogonal to each other and to the sum, so
// that the sum and the K−1 contrasts together determine the K values, and a
// company contributes squared norm 1 − 1/K instead of 1 (the residual basis
// of Xiao, He, Zhang and Kifer, ResidualPlanner, NeurIPS 2023).
type contrast struct{ rank int }

// weight is the row's integer weight of value v, from 0.
func (c contrast) weight(v int) int64 {
	switch {
	case v < c.rank:
		return 1
	case v == c.rank:
		return -int64(c.rank)
	}
	return 0
}

// norm is the Euclidean norm of the weights.
func (c contrast) norm() float64 { return math.Sqrt(float64(c.rank * (c.rank + 1))) }

// row is one measured combination of cohort totals: all companies (group 0),
// or a contrast of attribute group−1.
type row struct {
	group    int
	contrast contrast
}

// rows lists all, then the contrasts of every attribute.
func rowsOf(attributes []int) []row {
	rows := []row{{}}
	for j, values := range attributes {
		for rank := 1; rank < values; rank++ {
			rows = append(rows, row{group: j + 1, contrast: contrast{rank}})
		}
	}
	return rows
}

// norm is the Euclidean norm of the row's weights.
func (r row) norm() float64 {
	if r.group == 0 {
		return 1
	}
	return r.contrast.norm()
}

// weightOf is the row's integer weight of a company with these attributes.
func (r row) weightOf(attributes []byte) int64 {
	if r.group == 0 {
		return 1
	}
	return r.weight(int(attributes[r.group-1]))
}

// weight is the row's integer weight of a company with value number value
// (from 1; 0 is "not stated") of the row's attribute.
func (r row) weight(value int) int64 {
	switch {
	case r.group == 0:
		return 1
	case value == 0:
		return 0
	}
	return r.contrast.weight(value - 1)
}
