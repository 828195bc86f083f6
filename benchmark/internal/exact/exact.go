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
// [model.Profile.Met]; NaN where nobody answered.
func Cohort(shape model.Shape, sheets [][]byte) draft.Cohort {
	f := draft.Cohort{Companies: draft.Number{Value: float64(len(sheets))}, Overall: score(sheets, 0, shape.Questions())}
	first := 0
	for _, size := range shape.Domains {
		f.Domains = append(f.Domains, score(sheets, first, first+size))
		for q := first; q < first+size; q++ {
			f.Questions = append(f.Questions, question(sheets, q, shape.Levels))
		}
		first += size
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

// score describes the scores over some questions.
func score(sheets [][]byte, from, to int) draft.Score {
	var scores []float64
	for _, sheet := range sheets {
		answers, sum := 0, 0
		for _, a := range sheet[from:to] {
			if a > 0 {
				answers++
				sum += int(a) - 1
			}
		}
		if answers > 0 {
			scores = append(scores, float64(sum)/float64(answers))
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
func question(sheets [][]byte, number, levels int) draft.Question {
	shares, answers := make([]float64, levels), 0.0
	for _, sheet := range sheets {
		if a := sheet[number]; a > 0 {
			shares[a-1]++
			answers++
		}
	}
	floats.Scale(1/answers, shares)
	f := draft.Question{Mean: draft.Number{Value: stats.Mean(shares)}}
	for _, v := range shares {
		f.Shares = append(f.Shares, draft.Number{Value: v})
	}
	for _, v := range stats.AtLeast(shares) {
		f.AtLeast = append(f.AtLeast, draft.Number{Value: v})
	}
	return f
}
