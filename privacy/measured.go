package privacy

import (
	"errors"
	"fmt"
	"math"
)

// Test is the test of a secret roster which cohorts may be shown: a [Threshold], with noise of its
// own, or a [MeasuredThreshold], on a number of companies that is measured anyway.
type Test interface {
	// K is the number of companies below which no cohort is kept.
	K() int
	// Tau is the number of companies, noise included, from which on a cohort is kept.
	Tau() float64
	// PassProbability is the chance that a cohort of n companies is kept, to the accuracy of float64.
	PassProbability(n int) float64
	// GroupDelta is the test's part of δ for m companies that are there or not together, at most 1.
	GroupDelta(m int) float64

	groupDelta(m int) int64 // in units of 1e-18
	part() int64            // δ for one company, in units of 1e-18
}

// MeasuredThreshold is the test of a secret roster for a panel that is shown as a whole or not at
// all. One of the numbers beside a vector with spherical Laplace noise is the number of companies;
// with fewer than k companies nothing of the measurement is released, with certainty, and with k or more
// all of it is, if that number, with the noise that it has anyway, reaches τ. τ is
// so high that exactly k companies are shown with a probability of at most δ.
//
// The test costs δ and nothing of ε, which is the measurement's: what is released is (ε, δ)-DP. The
// proof. What is not shown is one and the same output, whatever was measured. Let one data set have the company and the
// other not. If both have fewer than k companies, both are not shown. If both have k or more, the outputs are
// one function, which looks at the noisy numbers alone, of two measurements that are (ε, 0)-close,
// so they are (ε, 0)-close (post-processing; Dwork & Roth, The Algorithmic Foundations of
// Differential Privacy, 2014, Proposition 2.1). Otherwise one has k − 1, and is not shown, and the other
// one k, and is not shown with a probability of at least 1 − δ: the probabilities of
// every event differ by at most δ.
//
// That needs a single cohort: where several are decided about, their companies are also in what is
// shown of the others, and noise of its own ([Threshold]) costs less. And it needs that nothing else is told of a panel
// that is not shown, its noisy numbers least of all: [Draws.Tested] does not return them.
//
// Releasing a set of values only where a noisy count of those behind it is large enough is
// due to Korolova, Kenthapadi, Mishra & Ntoulas, Releasing Search Queries and Clicks Privately, 2009.
type MeasuredThreshold struct {
	noise SphericalLaplace
	k     int
	at    int   // place of the number of companies among those beside the vectors
	unit  int64 // what a company adds to it
	tau   int64 // in its units
	delta int64 // in units of 1e-18
}

// NewMeasuredThreshold calibrates. k is the smallest number of companies that may be shown; at is
// the place, from 0, of the number of companies among those [SphericalLaplace.Beside] the vectors of noise, and unit what a company
// adds to it, at most the sensitivity; delta is the loss of the test, in units of 1e-18, below a half. The error says which of
// them is out of range.
func NewMeasuredThreshold(noise SphericalLaplace, k, at int, unit, delta int64) (MeasuredThreshold, error) {
	switch {
	case noise.dimensions < 1 || at < 0 || at >= noise.beside:
		return MeasuredThreshold{}, errors.New("privacy: the number that is tested must stand beside a vector of calibrated noise")
	case k < 1 || k > math.MaxInt32:
		return MeasuredThreshold{}, errors.New("privacy: k must be at least 1")
	case unit < 1 || unit > noise.sensitivity:
		return MeasuredThreshold{}, fmt.Errorf("privacy: a company must add 1 to %d to the number that is tested, not %d", noise.sensitivity, unit)
	case delta < 1 || delta >= 5e17:
		return MeasuredThreshold{}, errors.New("privacy: δ must be positive and below a half")
	}
	t := MeasuredThreshold{noise: noise, k: k, at: at, unit: unit, delta: delta}
	t.tau = int64(k)*unit + t.margin()
	return t, nil
}

// margin is the smallest integer z with P[Z ≥ z] ≤ δ for the noise Z of a number beside the vector.
// The decision is exact: the upper bound of the tail is compared.
func (t MeasuredThreshold) margin() int64 {
	scale := float64(t.noise.sensitivity) / fromUnits(t.noise.epsilon, epsilonDigits)
	share := whole(t.delta).quo(whole(1e18)).lo
	near := scale * math.Log(1e18/(2*float64(t.delta)))
	return firstTrue(int64(near), 1, int64(2*near+64*scale)+64, func(z int64) bool {
		return t.tail(z).hi.Cmp(share) <= 0
	})
}

// tail is P[Z ≥ z] for z ≥ 1: with P[Z = v] ∝ qᵛ for |v|, q = exp(−ε/sensitivity), the sum of a
// geometric series, qᶻ/(1 + q).
func (t MeasuredThreshold) tail(z int64) interval {
	rate := whole(t.noise.epsilon).quo(whole(t.noise.sensitivity)).quo(whole(1e9))
	q := whole(1).quo(rate.exp())
	return whole(1).quo(rate.mul(whole(z)).exp().mul(whole(1).add(q)))
}

// Noise is that of the measurement.
func (t MeasuredThreshold) Noise() SphericalLaplace { return t.noise }

// K is the number of companies below which nothing is shown.
func (t MeasuredThreshold) K() int { return t.k }

// Tau is the number of companies, noise included, from which on the panel is shown. It is not an integer.
func (t MeasuredThreshold) Tau() float64 { return float64(t.tau) / float64(t.unit) }

// Loss is what the measurement and its test are charged together.
func (t MeasuredThreshold) Loss() Loss { return t.noise.Loss().Plus(Loss{Delta: t.delta}) }

// PassProbability is the chance that n companies are shown: 0 below k, at most δ at k, a half near τ, to
// the accuracy of float64.
func (t MeasuredThreshold) PassProbability(n int) float64 {
	if n < t.k {
		return 0
	}
	rate := fromUnits(t.noise.epsilon, epsilonDigits) / float64(t.noise.sensitivity)
	atLeast := func(z float64) float64 { return math.Exp(-rate*z) / (1 + math.Exp(-rate)) } // z ≥ 1
	z := float64(t.tau) - float64(n)*float64(t.unit)
	if z >= 1 {
		return atLeast(z)
	}
	return 1 - atLeast(1-z)
}

// GroupDelta is the test's part of δ for m companies that are there or not together, at most 1. The
// proof is that of [MeasuredThreshold] with k − 1 + m companies at most where there are fewer than k without
// them: these are shown with the probability that the noise is at least τ less so many.
func (t MeasuredThreshold) GroupDelta(m int) float64 { return deltaOf(t.groupDelta(m)) }

func (t MeasuredThreshold) groupDelta(m int) int64 {
	if m < 1 {
		return 0
	}
	z := t.tau - (int64(t.k)-1+int64(m))*t.unit
	if z < 1 {
		return 1e18
	}
	shown, _ := up().Mul(t.tail(z).hi, up().SetInt64(1e18)).Int64()
	return min(max(shown+1, t.delta), 1e18)
}

func (t MeasuredThreshold) part() int64 { return t.delta }
