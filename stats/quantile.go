package stats

import (
	"math"
	"slices"
	"sort"
)

// Quantile returns the p-quantile of the values by the definition that R calls
// type 7 and spreadsheets use: with the values in order x[0] ≤ … ≤ x[n-1] it is
// the linear interpolation at position (n-1)·p (Hyndman & Fan, Sample Quantiles
// in Statistical Packages, The American Statistician 50(4), 1996, definition 7).
//
// It panics without values or if p is outside [0, 1].
func Quantile(values []float64, p float64) float64 {
	return Quantiles(values, p)[0]
}

// Quantiles is [Quantile] for several p; it sorts once.
func Quantiles(values []float64, p ...float64) []float64 {
	if len(values) == 0 {
		panic("stats: quantile of no values")
	}
	x := slices.Sorted(slices.Values(values))
	q := make([]float64, len(p))
	for i, p := range p {
		checkProbability(p)
		at := float64(len(x)-1) * p
		low := int(at)
		q[i] = x[low]
		if f := at - float64(low); f > 0 {
			q[i] += f * (x[low+1] - x[low])
		}
	}
	return q
}

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

func checkLengths(a, b int) {
	if a != b {
		panic("stats: lengths differ")
	}
}

func checkProbability(p float64) {
	if math.IsNaN(p) || p < 0 || p > 1 {
		panic("stats: probability outside [0, 1]")
	}
}
