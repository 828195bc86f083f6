package stats

import "math"

// Mean returns the mean of the levels 0, 1, …, len(shares)-1 under shares that
// sum to 1.
func Mean(shares []float64) float64 {
	var mean float64
	for level, share := range shares {
		mean += float64(level) * share
	}
	return mean
}

// AtLeast returns the tails of a distribution on levels: element i is the share
// at level i+1 or above, so that there is one element fewer than shares. The
// tails sum to [Mean].
//
// It panics if shares is empty.
func AtLeast(shares []float64) []float64 {
	if len(shares) == 0 {
		panic("stats: tails of nothing")
	}
	tails := make([]float64, len(shares)-1)
	var sum float64
	for i := len(tails) - 1; i >= 0; i-- {
		sum += shares[i+1]
		tails[i] = sum
	}
	return tails
}

// EarthMover returns the earth mover distance of two distributions on the same
// levels, in levels: how far the average answer has to move to turn one
// distribution into the other. It is the sum of the absolute differences of
// their tails.
//
// It panics if the lengths differ.
func EarthMover(a, b []float64) float64 {
	checkLengths(len(a), len(b))
	var distance, gap float64
	for i := range a {
		gap += a[i] - b[i]
		distance += math.Abs(gap)
	}
	return distance
}
