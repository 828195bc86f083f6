package benchmark

import (
	"context"
	"iter"

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

// len is the number of companies.
func (d *Dataset) len() int { return len(d.rows()) / d.stride() }

// rows is all rows, one after the other.
func (d *Dataset) rows() []byte {
	var rows []byte
	for _, chunk := range d.box.Open().chunks {
		rows = append(rows, chunk.Rows...)
	}
	return rows
}

// records is the canonical records of the data set; the slice is used again.
func (d *Dataset) records() iter.Seq[[]byte] {
	records := d.in.records()
	return func(yield func([]byte) bool) {
		var record []byte
		for _, chunk := range d.box.Open().chunks {
			for i := range chunk.Companies {
				record = records.Append(record[:0], &chunk.Companies[i], chunk.Rows[i*d.stride():][:d.stride()])
				if !yield(record) {
					return
				}
			}
		}
	}
}
