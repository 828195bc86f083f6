package benchmark

import (
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/exact"
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
		out = append(out, exact.Cohort(p.shape, of))
	}
	return out
}
