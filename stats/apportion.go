package stats

import (
	"cmp"
	"math"
	"slices"
)

// LargestRemainder splits total into non-negative integers in proportion to the
// shares: every element gets the integer part of its quota, and what is left
// goes one by one to the largest remainders (Hamilton's method), the first of
// equals first. Each element is within 1 of its quota.
//
// It panics if total is negative or above 2³¹, if a share is negative or not
// finite, or if the shares sum to zero while total does not.
func LargestRemainder(shares []float64, total int) []int {
	if total < 0 || total > 1<<31 { // quotas are then exact to 2⁻²¹
		panic("stats: total outside 0 to 2³¹")
	}
	var sum float64
	for _, s := range shares {
		if !(s >= 0) || math.IsInf(s, 1) {
			panic("stats: share is negative or not finite")
		}
		sum += s
	}
	parts := make([]int, len(shares))
	if total == 0 {
		return parts
	}
	if sum == 0 {
		panic("stats: shares sum to zero")
	}
	remainder := make([]float64, len(shares))
	order := make([]int, len(shares))
	left := total
	for i, s := range shares {
		quota := float64(s / sum * float64(total)) // the conversion forbids a fused difference, which some processors have
		whole := math.Floor(quota)
		parts[i], remainder[i], order[i] = int(whole), quota-whole, i
		left -= parts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainder[b], remainder[a]) })
	for i := 0; left > 0; i++ {
		parts[order[i%len(order)]]++
		left--
	}
	return parts
}
