package model

import (
	"fmt"
	"slices"

	"maturitybench/stats"
)

// mostPolynomial bounds the values of the polynomials on levels that are not equally far
// apart: beyond it they are rounded. Those of eleven levels that are have values up to
// 252.
const mostPolynomial = 255

// Polynomials are functions of the level of order 2 and more, in integers: orthogonal to
// one another, to what the levels count and to 1, but for the rounding of large ones.
func (s Shape) Polynomials() [][]int64 {
	if s.Values == nil {
		return stats.GramPolynomials(s.Levels)[2:]
	}
	known := polynomials.get(fmt.Sprint(s.Levels, s.Values), s.polynomials)
	rows := make([][]int64, len(known))
	for i, row := range known {
		rows[i] = slices.Clone(row)
	}
	return rows
}

// polynomials are those of the scales asked about last: every sum over responses begins with
// them, and to compute them in rational numbers takes longer than to add up a small panel.
var polynomials = recent[[][]int64]{most: 64}

func (s Shape) polynomials() [][]int64 {
	points := make([]int64, s.Levels)
	for level := range points {
		points[level] = int64(s.Values[level])
	}
	return stats.PolynomialsOn(points, mostPolynomial)[2:]
}
