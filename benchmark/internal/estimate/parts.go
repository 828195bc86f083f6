package estimate

import "maturitybench/benchmark/internal/model"

// part is a set of cohorts that share no company, with the measured rows that
// concern them: all alone, or the values of one attribute.
type part struct {
	cohorts []int
	rows    []int
}

// partition returns all, then the attributes.
func partition(shape model.Shape) []part {
	parts := []part{{cohorts: []int{0}, rows: []int{0}}}
	cohort, row := 1, 1
	for _, k := range shape.Attributes {
		var p part
		for range k {
			p.cohorts = append(p.cohorts, cohort)
			cohort++
		}
		for range k - 1 {
			p.rows = append(p.rows, row)
			row++
		}
		parts = append(parts, p)
	}
	return parts
}
