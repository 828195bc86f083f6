package estimate

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// The offsets of a company that answered everything sum to zero, weighted by the questions
// of their domains. Where questions are left out they do not: a company that answers more
// where it is strong has a larger overall score than its domains have on average. Plans for
// full panels count what is left out. Those for small panels do not, and measure the sum: it
// is either about zero, as where nothing is left out or by chance, or anything else.
//
// The offsets are the part along the weights, which holds the sum, and the part across them,
// of which the noise is another one: what is known of the sum is no news of the rest.

// alongSum is the direction of the weights, of length 1.
func (s *setting) alongSum() []float64 {
	u, squares := s.Shape.Parts(), 0.0
	for _, w := range u {
		squares += square(w)
	}
	for i := range u {
		u[i] /= math.Sqrt(squares)
	}
	return u
}

// splitOffsets splits the measured totals of the offsets of all companies into those across
// the weights and what every domain has of the part along them, as a mean over the companies. What was measured of the
// values of an attribute is left as it is: whether they leave out answers alike is not known.
func (s *setting) splitOffsets() (across encode.Measured, along []rate) {
	data, u, n := s.Measured[model.Offsets], s.alongSum(), s.sizes.divisor(0)
	sum, length := 0.0, 0.0 // length: of the direction with the domains' shares, which sum to 1
	for i, y := range data.Y[0] {
		sum += u[i] * y
		length += u[i]
	}
	spread := length * s.unit
	both := either(sum/n, data.SD[0][0]/n, rate{sd: sumByChance * spread}, rate{sd: sumUnlike * spread}, sumIsUnlike)
	if s.flat {
		both = rate{sum / n, data.SD[0][0] / n, 1}
	}
	across = encode.Measured{Y: slices.Clone(data.Y), SD: slices.Clone(data.SD), Weights: data.Weights}
	across.Y[0], across.SD[0] = make([]float64, len(u)), make([]float64, len(u))
	for i, y := range data.Y[0] {
		across.Y[0][i] = y - sum*u[i]
		across.SD[0][i] = data.SD[0][i] * math.Sqrt(1-square(u[i]))
		along = append(along, rate{u[i] * both.value, u[i] * both.sd, both.informed})
	}
	return across, along
}
