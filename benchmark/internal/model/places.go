package model

import (
	"slices"

	"maturitybench/stats"
)

// Several scales are one here: their levels are places of an axis, the lowest of all scales
// the first one and the highest the last, and a question has those of its own scale. A sheet
// is encoded as if every question had all of them, so that neither the vector nor its bound
// knows of scales; what is believed of answers and read from the sums does.

// PlacesIn are the levels that the questions of a domain have.
func (s Shape) PlacesIn(domain int) []int {
	if s.Places != nil {
		return s.Places[domain]
	}
	all := make([]int, s.Levels)
	for level := range all {
		all[level] = level
	}
	return all
}

// PositionsIn is Positions for the levels of a domain.
func (s Shape) PositionsIn(domain int) []float64 {
	at := s.Positions()
	if s.Places == nil {
		return at
	}
	var own []float64
	for _, level := range s.Places[domain] {
		own = append(own, at[level])
	}
	return own
}

// RoundedIn is Rounded for the levels of a domain, in their order.
func (s Shape) RoundedIn(domain int, sd float64) stats.RoundedNormal {
	if s.Places == nil {
		return s.Rounded(sd)
	}
	return stats.RoundedNormal{Levels: len(s.Places[domain]), SD: sd, At: s.PositionsIn(domain)}
}

// StepIn is the length of the largest step that what the levels of a domain count are whole
// multiples of, num/den levels.
func (s Shape) StepIn(domain int) (num, den int) {
	num, den = s.Step()
	if s.Places == nil {
		return num, den
	}
	divisor := 0
	for _, level := range s.Places[domain] {
		for a, b := divisor, s.Value(level); ; a, b = b, a%b {
			if divisor = a; b == 0 {
				break
			}
		}
	}
	return num * divisor, den
}

// OwnFunctions are the functions of a domain's levels by which its answers are measured: a
// constant and a line of norm 1, and above them the polynomials that the axis has, in the
// combinations that matter on these levels. combined has them, one a row, in terms of
// [Shape.Functions] of order 2 and above; its rows are orthonormal but for the rounding of
// the polynomials. Where all domains have all levels it is nil.
func (s Shape) OwnFunctions(domain int) (functions, combined [][]float64) {
	axis := s.Functions()
	if s.Places == nil {
		return axis, nil
	}
	places := s.Places[domain]
	own := Shape{Levels: len(places)}
	for _, level := range places {
		own.Values = append(own.Values, s.Value(level))
	}
	functions = own.Functions()
	for k, f := range functions[2:] {
		row, values := make([]float64, len(axis)-2), make([]float64, len(places))
		for j, of := range axis[2:] {
			for l, level := range places {
				row[j] += f[l] * of[level]
			}
			for l, level := range places {
				values[l] += row[j] * of[level]
			}
		}
		functions[2+k] = values
		combined = append(combined, row)
	}
	return functions, combined
}

// clonePlaces is a deep copy.
func clonePlaces(places [][]int) [][]int {
	places = slices.Clone(places)
	for d := range places {
		places[d] = slices.Clone(places[d])
	}
	return places
}
