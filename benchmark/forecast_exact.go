package benchmark

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/stats"

	"gonum.org/v1/gonum/floats"
)

// exactCohorts are the exact statistics of the cohorts of synthetic responses.
func (p *Plan) exactCohorts(rows encode.Rows) []draft.Cohort {
	var out []draft.Cohort
	for _, c := range p.measured {
		var of [][]byte
		for at := 0; at < len(rows.Data); at += rows.Stride {
			if row := rows.Data[at:][:rows.Stride]; c.attribute < 0 || row[c.column] == c.value {
				of = append(of, row[rows.Answers:][:p.shape.Questions()])
			}
		}
		out = append(out, p.exactNumbers(of))
	}
	return out
}

// exactNumbers are the exact statistics of answer sheets, a byte a question;
// NaN where nobody answered.
func (p *Plan) exactNumbers(sheets [][]byte) draft.Cohort {
	f := draft.Cohort{Companies: draft.Number{Value: float64(len(sheets))}, Overall: exactScore(sheets, 0, p.shape.Questions())}
	first := 0
	for _, size := range p.shape.Domains {
		f.Domains = append(f.Domains, exactScore(sheets, first, first+size))
		for q := first; q < first+size; q++ {
			f.Questions = append(f.Questions, exactQuestion(sheets, q, p.shape.Levels))
		}
		first += size
	}
	for _, profile := range p.shape.Profiles {
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

// exactScore describes the scores over some questions.
func exactScore(sheets [][]byte, from, to int) draft.Score {
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
		return draft.Score{Mean: nan, Percentiles: slices.Repeat([]draft.Number{nan}, len(percentiles))}
	}
	f := draft.Score{Mean: draft.Number{Value: floats.Sum(scores) / float64(len(scores))}}
	for _, q := range stats.Quantiles(scores, statistic.Probabilities()...) {
		f.Percentiles = append(f.Percentiles, draft.Number{Value: q})
	}
	return f
}

// exactQuestion describes the answers to one question; NaN without one.
func exactQuestion(sheets [][]byte, question, levels int) draft.Question {
	shares, answers := make([]float64, levels), 0.0
	for _, sheet := range sheets {
		if a := sheet[question]; a > 0 {
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
