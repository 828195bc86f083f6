package stats

import "sort"

// CDFQuantile returns the p-quantile of a distribution whose distribution
// function has the values cdf at the points and is linear between them. Points
// ascend, cdf does not descend. Where the function is flat at p the left end is
// returned; p outside the range of cdf gives the first or the last point.
//
// It panics if there are no points, if the lengths differ or if p is outside
// [0, 1].
func CDFQuantile(points, cdf []float64, p float64) float64 {
	if len(points) == 0 {
		panic("stats: quantile of a distribution without points")
	}
	checkLengths(len(points), len(cdf))
	checkProbability(p)
	i := sort.SearchFloat64s(cdf, p) // first with cdf[i] ≥ p
	switch {
	case i == 0:
		return points[0]
	case i == len(cdf):
		return points[i-1]
	}
	return points[i-1] + (p-cdf[i-1])/(cdf[i]-cdf[i-1])*(points[i]-points[i-1])
}

// Interpolate returns the value at x of the function that is linear between the
// points (which ascend) and constant beyond them.
//
// It panics if there are no points or if the lengths differ.
func Interpolate(points, values []float64, x float64) float64 {
	if len(points) == 0 {
		panic("stats: interpolation without points")
	}
	checkLengths(len(points), len(values))
	i := sort.SearchFloat64s(points, x)
	switch {
	case i == 0:
		return values[0]
	case i == len(points):
		return values[i-1]
	}
	f := (x - points[i-1]) / (points[i] - points[i-1])
	return values[i-1] + f*(values[i]-values[i-1])
}

// MonotoneCDF returns the distribution function nearest to a noisy one on the
// same points: [Isotonic] cut to [0, 1].
func MonotoneCDF(cdf, weights []float64) []float64 {
	out := Isotonic(cdf, weights)
	for i, v := range out {
		out[i] = min(max(v, 0), 1)
	}
	return out
}
