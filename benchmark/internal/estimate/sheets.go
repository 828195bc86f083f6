package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// Sheets is what became of the answer sheets of all companies, from noisy totals alone:
// nothing is believed of it.
type Sheets struct {
	// ScaledDown is how far the bound scales the answer sheets down, on average: the mean
	// of 1 − f, f the factor of what is scaled down first.
	ScaledDown Number
	// LeftOut is the share of the answers that were not given.
	LeftOut Number
}

// sheets has no Information where nothing was measured. Plans for small panels measure both
// in one number, which tells neither.
func (s *setting) sheets() Sheets {
	if s.SpreadUnknown {
		return Sheets{}
	}
	out := Sheets{ScaledDown: s.shareOfAll(s.missing(model.TailTier.Clipped(), 0))}
	var left, noise float64
	for d, questions := range s.Shape.Domains {
		share := float64(questions) / float64(s.Shape.Questions())
		for _, b := range []model.Block{model.Empty, model.Unusable} {
			count, variance := s.missing(b, d)
			left, noise = left+share*count, noise+square(share)*variance
		}
	}
	out.LeftOut = s.shareOfAll(left, noise)
	return out
}

// shareOfAll is a noisy count as a share of all companies, of which the number is noisy, too.
func (s *setting) shareOfAll(count, noise float64) Number {
	if math.IsInf(noise, 1) {
		return Number{}
	}
	n := s.sizes.divisor(0)
	share := clamp(count/n, 0, 1)
	variance := noise/square(n) + square(share*s.sizes.relative[0])
	out := s.number(share, variance, variance, 0, 1)
	out.Information = 1
	return out
}
