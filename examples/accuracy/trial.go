package main

import "strings"

// members are the companies of cohort g.
func (t trial) members(g int) []int {
	attribute, value, _ := strings.Cut(t.cohorts[g].ID, "=")
	column, number := -1, -1
	for a, listed := range t.spec.Attributes {
		for v, candidate := range listed.Values {
			if listed.ID == attribute && candidate.ID == value {
				column, number = a, v
			}
		}
	}
	var list []int
	for i, attributes := range t.sample.Attributes {
		if g == 0 || column >= 0 && int(attributes[column]) == number {
			list = append(list, i)
		}
	}
	return list
}

// scores are the companies' mean answers to the questions from first to
// before last, of those with any.
func (t trial) scores(members []int, first, last int) []float64 {
	var list []float64
	for _, i := range members {
		sum, n := 0, 0
		for _, l := range t.sample.Levels[i][first:last] {
			if l >= 0 {
				sum += int(l)
				n++
			}
		}
		if n > 0 {
			list = append(list, float64(t.spec.Scale[0].Level)+float64(sum)/float64(n))
		}
	}
	return list
}
