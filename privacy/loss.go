package privacy

import (
	"math"
	"math/big"
)

// Mu is a parameter of Gaussian differential privacy in millionths: the
// L2 sensitivity divided by the standard deviation of the noise (Dong, Roth &
// Su, Gaussian Differential Privacy, 2022, Theorem 2.7).
type Mu int64

// maxMu is the largest Mu whose square fits an int64.
const maxMu Mu = 3_037_000_499

// Float is μ as a plain number: Mu(834407).Float() is 0.834407.
func (m Mu) Float() float64 { return fromUnits(int64(m), 6) }

// Squared is μ² in units of 1e-12, the currency in which Gaussian losses add.
// A μ of more than 3037 counts as [math.MaxInt64], which fits no budget.
func (m Mu) Squared() int64 {
	if m > maxMu || m < -maxMu {
		return math.MaxInt64
	}
	return int64(m) * int64(m)
}

// Loss is the privacy loss of a release in three exact parts that add over
// releases. A mechanism with loss {ε0, μ², δ0} is (ε0 + ε, δ0 + δ)-DP for
// every (ε, δ) of the μ-GDP curve. The parts of a valid loss are not negative.
type Loss struct {
	PureEpsilon int64 // pure ε, in units of 1e-9
	MuSquared   int64 // Σ μ², in units of 1e-12
	Delta       int64 // Σ δ parts, in units of 1e-18
}

// Plus is the loss of two releases together, also when the second was chosen
// after seeing the first. A part that would overflow sticks at
// [math.MaxInt64], which fits no budget.
func (l Loss) Plus(other Loss) Loss {
	return Loss{
		PureEpsilon: plus(l.PureEpsilon, other.PureEpsilon),
		MuSquared:   plus(l.MuSquared, other.MuSquared),
		Delta:       plus(l.Delta, other.Delta),
	}
}

func plus(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// Covers reports whether no part of other is larger than that of l.
func (l Loss) Covers(other Loss) bool {
	return other.PureEpsilon <= l.PureEpsilon && other.MuSquared <= l.MuSquared && other.Delta <= l.Delta
}

// Valid reports whether every part counts something: none is negative and
// none has overflowed.
func (l Loss) Valid() bool {
	for _, part := range []int64{l.PureEpsilon, l.MuSquared, l.Delta} {
		if part < 0 || part == math.MaxInt64 {
			return false
		}
	}
	return true
}

// Fits reports whether the loss is (epsilon, delta)-differentially private.
// The budget is read as exact decimals, at most nine digits of ε and eighteen
// of δ after the point, the rest rounded down. There is no tolerance: true is
// a proof, and a loss within about 1e-60 of the limit is refused.
func (l Loss) Fits(epsilon, delta float64) bool {
	e, _ := units(epsilon, epsilonDigits)
	d, _ := units(delta, deltaDigits)
	if !l.Valid() || l.PureEpsilon > e || l.Delta > d {
		return false
	}
	return deltaWithin(l.MuSquared, e-l.PureEpsilon, d-l.Delta)
}

// Epsilon is the smallest ε at which the loss is (ε, delta)-differentially
// private, rounded up to a multiple of 1e-9; +Inf if there is none, because
// the δ parts leave nothing of delta for the Gaussian noise. delta is read as
// in [Loss.Fits].
func (l Loss) Epsilon(delta float64) float64 {
	d, _ := units(delta, deltaDigits)
	if !l.Valid() || l.Delta > d {
		return math.Inf(1)
	}
	return fromEpsilon(plus(l.PureEpsilon, gaussianEpsilon(l.MuSquared, d-l.Delta)))
}

// EpsilonBetweenTwoAnswers is the ε, at delta, for telling two answer sheets
// of one company with the same attributes apart: from one sheet to a blank one
// and from there to the other, so twice the pure ε and the Gaussian ε of 2μ. The
// sampler's noise ends, and 2μ comes nearer to that end than μ, so it takes more of
// delta, from ε = 7 on noticeably and from about ε = 12, at delta = 1e-6, all of it.
// The result is rounded up at the fourth decimal; +Inf if delta leaves nothing for
// the Gaussian noise.
//
// The two sheets put the company into the same cohorts, so a [Threshold] decides
// about the same counts on both sides, and its part of δ is not even needed.
// A [MeasuredThreshold] decides by the number of companies, which is the same with both sheets, whatever their attributes.
// Under [CountedRoster] the two sheets make neighbours, see
// [Roster.EpsilonBetweenTwoAnswers]. If the attributes differ too, which only a secret
// roster protects, the same ε
// holds at delta + δ_select, where δ_select is the test's part. The cohorts with
// k companies with one of the sheets and k−1 with the other are shown with a
// probability p on the one side and p' on the other, of at most δ_select each,
// and are suppressed for certain on the respective other one. With One and Two
// for the outputs in which all of them are forced to be suppressed, H as in the
// proof of [Threshold] and a = e^ε,
//
//	H_a((1−p)·One + p·Rest ‖ (1−p')·Two + p'·Rest') ≤ H_{a(1−p')}(One ‖ Two) + p ≤ δ_G + p' + p ≤ δ_G + 2·δ_select,
//
// and delta is δ_G + δ_select and what the sampler takes.
func EpsilonBetweenTwoAnswers(loss Loss, delta float64) float64 {
	two := Loss{
		PureEpsilon: plus(loss.PureEpsilon, loss.PureEpsilon),
		MuSquared:   times(loss.MuSquared, 4),
		Delta:       plus(loss.Delta, samplerMore(loss.MuSquared, 2)),
	}
	d, _ := units(delta, deltaDigits)
	if !two.Valid() || two.Delta > d {
		return math.Inf(1)
	}
	e := plus(two.PureEpsilon, gaussianEpsilon(two.MuSquared, d-two.Delta))
	if e == math.MaxInt64 {
		return math.Inf(1)
	}
	return ceilFourth(e)
}

// ceilFourth turns units of 1e-9 into a number, rounded up at the fourth decimal.
func ceilFourth(e int64) float64 {
	n := e / 100_000
	if e%100_000 > 0 {
		n++
	}
	return fromUnits(n, 4)
}

func times(a, factor int64) int64 {
	if a > math.MaxInt64/factor {
		return math.MaxInt64
	}
	return a * factor
}

// GaussianDelta is the smallest δ at which Gaussian noise of parameter mu is
// (epsilon, δ)-differentially private, rounded up. epsilon is read as a
// decimal, rounded down to a multiple of 1e-9.
func GaussianDelta(mu Mu, epsilon float64) float64 {
	e, _ := units(epsilon, epsilonDigits)
	return min(floatUp(gaussianDelta(mu.Squared(), e).hi), 1)
}

// GaussianEpsilon is the smallest ε at which Gaussian noise of parameter mu is
// (ε, delta)-differentially private, rounded up to a multiple of 1e-9; +Inf
// if delta is 0 and mu is not. delta is read as in [Loss.Fits].
func GaussianEpsilon(mu Mu, delta float64) float64 {
	d, _ := units(delta, deltaDigits)
	return fromEpsilon(gaussianEpsilon(mu.Squared(), d))
}

// GaussianMu is the largest μ at which Gaussian noise is (epsilon,
// delta)-differentially private, rounded down to a millionth; 0 if there is
// none. Both numbers are read as in [Loss.Fits].
func GaussianMu(epsilon, delta float64) Mu {
	e, _ := units(epsilon, epsilonDigits)
	d, _ := units(delta, deltaDigits)
	return gaussianMu(e, d)
}

// fromEpsilon turns units of 1e-9 into a number; MaxInt64 means there is none.
func fromEpsilon(e int64) float64 {
	if e == math.MaxInt64 {
		return math.Inf(1)
	}
	return fromUnits(e, epsilonDigits)
}

// deltaWithin decides whether μ² (1e-12) is (epsilon, delta)-DP, in units of
// 1e-9 and 1e-18.
func deltaWithin(muSquared, epsilon, delta int64) bool {
	if muSquared == 0 {
		return true
	}
	return decisions.at(curvePoint{muSquared, epsilon, delta})
}

// curvePoint is a question to the μ-GDP curve, in the units of [deltaWithin].
type curvePoint struct{ muSquared, epsilon, delta int64 }

func (p curvePoint) within() bool {
	limit := down().Quo(new(big.Float).SetInt64(p.delta), big.NewFloat(1e18))
	return gaussianDelta(p.muSquared, p.epsilon).hi.Cmp(limit) <= 0
}

// decisions are those of the last points asked about, some hundred kilobytes at most. A
// ledger asks about the same loss at every publication and at every look at what is left,
// and the intervals take half a millisecond.
var decisions = remembered[curvePoint, bool]{value: curvePoint.within, most: 1 << 12}

// gaussianEpsilon is the smallest ε in units of 1e-9; MaxInt64 if there is none.
func gaussianEpsilon(muSquared, delta int64) int64 {
	if muSquared == 0 {
		return 0
	}
	if delta <= 0 {
		return math.MaxInt64
	}
	// μ²/2 + 10μ is enough for every δ ≥ 1e-18, as Φ(−10) < 1e-23.
	mu, target := math.Sqrt(float64(muSquared))/1e6, float64(delta)/1e18
	top := mu*mu/2 + 10*mu + 1
	near := guess(top, func(e float64) bool { return floatDelta(mu, e) <= target })
	return firstTrue(int64(near*1e9), 0, int64(top*1e9), func(e int64) bool {
		return deltaWithin(muSquared, e, delta)
	})
}

// gaussianMu is the largest μ for ε in units of 1e-9 and δ in units of 1e-18.
func gaussianMu(epsilon, delta int64) Mu {
	if delta <= 0 {
		return 0
	}
	e, target := float64(epsilon)/1e9, float64(delta)/1e18
	near := guess(maxMu.Float(), func(mu float64) bool { return floatDelta(mu, e) > target })
	return Mu(firstTrue(int64(near*1e6), 1, int64(maxMu), func(mu int64) bool {
		return !deltaWithin(Mu(mu).Squared(), epsilon, delta)
	})) - 1
}
