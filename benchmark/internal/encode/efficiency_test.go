package encode

import (
	"testing"

	"maturitybench/benchmark/internal/model"
)

// TestEfficiency holds the basis within 5 % of the lower bound for the
// built-in instrument, and within 20 % for any other scale; no mechanism is
// below 1.
func TestEfficiency(t *testing.T) {
	for levels := 2; levels <= 11; levels++ {
		for _, questions := range []int{3, 44, 150} {
			ratio := Efficiency(model.Shape{Levels: levels, Domains: []int{questions}})
			limit := 1.2
			if levels == 6 && questions == 44 {
				limit = 1.05
			}
			if !(ratio >= 1 && ratio <= limit) {
				t.Errorf("%d levels, %d questions: ratio %.4f, expected 1 to %v", levels, questions, ratio, limit)
			}
			t.Logf("%d levels, %d questions: %.4f", levels, questions, ratio)
		}
	}
}
