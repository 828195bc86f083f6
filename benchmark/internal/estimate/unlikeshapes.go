package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"
)

// unlikeShapes is what intervals doubt of the shapes of a cohort's questions that lie
// further from their domain than questions do, by question and summed over the orders. Where the questions' own
// shapes are not measured, that of a question is its domain's, moved along the public curve. Nothing
// vouches for that of a question that is not like the others of its domain: its answers may be anything from all at
// its mean to all at the ends of the scale, evenly. Near an end of the scale the mean leaves little between.
func (s *setting) unlikeShapes(means []float64) []float64 {
	out := make([]float64, len(means))
	spread, first := max(math.Sqrt(s.Design.Prior[model.Contrasts].Level), 1e-9), 0
	weights := s.Shape.RelativeWeights()
	told := !s.hardlyTold()
	for d, count := range s.Shape.Domains {
		own := means[first : first+count]
		middle := dot(own, weights[first:first+count]) / float64(count)
		for i, m := range own {
			q := first + i
			if count == 1 || told {
				continue
			}
			far := clamp(math.Abs(m-middle)/spread-unlikeDomain, 0, 1)
			out[q] = far * possibleShapes(m, s.scales[d].basis.at)
		}
		first += count
	}
	return out
}

// possibleShapes is the variance of shares with a mean, summed over the levels, that lie evenly between
// those of answers at the ends of the scale and those of answers at the levels next to the mean.
func possibleShapes(mean float64, at []float64) float64 {
	last := len(at) - 1
	mean = clamp(mean, at[0], at[last])
	high := 1
	for high < last && at[high] < mean {
		high++
	}
	apart := make([]float64, len(at))
	top, near := (mean-at[0])/(at[last]-at[0]), (mean-at[high-1])/(at[high]-at[high-1])
	apart[0], apart[last] = 1-top, top
	apart[high-1] -= 1 - near
	apart[high] -= near
	return dot(apart, apart) / 12 // of an even distribution
}
