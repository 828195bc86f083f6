package estimate

import "math"

// grid returns a rows × columns array of zeros.
func grid(rows, columns int) [][]float64 {
	flat := make([]float64, rows*columns)
	out := make([][]float64, rows)
	for i := range out {
		out[i] = flat[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return out
}

// removed is the share of a prior variance that is gone in the posterior.
func removed(posterior, prior float64) float64 {
	if !(prior > 0) {
		return 0
	}
	return clamp(1-posterior/prior, 0, 1)
}

func clamp(x, low, high float64) float64 { return math.Min(math.Max(x, low), high) }

func square(x float64) float64 { return x * x }

// measured says whether a standard deviation of noise belongs to a measurement.
func measured(sd float64) bool { return !math.IsInf(sd, 1) }

func ratio(a, b float64) float64 {
	if !(b > 0) {
		return 1
	}
	return min(a/b, 1)
}
