package model

import (
	"math"
	"sort"

	"maturitybench/stats"
)

// A score is a mean of what answers count. Levels may count other amounts than their
// numbers, in whole steps, and questions more than others. Everything here is stated in
// levels all the same: the highest level counts Levels−1 of them, and a step is Step
// levels long.

// Step is the length of a step of the values, num/den levels in lowest terms: 1 where
// levels count their numbers.
func (s Shape) Step() (num, den int) {
	if s.Values == nil {
		return 1, 1
	}
	num, den = s.Levels-1, s.Values[s.Levels-1]
	for a, b := num, den; ; a, b = b, a%b {
		if b == 0 {
			return num / a, den / a
		}
	}
}

// step is Step as a number.
func (s Shape) step() float64 {
	num, den := s.Step()
	return float64(num) / float64(den)
}

// Value is what a level counts, in steps.
func (s Shape) Value(level int) int {
	if s.Values == nil {
		return level
	}
	return s.Values[level]
}

// Positions are what the levels count, in levels: from 0 to Levels−1.
func (s Shape) Positions() []float64 {
	num, den := s.Step()
	at := make([]float64, s.Levels)
	for level := range at {
		at[level] = float64(s.Value(level)*num) / float64(den)
	}
	return at
}

// Rounded is the distribution of an answer, which is the level that counts what is
// nearest to a normal variable.
func (s Shape) Rounded(sd float64) stats.RoundedNormal {
	r := stats.RoundedNormal{Levels: s.Levels, SD: sd}
	if s.Values != nil {
		r.At = s.Positions()
	}
	return r
}

// Functions are the functions of the level by which answers are measured, each of norm 1:
// [stats.OrthonormalPolynomials], or those on what the levels count.
func (s Shape) Functions() [][]float64 {
	if s.Values == nil {
		return stats.OrthonormalPolynomials(s.Levels)
	}
	one, line := make([]float64, s.Levels), s.Positions()
	mean := average(line)
	for level := range line {
		one[level] = 1
		line[level] -= mean
	}
	rows := [][]float64{one, line}
	for _, p := range s.Polynomials() {
		row := make([]float64, len(p))
		for level, v := range p {
			row[level] = float64(v)
		}
		rows = append(rows, row)
	}
	for _, row := range rows {
		square := 0.0
		for _, v := range row {
			square += v * v
		}
		for level := range row {
			row[level] /= math.Sqrt(square)
		}
	}
	return rows
}

// Weighted says whether some answers count more than others.
func (s Shape) Weighted() bool { return s.Weights != nil || s.DomainWeights != nil }

// Weight is how often a question counts in the score of its domain.
func (s Shape) Weight(question int) int {
	if s.Weights == nil {
		return 1
	}
	return s.Weights[question]
}

// DomainWeight is how often the questions of a domain count in the overall score, each
// times its own weight.
func (s Shape) DomainWeight(domain int) int {
	if s.DomainWeights == nil {
		return 1
	}
	return s.DomainWeights[domain]
}

// Sizes are the weights of the domains' questions, added up.
func (s Shape) Sizes() []int {
	sizes := append([]int(nil), s.Domains...)
	if s.Weights == nil {
		return sizes
	}
	clear(sizes)
	for q, d := range s.DomainOf() {
		sizes[d] += s.Weights[q]
	}
	return sizes
}

// Size is the weight of all questions in the overall score.
func (s Shape) Size() int {
	total := 0
	for d, size := range s.Sizes() {
		total += s.DomainWeight(d) * size
	}
	return total
}

// RelativeWeights are the weights of the questions over the mean of those of their
// domain: 1 where there are none.
func (s Shape) RelativeWeights() []float64 {
	weights, sizes := make([]float64, s.Questions()), s.Sizes()
	for q, d := range s.DomainOf() {
		weights[q] = float64(s.Weight(q)*s.Domains[d]) / float64(sizes[d])
	}
	return weights
}

// Parts are the domains' shares of the overall score, where everything is answered.
func (s Shape) Parts() []float64 {
	total := float64(s.Size())
	var parts []float64
	for d, size := range s.Sizes() {
		parts = append(parts, float64(s.DomainWeight(d)*size)/total)
	}
	return parts
}

// cuts are the points between what the levels of a domain count, to round to the nearest;
// nil for whole levels.
func (s Shape) cuts(domain int) []float64 {
	if s.Values == nil && s.Places == nil {
		return nil
	}
	at := s.PositionsIn(domain)
	cuts := make([]float64, len(at)-1)
	for l := range cuts {
		cuts[l] = (at[l] + at[l+1]) / 2
	}
	return cuts
}

// nearest is the level that counts what is nearest, given cuts.
func nearest(cuts []float64, x float64) int {
	return sort.Search(len(cuts), func(l int) bool { return cuts[l] > x })
}
