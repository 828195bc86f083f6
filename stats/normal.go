package stats

import "math"

// NormalCDF returns Φ(z), the probability that a standard normal variable is at
// most z: 0 at −∞, 1 at +∞, NaN for NaN. Below zero, too, the relative error
// stays under 1e-12 down to the smallest normal numbers (z > −37.5), because the
// complementary error function is not taken as a difference from 1.
func NormalCDF(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// NormalTail returns 1 − Φ(z), the probability that a standard normal variable is
// above z, with the relative accuracy that [NormalCDF] has below zero.
func NormalTail(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// NormalDensity returns φ(z), the density of a standard normal variable per unit
// of z.
func NormalDensity(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }

// NormalCritical returns the two-sided critical value of a confidence: the z with
// P(|Z| ≤ z) = confidence for a standard normal variable Z. It is 0 for 0, +∞ for
// 1, and NaN for what is no probability.
func NormalCritical(confidence float64) float64 {
	return -NormalQuantile((1 - confidence) / 2)
}

// Normal is a normal distribution. SD is positive, in the unit of Mean; the zero
// value is no distribution. Its methods return NaN where an argument or a
// parameter is NaN.
type Normal struct{ Mean, SD float64 }

// CDF returns the probability of at most x; see [NormalCDF].
func (n Normal) CDF(x float64) float64 { return NormalCDF((x - n.Mean) / n.SD) }

// Tail returns the probability of more than x; see [NormalTail].
func (n Normal) Tail(x float64) float64 { return NormalTail((x - n.Mean) / n.SD) }

// Density returns the density at x per unit of x.
func (n Normal) Density(x float64) float64 {
	z := (x - n.Mean) / n.SD
	return math.Exp(-z*z/2) / (n.SD * math.Sqrt(2*math.Pi))
}

// Quantile returns the x of which [Normal.CDF] is p; see [NormalQuantile].
func (n Normal) Quantile(p float64) float64 { return n.Mean + n.SD*NormalQuantile(p) }
