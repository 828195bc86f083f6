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
// [model.Profile.Met], in levels as those of estimate.Cohort; NaN where nobody answered.
func Cohort(shape model.Shape, sheets [][]byte) draft.Cohort {
	at, weights := shape.Positions(), make([]float64, shape.Questions())
	for q, d := range shape.DomainOf() {
		weights[q] = float64(shape.Weight(q) * shape.DomainWeight(d))
	}
	f := draft.Cohort{Companies: draft.Number{Value: float64(len(sheets))}, Overall: score(sheets, 0, weights, at)}
	first := 0
	for d, size := range shape.Domains {
		places, own := shape.PlacesIn(d), at
		if shape.Places != nil {
			own = make([]float64, len(at))
			for l, v := range at {
				own[l] = v * float64(len(places)-1) / at[len(at)-1]
			}
		}
		f.Domains = append(f.Domains, score(sheets, first, weights[first:first+size], own))
		for q := first; q < first+size; q++ {
			f.Questions = append(f.Questions, question(sheets, q, places, own))
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

// score describes the scores over some questions with weights, of levels at places.
func score(sheets [][]byte, from int, weights, at []float64) draft.Score {
	var scores []float64
	for _, sheet := range sheets {
		total, sum := 0.0, 0.0
		for i, a := range sheet[from : from+len(weights)] {
			if a > 0 {
				total += weights[i]
				sum += weights[i] * at[a-1]
			}
		}
		if total > 0 {
			scores = append(scores, sum/total)
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

// question describes the answers to one question, which has the levels of some places; NaN
// without one.
func question(sheets [][]byte, number int, places []int, at []float64) draft.Question {
	counts, answers := make([]float64, len(at)), 0.0
	for _, sheet := range sheets {
		if a := sheet[number]; a > 0 {
			counts[a-1]++
			answers++
		}
	}
	mean, shares := 0.0, make([]float64, len(places))
	for l, place := range places {
		shares[l] = counts[place] / answers
		mean += shares[l] * at[place]
	}
	f := draft.Question{Mean: draft.Number{Value: mean}}
	for _, v := range shares {
		f.Shares = append(f.Shares, draft.Number{Value: v})
	}
	for _, v := range stats.AtLeast(shares) {
		f.AtLeast = append(f.AtLeast, draft.Number{Value: v})
	}
	return f
}
