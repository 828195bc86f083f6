package stats

import (
	"math"
	"slices"
)

// QuantileInterval returns an interval of order statistics that holds the
// p-quantile of the distribution that the values were drawn from, independently,
// with a probability of at least coverage ≥ confidence, whatever the distribution.
// An end is infinite if there are too few values for one: a median at 95 % takes
// six. See [QuantileRanks].
//
// It panics if p is outside [0, 1] or confidence outside [0, 1). Values are not NaN.
func QuantileInterval(values []float64, p, confidence float64) (low, high, coverage float64) {
	from, to, coverage := QuantileRanks(len(values), p, confidence)
	x := slices.Sorted(slices.Values(values))
	low, high = math.Inf(-1), math.Inf(1)
	if from > 0 {
		low = x[from-1]
	}
	if to <= len(x) {
		high = x[to-1]
	}
	return low, high, coverage
}

// QuantileRanks returns the ranks, from 1, of the order statistics of n independent
// values between which the p-quantile of their distribution lies with a probability
// of at least coverage ≥ confidence, and that probability. Rank 0 stands for −∞ and
// rank n+1 for +∞. Each side is wrong with a probability of at most
// (1 − confidence)/2, and the ranks are as close together as that allows.
//
// With B the number of values up to the quantile, which is binomial with n trials
// of probability p,
//
//	P(x[low] ≤ quantile ≤ x[high]) ≥ P(low ≤ B < high),
//
// with equality where the distribution function is continuous (Scheffé & Tukey,
// Non-Parametric Estimation I, Annals of Mathematical Statistics 16, 1945; David &
// Nagaraja, Order Statistics, 3rd ed., 2003, §7.1). The quantile is the least x at
// which the distribution function is at least p.
//
// It panics if n is negative, p outside [0, 1] or confidence outside [0, 1).
func QuantileRanks(n int, p, confidence float64) (low, high int, coverage float64) {
	if n < 0 {
		panic("stats: negative number of values")
	}
	checkProbability(p)
	if !(confidence >= 0 && confidence < 1) {
		panic("stats: confidence outside [0, 1)")
	}
	first, probability := binomialDistribution(n, p)
	wrong := (1 - confidence) / 2
	var below, above float64 // probabilities of B < low and of B ≥ high
	start, end := 0, len(probability)
	for start < end && below+probability[start] <= wrong {
		below += probability[start]
		start++
	}
	for end > start && above+probability[end-1] <= wrong {
		above += probability[end-1]
		end--
	}
	return first + start, first + end, 1 - below - above
}

// binomialDistribution returns the probabilities of the numbers of successes from
// first on in n trials of probability p; what is left out on either side is below
// the smallest numbers. They are products of ratios from the mode outwards, scaled
// to sum to 1, so that no factorial is needed.
func binomialDistribution(n int, p float64) (first int, probability []float64) {
	mode := min(int(float64(n+1)*p), n)
	odds := p / (1 - p)
	var below []float64
	for k, w := mode, 1.0; k > 0; k-- {
		if w *= float64(k) / (float64(n-k+1) * odds); w == 0 {
			break
		}
		below = append(below, w)
	}
	slices.Reverse(below)
	probability = append(below, 1)
	for k, w := mode, 1.0; k < n; k++ {
		if w *= float64(n-k) * odds / float64(k+1); w == 0 {
			break
		}
		probability = append(probability, w)
	}
	var sum float64
	for _, w := range probability {
		sum += w
	}
	for i := range probability {
		probability[i] /= sum
	}
	return mode - len(below), probability
}
