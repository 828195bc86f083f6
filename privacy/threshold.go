package privacy

import (
	"errors"
	"fmt"
	"math"
	"math/big"

	"maturitybench/stats"
)

// thresholdScale is the fixed point of the noisy counts: in units of a
// company/2²⁰ the integers are so fine that their rounding costs nothing.
const thresholdScale = 1 << 20

// supportSigmas is a distance, in standard deviations, that the sampler still
// reaches: it draws up to 8.8σ and nothing beyond.
const supportSigmas = 8.75

// Threshold is the calibrated test of the secret roster. A cohort of fewer
// than k companies is never kept, with certainty; any other is kept if its
// count plus fresh noise is at least τ. τ is so high that a cohort of exactly
// k companies is kept with a probability of at most δ/memberships, where
// memberships is the largest number of cohorts that one company is in.
//
// The test decides which cohorts of a jointly measured vector y are shown, and
// costs what its own noise costs: if y is μ₁-GDP and the test's noise μ₂-GDP,
// then shown cohorts and y together are (ε, δ_G + δ)-DP for every (ε, δ_G) of
// the curve of μ² = μ₁² + μ₂². There is no factor e^ε on δ, as there would be
// if y itself were compared with τ. The proof:
//
// Let one data set have the company and the other not. A cohort with k
// companies with it, k−1 without it, is a boundary cohort; there are at most
// memberships of them. Every other cohort that the company is in has the same
// certain outcome on both sides, or at least k companies on both. Let With and
// Without be the output distributions when every boundary cohort is forced to
// be suppressed, in which case the noise of its test is used for nothing. What
// remains is y and the other tests, Gaussian mechanisms of joint parameter μ,
// so With and Without are (ε, δ_G)-close in both directions. The true output
// without the company is Without itself, since k−1 < k. The true output with
// it is, with probability 1−p, With, and otherwise something that shows a
// boundary cohort, where p ≤ memberships·(δ/memberships) = δ. The weight 1−p
// is exact because the noise of the boundary tests is independent of y and of
// the other tests. Write H_a(P‖Q) = sup_S (P(S) − a·Q(S)), so that (ε, δ)-DP
// is H_{e^ε} ≤ δ in both directions. From the side with the company,
//
//	H_a((1−p)·With + p·Rest ‖ Without) ≤ (1−p)·H_{a/(1−p)}(With ‖ Without) + p ≤ δ_G + δ,
//
// because H falls in a. From the other side the output with the company is at
// least (1−p)·With, and a ↦ H_a is convex with H_0 = 1, so at a·(1−p), between
// a and 0,
//
//	H_a(Without ‖ (1−p)·With) = H_{a(1−p)}(Without ‖ With) ≤ (1−p)·δ_G + p·1 ≤ δ_G + δ.
//
// Several tests of disjoint lists of cohorts, each with noise and a δ of its own, cost the sum of their
// μ² and of their δ: the proof is the same with all their boundary cohorts, whose tests of
// one list show one with a probability of at most the δ of that list.
//
// It needs three things of the code: noise that is drawn for the test alone,
// the charge of μ₂, and one draw for every cohort whatever the outcome.
type Threshold struct {
	k, memberships int
	noise          Gaussian
	tau            int64 // in companies/2²⁰
	delta          int64 // in units of 1e-18
}

// NewThreshold calibrates. k is the smallest number of companies of a cohort
// that may be shown, memberships is the largest number of cohorts that one
// company is in, mu and delta (in units of 1e-18) are the loss of the whole
// test. The error says which of them is out of range; delta/memberships must
// lie below a half, and above about 1e-18, where the sampler's support ends.
//
// Privacy: the vector of counts changes by at most √memberships in the L2 norm
// when one company joins or leaves; the sensitivity is that, scaled and
// rounded up. τ is computed from the tail of the integers that are drawn, with
// the standard deviation that the sampler uses.
func NewThreshold(k, memberships int, mu Mu, delta int64) (Threshold, error) {
	if k < 1 || k > math.MaxInt32 {
		return Threshold{}, errors.New("privacy: k must be at least 1")
	}
	if memberships < 1 || memberships > 1<<16 {
		return Threshold{}, errors.New("privacy: memberships must lie between 1 and 65536")
	}
	if delta < 1 || delta/int64(memberships) >= 5e17 {
		return Threshold{}, errors.New("privacy: δ over memberships must be positive and below a half")
	}
	noise, err := NewGaussian(ceilSqrt(int64(memberships)*thresholdScale*thresholdScale), mu)
	if err != nil {
		return Threshold{}, err
	}
	margin := marginFor(noise.sigma, delta, memberships)
	if float64(margin) > supportSigmas*noise.sigma {
		return Threshold{}, fmt.Errorf("privacy: δ = %.3g over %d memberships is smaller than the sampler can resolve",
			float64(delta)/1e18, memberships)
	}
	return Threshold{k: k, memberships: memberships, noise: noise, tau: int64(k)*thresholdScale + margin, delta: delta}, nil
}

// marginFor is the smallest integer z with P[Z ≥ z] ≤ delta/memberships for
// the rounded noise Z. A normal Y of the same σ is rounded half away from
// zero, so P[Z ≥ z] = P[Y ≥ z − ½] for z ≥ 1. The decision is exact: the
// upper bound of the tail is compared.
func marginFor(sigma float64, delta int64, memberships int) int64 {
	share := whole(delta).quo(whole(int64(memberships))).quo(whole(1e18)).lo
	deviation := exactly(sigma)
	limit := int64(16 * sigma)
	near := -stats.NormalQuantile(float64(delta) / 1e18 / float64(memberships))
	return firstTrue(int64(near*sigma), 1, limit, func(z int64) bool {
		x := whole(2*z - 1).scale(-1).quo(deviation)
		return upperTail(x).hi.Cmp(share) <= 0
	})
}

// exactly is a number as an interval.
func exactly(x float64) interval {
	exact := new(big.Float).SetFloat64(x)
	return interval{exact, exact}
}

// ceilSqrt is √n, rounded up.
func ceilSqrt(n int64) int64 {
	root := new(big.Int).Sqrt(big.NewInt(n)).Int64()
	if root*root < n {
		root++
	}
	return root
}

func (t Threshold) part() int64 { return t.delta }

// K is the number of companies below which no cohort is kept.
func (t Threshold) K() int { return t.k }

// Tau is the number of companies, noise included, from which on a cohort is
// kept. It is not an integer.
func (t Threshold) Tau() float64 { return float64(t.tau) / thresholdScale }

// Sigma is the standard deviation of the noise of the test, in companies.
func (t Threshold) Sigma() float64 { return t.noise.sigma / thresholdScale }

// Loss is what the whole test is charged, whatever the number of cohorts.
func (t Threshold) Loss() Loss { return Loss{MuSquared: t.noise.mu.Squared(), Delta: t.delta} }

// PassProbability is the chance that a cohort of n companies is kept: 0 below
// k, at most δ/memberships at k, a half near τ, to the accuracy of float64.
func (t Threshold) PassProbability(n int) float64 {
	if n < t.k {
		return 0
	}
	z := float64(t.tau-int64(n)*thresholdScale) - 0.5
	return stats.NormalTail(z / t.noise.sigma)
}
