package model

import (
	"fmt"
	"slices"
	"sync"

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
	known := polynomialsOn(fmt.Sprint(s.Levels, s.Values), s.polynomials)
	rows := make([][]int64, len(known))
	for i, row := range known {
		rows[i] = slices.Clone(row)
	}
	return rows
}

func (s Shape) polynomials() [][]int64 {
	points := make([]int64, s.Levels)
	for level := range points {
		points[level] = int64(s.Values[level])
	}
	return stats.PolynomialsOn(points, mostPolynomial)[2:]
}

// mostPolynomials bounds the scales whose polynomials a process remembers.
const mostPolynomials = 64

var polynomials = struct {
	sync.Mutex
	known map[string][][]int64
}{known: map[string][][]int64{}}

// polynomialsOn remembers those of a scale: every sum over responses begins with them, and
// to compute them in rational numbers takes longer than to add up a small panel.
func polynomialsOn(scale string, compute func() [][]int64) [][]int64 {
	polynomials.Lock()
	defer polynomials.Unlock()
	rows, known := polynomials.known[scale]
	if !known {
		if len(polynomials.known) >= mostPolynomials {
			clear(polynomials.known)
		}
		rows = compute()
		polynomials.known[scale] = rows
	}
	return rows
}
