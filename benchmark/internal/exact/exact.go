package exact

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/stats"

	"gonum.org/v1/gonum/floats"
)

// Cohort are the statistics of answer sheets, a byte a question as in
// [model.Profile.Met]; NaN where nobody answered. Levels count what the shape says they
// do, in levels, and questions as often as it says.
func Cohort(shape model.Shape, sheets [][]byte) draft.Cohort {
	weights, of := make([]float64, shape.Questions()), shape.DomainOf()
	for q := range weights {
		weights[q] = float64(shape.Weight(q) * shape.DomainWeight(of[q]))
	}
	f := draft.Cohort{Companies: draft.Number{Value: float64(len(sheets))}, Overall: score(shape, sheets, weights, 0, shape.Questions())}
	first := 0
	for _, size := range shape.Domains {
		f.Domains = append(f.Domains, score(shape, sheets, weights, first, first+size))
		for q := first; q < first+size; q++ {
			f.Questions = append(f.Questions, question(shape, sheets, q))
		}
		first += size
	}
	for _, domains := range shape.FunctionDomains {
		f.Functions = append(f.Functions, function(shape, f.Domains, domains))
	}
	for _, profile := range shape.Profiles {
		met := 0
		for _, sheet := range sheets {
			if profile.Met(sheet) {
				met++
			}
		}
		f.Profiles = append(f.Profiles, draft.Number{Value: float64(met) / float64(len(sheets))})
	}
	return f
}

// function is the mean of the means of a function's domains, by their parts of the overall
// score.
func function(shape model.Shape, means []draft.Score, domains []int) draft.Number {
	sum, total := 0.0, 0.0
	for _, d := range domains {
		part := shape.Parts()[d]
		sum, total = sum+part*means[d].Mean.Value, total+part
	}
	return draft.Number{Value: sum / total}
}

// score describes the scores over some questions.
func score(shape model.Shape, sheets [][]byte, weights []float64, from, to int) draft.Score {
	var scores []float64
	positions := shape.Positions()
	for _, sheet := range sheets {
		weight, sum := 0.0, 0.0
		for q := from; q < to; q++ {
			if a := sheet[q]; a > 0 {
				weight += weights[q]
				sum += weights[q] * positions[a-1]
			}
		}
		if weight > 0 {
			scores = append(scores, sum/weight)
		}
	}
	nan := draft.Number{Value: math.NaN()}
	if len(scores) == 0 {
		return draft.Score{Mean: nan, Percentiles: slices.Repeat([]draft.Number{nan}, len(statistic.Percentiles()))}
	}
	f := draft.Score{Mean: draft.Number{Value: floats.Sum(scores) / float64(len(scores))}}
	for _, q := range stats.Quantiles(scores, statistic.Probabilities()...) {
		f.Percentiles = append(f.Percentiles, draft.Number{Value: q})
	}
	return f
}

// question describes the answers to one question; NaN without one.
func question(shape model.Shape, sheets [][]byte, number int) draft.Question {
	shares, answers := make([]float64, shape.Levels), 0.0
	for _, sheet := range sheets {
		if a := sheet[number]; a > 0 {
			shares[a-1]++
			answers++
		}
	}
	floats.Scale(1/answers, shares)
	f := draft.Question{Mean: draft.Number{Value: floats.Dot(shares, shape.Positions())}}
	for _, v := range shares {
		f.Shares = append(f.Shares, draft.Number{Value: v})
	}
	for _, v := range stats.AtLeast(shares) {
		f.AtLeast = append(f.AtLeast, draft.Number{Value: v})
	}
	return f
}
