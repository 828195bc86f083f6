package decimal

import "math"

// NormalQuantile is z with P(|Z| ≤ z) = confidence for a standard normal Z.
func NormalQuantile(confidence float64) float64 {
	return math.Sqrt2 * math.Erfinv(confidence)
}
