package benchmark

import (
	"context"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/stage"
)

// has reports whether a packed response belongs to the cohort.
func (c cohort) has(row []byte) bool { return c.attribute < 0 || row[c.column] == c.value }

// cohortCounts counts the companies of every cohort, as the first walk does.
func cohortCounts(cohorts []cohort, rows encode.Rows) []int64 {
	walk := &stage.Walk{Stride: rows.Stride, Vector: nothing{}}
	for _, c := range cohorts {
		walk.Cohorts = append(walk.Cohorts, c.counted())
	}
	part := walk.NewPart()
	part.Add(nil, rows.Data)
	return part.Counts()
}

// tally is the sum of the encoded responses.
func tally(_ context.Context, encoding *encode.Encoding, rows encode.Rows) ([]int64, error) {
	t := encoding.NewTally()
	t.Add(rows)
	return t.Totals(), nil
}
