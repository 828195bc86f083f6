package stats

import "math"

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
