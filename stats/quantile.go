package stats

import "slices"

// Quantile returns the p-quantile of the values by the definition that R calls
// type 7 and spreadsheets use: with the values in order x[0] ≤ … ≤ x[n-1] it is
// the linear interpolation at position (n-1)·p (Hyndman & Fan, Sample Quantiles
// in Statistical Packages, The American Statistician 50(4), 1996, definition 7).
//
// It panics without values or if p is outside [0, 1]. Values are not NaN.
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
