package privacy

import (
	"math"

	"maturitybench/stats"
)

// firstTrue is the smallest n in [lo, hi] for which ok holds, where ok is
// false up to some n and true from there on; hi + 1 if it holds nowhere. It
// starts at guess and gallops, so that a good guess costs a few calls.
func firstTrue(guess, lo, hi int64, ok func(int64) bool) int64 {
	guess = min(max(guess, lo), hi)
	// bad is the largest n known to be false, good the smallest known to be
	// true; lo − 1 and hi + 1 stand for the ends.
	bad, good := lo-1, hi+1
	if ok(guess) {
		good = guess
		for step := int64(1); good > lo; step *= 2 {
			n := max(good-step, lo)
			if !ok(n) {
				bad = n
				break
			}
			good = n
		}
	} else {
		bad = guess
		for step := int64(1); bad < hi; step *= 2 {
			n := bad + min(step, hi-bad)
			if ok(n) {
				good = n
				break
			}
			bad = n
		}
	}
	for good-bad > 1 {
		if n := bad + (good-bad)/2; ok(n) {
			good = n
		} else {
			bad = n
		}
	}
	return good
}

// floatDelta is [gaussianDelta] in float64, to find the neighbourhood of a
// solution and for nothing else.
func floatDelta(mu, epsilon float64) float64 {
	return stats.NormalTail(epsilon/mu-mu/2) - math.Exp(min(epsilon, 700))*stats.NormalTail(epsilon/mu+mu/2)
}

// guess finds about where the monotone ok changes from false to true in
// [0, high], to start [firstTrue] at.
func guess(high float64, ok func(float64) bool) float64 {
	_, at := stats.Bisect(0, high, 80, ok)
	return at
}
