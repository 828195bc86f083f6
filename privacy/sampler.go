package privacy

import (
	"math"
	"math/big"

	"maturitybench/stats"
)

// SamplerDelta is the least δ part that a publication with Gaussian noise pays for
// the approximation of the sampler: 2⁻³⁸, rounded up, in units of 1e-18. A loss
// of more than about μ = 1.74, as at ε = 9, pays more: see [SamplerCharge]
// for the argument.
const SamplerDelta int64 = 3_637_979

// MaxNumbers is the largest number of noisy numbers of a publication with
// Gaussian noise, those of pilot, test and main vector together. The built-in
// instrument with two attributes has some 3000.
const MaxNumbers = 100_000

const (
	// samplerBase is what arithmetic, zero and the ends of all numbers but one
	// cost; samplerBaseSmall is that of more than fewNumbers with a loss below
	// smallMu.
	samplerBase      = 2_900_000
	samplerBaseSmall = 268_000_000
	smallMu          = 11_000 // μ = 0.011
	fewNumbers       = 1000
)

// samplerEnd is a distance, in standard deviations, that every draw may have:
// nothing is drawn beyond √(2·ln 2⁵⁶) = 8.8109.
const samplerEnd = 881 // in hundredths

// SamplerCharge is the δ, in units of 1e-18, that the approximation of the sampler
// takes from a publication of joint μ², in units of 1e-12, and of so many noisy
// numbers, at most [MaxNumbers]. With 4μ² it is that for telling two answer sheets
// apart, and with m²μ² that for m companies, whose totals are 2R and m·R apart.
//
// The argument is about what version 3.0.0 of Google's module draws (its own, in
// Secure Noise Generation, 2020, goes through the binomial distribution).
// Rejection leaves integers m with probabilities in proportion to exp(−2m²/n), a
// factor that does not depend on m aside, for |m| ≤ √n·√(ln(√n)/2), where 2⁵⁶ <
// √n ≤ 2⁵⁷. They are scaled by a power of two to the standard deviation σ exactly,
// and rounded to integers. Against a normal number rounded to integers, for which
// the theorem holds, there are three differences; d is the number of numbers, S an
// event that tells the company, and P(S) its probability with the company.
//
//   - Arithmetic. A float64 has u = 2⁻⁵³. The exponent takes five roundings, the
//     exponential is taken to be right to one unit in the last place, and the rest,
//     with the uniform number that it is compared with, costs seven u, so that a
//     probability is off by a factor within 1 ± (5z²/2 + 7)·u at z standard
//     deviations, and another 1e-15 for the sum of all (sums of exp(−2m²/n) in
//     place of integrals differ by less than 2⁻⁵⁰). The squares of d normal numbers
//     add up to 2d + 160 at most, up to a probability of e⁻⁶⁰, and seen from
//     without the company to less than twice that. On both sides together the
//     factor is within 1 ± 5.3e-10 for d = 100,000, which adds as much times P(S)
//     to δ. P(S) = Φ(μ/2 − ε/μ) is below 0.003 from μ = 0.011 on where δ is at most
//     1e-5, and below a half anyway: 1.6e-12, or 2.65e-10 for smaller μ; of 1000 numbers it is
//     2.7e-12 for any μ.
//   - Zero. Halves are rounded away from zero, so zero gets one point of the grid
//     less than any other integer, a part of 2σ/√n. On S the company makes an
//     outcome e^ε times as likely, so what is lost there is paid in its
//     probability with the company, at most 1/(σ√(2π)) a number:
//     d·√(2/π)·2⁻⁵⁶ = d·1.1e-17 = 1.1e-12.
//   - The ends. Nothing is drawn beyond T = √(2·ln √n) ≥ 8.81 standard deviations,
//     so a number that the company moves by μᵢ standard deviations may have a value
//     that is impossible without it: with a probability of at most g(μᵢ²), where
//     g(x) = Φ(√x − T) + Φ(−√x − T). What lies inside of both ranges has the
//     probabilities of the theorem up to the same factor on both sides. As g is
//     convex for √x up to 8.69, its derivative being in proportion to e^(−x/2)·
//     sinh(T√x)/√x, the sum over numbers with Σ μᵢ² ≤ μ² is largest where one number
//     has it all: Φ(μ − T) + Φ(−μ − T) + (d−1)·2Φ(−T), the latter 1.3e-13.
//
// Assumed is that crypto/rand gives independent fair bits, that float64 is
// IEEE 754, and that [math.Exp] is right to one unit in the last place.
func SamplerCharge(muSquared int64, numbers int) int64 {
	return samplerCharges.at(samplerLoss{muSquared, numbers > fewNumbers})
}

// samplerLoss is what a charge for the sampler depends on.
type samplerLoss struct {
	muSquared int64
	many      bool // numbers, more than fewNumbers
}

// samplerCharges are those asked for last: one takes a millisecond of big floats, and a
// plan, its ledger and its draws ask for the same few again and again.
var samplerCharges = remembered[samplerLoss, int64]{value: samplerLoss.charge, most: 1 << 10}

func (l samplerLoss) charge() int64 {
	if l.muSquared == 0 {
		return 0
	}
	base := int64(samplerBase)
	if l.muSquared < smallMu*smallMu && l.many {
		base = samplerBaseSmall
	}
	mu := whole(l.muSquared).sqrt().quo(whole(1_000_000))
	distance := whole(samplerEnd).quo(whole(100)).sub(mu)
	if distance.lo.Sign() <= 0 {
		return 1e18
	}
	end := up().Mul(upperTail(distance).hi, up().SetInt64(1e18))
	units, _ := end.Int64() // at most 5e17
	return max(SamplerDelta, base+units+1)
}

// samplerMore is what a loss of factor²·μ² pays for the sampler beyond what one
// of μ² has paid at least.
func samplerMore(muSquared, factor int64) int64 {
	square := times(muSquared, factor*factor)
	if muSquared == 0 {
		return 0
	}
	if square == math.MaxInt64 {
		return 1e18
	}
	return max(SamplerCharge(square, MaxNumbers), SamplerCharge(muSquared, MaxNumbers)) - SamplerDelta
}

// gaussianFor is the largest μ whose (epsilon, delta), the latter after the charge
// for the sampler, fits, and that charge. Epsilon and delta are in units of 1e-9
// and 1e-18.
func gaussianFor(epsilon, delta int64) (mu Mu, charge int64) {
	mu = gaussianMu(epsilon, delta-SamplerDelta)
	if SamplerCharge(mu.Squared(), MaxNumbers) > SamplerDelta {
		e, d := float64(epsilon)/1e9, float64(delta)/1e18
		near := guess(mu.Float(), func(mu float64) bool {
			return floatDelta(mu, e)+stats.NormalTail(0.01*samplerEnd-mu)+1e-18*samplerBase > d
		})
		mu = Mu(firstTrue(int64(near*1e6), 1, int64(mu)+1, func(n int64) bool {
			square := Mu(n).Squared()
			left := delta - SamplerCharge(square, MaxNumbers)
			return left <= 0 || !deltaWithin(square, epsilon, left)
		})) - 1
	}
	return mu, max(SamplerDelta, SamplerCharge(mu.Squared(), MaxNumbers))
}

// deltaOf is units of 1e-18 as a number, rounded up at the third digit.
func deltaOf(units int64) float64 {
	step := int64(1)
	for units/step >= 1000 {
		step *= 10
	}
	n := new(big.Int).SetInt64(units)
	n.Add(n, big.NewInt(step-1)).Quo(n, big.NewInt(step)).Mul(n, big.NewInt(step))
	return fromUnits(n.Int64(), deltaDigits)
}
