package exact_test

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/exact"
	"maturitybench/benchmark/internal/model"
)

// TestCohort counts levels, questions and domains as the shape says: by hand.
func TestCohort(t *testing.T) {
	shape := model.Shape{
		Levels: 4, Domains: []int{2, 1, 1}, Values: []int{0, 1, 2, 4}, // levels 0, 0.75, 1.5 and 3
		Weights: []int{3, 1, 1, 1}, DomainWeights: []int{1, 2, 1}, FunctionDomains: [][]int{{0, 1}, {2}},
	}
	c := exact.Cohort(shape, [][]byte{
		{4, 1, 3, 0}, // 3, 0 | 1.5 | none
		{2, 2, 1, 4}, // 0.75, 0.75 | 0 | 3
	})
	overall := (3*3+2*1.5)/6/2 + (4*0.75+3)/7/2
	for _, n := range []struct {
		what      string
		got, want float64
	}{
		{"overall", c.Overall.Mean.Value, overall},
		{"first domain", c.Domains[0].Mean.Value, (9.0/4 + 0.75) / 2},
		{"last domain", c.Domains[2].Mean.Value, 3},
		{"first question", c.Questions[0].Mean.Value, (3 + 0.75) / 2},
		{"first function", c.Functions[0].Value, (4*(9.0/4+0.75)/2 + 2*0.75) / 6}, // 4 and 2 of 7 parts
		{"last function", c.Functions[1].Value, 3},
	} {
		if math.Abs(n.got-n.want) > 1e-12 {
			t.Errorf("%s: %v, by hand %v", n.what, n.got, n.want)
		}
	}
}
