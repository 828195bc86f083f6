package stats

import (
	"math"
	"slices"
)

// Simplex returns the nearest point to x, by Euclidean distance, with
// non-negative coordinates that sum to total. The point is max(x - t, 0) for the
// one t that gives the sum (Held, Wolfe & Crowder, Validation of Subgradient
// Optimization, Mathematical Programming 6, 1974; Duchi et al., Efficient
// Projections onto the l1-Ball, ICML 2008, figure 1).
//
// It panics if x is empty or total is negative or not a number.
func Simplex(x []float64, total float64) []float64 {
	if len(x) == 0 {
		panic("stats: projection of nothing")
	}
	if !(total >= 0) {
		panic("stats: negative total")
	}
	out := slices.Clone(x)
	simplexInto(out, x, slices.Clone(x), total)
	return out
}

// simplexInto writes the projection of x to out; work is overwritten.
func simplexInto(out, x, work []float64, total float64) {
	copy(work, x)
	slices.Sort(work)
	sum, t := 0.0, 0.0
	for i := len(work) - 1; i >= 0; i-- {
		sum += work[i]
		if s := (sum - total) / float64(len(work)-i); i == len(work)-1 || work[i] > s {
			t = s
		}
	}
	for i, v := range x {
		out[i] = max(v-t, 0)
	}
}

// SimplexWithMean returns the nearest point to x, by Euclidean distance, among
// the shares of the levels 0, 1, …, len(x)-1 whose mean is the given one.
//
// By the Karush-Kuhn-Tucker conditions the point is Simplex(x - b·level, 1) for
// some multiplier b, and the mean falls as b grows, piecewise linearly. Newton's
// method inside a shrinking bracket therefore ends after a few steps on the right
// piece, to rounding errors.
//
// It panics if x is empty or the mean is outside [0, len(x)-1].
func SimplexWithMean(x []float64, mean float64) []float64 {
	at := make([]float64, len(x))
	for i := range at {
		at[i] = float64(i)
	}
	return SimplexWithMeanAt(x, at, mean)
}

// SimplexWithMeanAt is [SimplexWithMean] for levels that are not one apart: at are the
// levels, ascending from 0.
//
// It panics if x is empty, the lengths differ or the mean is outside [0, the last of at].
func SimplexWithMeanAt(x, at []float64, mean float64) []float64 {
	if len(x) == 0 {
		panic("stats: projection of nothing")
	}
	checkLengths(len(x), len(at))
	top := at[len(at)-1]
	if !(mean >= 0 && mean <= top) {
		panic("stats: mean outside the scale")
	}
	out := make([]float64, len(x))
	if mean == 0 || mean == top {
		if mean == 0 {
			out[0] = 1
		} else {
			out[len(x)-1] = 1
		}
		return out
	}
	shifted, work := make([]float64, len(x)), make([]float64, len(x))
	// Beyond 1 + range(x) all weight lies on one end of the scale.
	high := (1 + slices.Max(x) - slices.Min(x)) / closest(at)
	low, b := -high, 0.0
	for range 200 {
		for i, v := range x {
			shifted[i] = v - b*at[i]
		}
		simplexInto(out, shifted, work, 1)
		excess, variance := supportMoments(out, at, mean)
		if excess > 0 {
			low = b
		} else {
			high = b
		}
		if math.Abs(excess) <= 1e-15*(1+top) || high-low <= 1e-17*(1+math.Abs(b)) {
			break
		}
		next := b + excess/variance
		if !(next > low && next < high) {
			next = low + (high-low)/2
		}
		b = next
	}
	return out
}

// closest is the smallest distance between two levels, and at most 1.
func closest(at []float64) float64 {
	least := 1.0
	for i := 1; i < len(at); i++ {
		least = min(least, at[i]-at[i-1])
	}
	return least
}

// supportMoments returns by how much the mean of p exceeds the given one, and
// the derivative of that excess with respect to the multiplier, with its sign
// turned: the sum of squared deviations of the levels that have a share.
func supportMoments(p, at []float64, mean float64) (excess, square float64) {
	var n, sum, sum2 float64
	for i, v := range p {
		if v > 0 {
			level := at[i]
			n++
			sum += level
			sum2 += level * level
			excess += v * (level - mean)
		}
	}
	return excess, sum2 - sum*sum/n
}
