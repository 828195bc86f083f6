package report

import (
	"math"

	"maturitybench/benchmark/publication"
)

// percents are the shares of a question in whole percents. They are
// differences of the rounded shares at or above each level, so that they sum
// to 100 and agree with every "at or above" that is printed.
func percents(q publication.CohortQuestion) []int {
	whole := make([]int, len(q.Shares))
	above := 100
	for i, tail := range q.AtLeast {
		next := int(math.Round(math.Round(tail.Value*1e6) / 1e4))
		whole[i] = above - next
		above = next
	}
	whole[len(whole)-1] = above
	return whole
}
