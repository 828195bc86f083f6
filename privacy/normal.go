package privacy

import (
	"math/big"
	"sync"
)

// The normal distribution of this file is not that of package stats: it is
// computed in intervals of big floats that enclose the truth, because a loss must
// never be rounded down. What only starts a search takes package stats.

// rootTwoPi encloses √(2π), from the first hundred and ten decimals of π.
var rootTwoPi = sync.OnceValue(func() interval {
	const digits = "3." +
		"14159265358979323846264338327950288419716939937510" +
		"58209749445923078164062862089986280348253421170679" +
		"8214808651"
	lo, _ := down().SetString(digits)
	hi, _ := up().SetString(digits)
	unit, _ := up().SetString("1e-110")
	hi.Add(hi, unit)
	return interval{lo, hi}.scale(1).sqrt()
})

// density is φ(x) = exp(−x²/2)/√(2π) for 0 ≤ x < 2¹⁵.
func density(x interval) interval {
	return whole(1).quo(rootTwoPi().mul(x.mul(x).scale(-1).exp()))
}

// mills is the Mills ratio (1 − Φ(x))/φ(x) for x ≥ 0.
func mills(x interval) interval {
	if x.lo.Cmp(big.NewFloat(6)) < 0 {
		return millsSeries(x)
	}
	return millsFraction(x)
}

// millsSeries takes 1 − Φ(x) = ½ − φ(x)·Σ x²ⁿ⁺¹/(2n+1)‼ (Abramowitz & Stegun
// 26.2.11), whose terms are all positive. From n = x² on a term is at most
// half of the one before, so all the terms left out together are at most the
// last one taken. The subtraction costs about x²/2 nats: 26 bits at x = 6.
func millsSeries(x interval) interval {
	square := x.mul(x)
	sum, term := x, x
	for n := int64(1); ; n++ {
		term = term.mul(square).quo(whole(2*n + 1))
		sum = sum.add(term)
		settled := term.hi.Sign() == 0 || term.hi.MantExp(nil) < sum.hi.MantExp(nil)-precision
		if settled && square.hi.Cmp(big.NewFloat(float64(n))) <= 0 {
			break
		}
	}
	sum = interval{sum.lo, up().Add(sum.hi, term.hi)}
	half := rootTwoPi().mul(square.scale(-1).exp()).scale(-1)
	return half.sub(sum)
}

// millsFraction takes Laplace's continued fraction 1/(x + 1/(x + 2/(x + …)))
// (Abramowitz & Stegun 26.2.14) for x ≥ 6. Its tails t = x + k/t' are ratios
// of successive repeated integrals of the upper tail, hence positive, hence
// at least x; so the first tail left out lies between x and x + k/x, and the
// evaluation from there encloses the truth whatever the number of steps. 200
// steps leave a relative width below 2⁻²⁰⁰ at x = 6, and less above.
func millsFraction(x interval) interval {
	const steps = 200
	tail := interval{x.lo, up().Add(x.hi, up().Quo(whole(steps+1).hi, x.lo))}
	for k := int64(steps); k >= 1; k-- {
		tail = x.add(whole(k).quo(tail))
	}
	return whole(1).quo(tail)
}

// upperTail is P[N(0,1) ≥ x] for 0 ≤ x < 2¹⁵.
func upperTail(x interval) interval { return density(x).mul(mills(x)) }

// gaussianDelta is the smallest δ such that a μ-GDP mechanism is (ε,δ)-DP:
//
//	δ = Φ(μ/2 − ε/μ) − e^ε·Φ(−μ/2 − ε/μ)
//
// (Balle & Wang, Improving the Gaussian Mechanism, 2018, Theorem 8; Dong,
// Roth & Su, Gaussian Differential Privacy, 2022, Corollary 2.13), with
// μ² in units of 1e-12 and ε in units of 1e-9. Since e^ε·φ(μ/2 + ε/μ) =
// φ(μ/2 − ε/μ), one density and two Mills ratios are enough, and neither
// factor overflows. muSquared and epsilon are not negative.
func gaussianDelta(muSquared, epsilon int64) interval {
	if muSquared == 0 {
		return whole(0)
	}
	mu := whole(muSquared).sqrt().quo(whole(1_000_000))
	half := mu.scale(-1)
	ratio := whole(epsilon).quo(whole(1_000_000_000)).quo(mu)
	minus, plus := half.sub(ratio), half.add(ratio)

	var distance, cdf interval // |μ/2 − ε/μ| and Φ(μ/2 − ε/μ)
	switch {
	case minus.hi.Sign() <= 0:
		distance = minus.neg()
		if distance.lo.Cmp(big.NewFloat(1<<14)) >= 0 {
			// δ ≤ 1 − Φ(x) ≤ exp(−x²/2) at x = 2¹⁴: zero for every purpose.
			return interval{down(), whole(1).quo(whole(1 << 27).exp()).hi}
		}
		cdf = upperTail(distance)
	case minus.lo.Sign() >= 0:
		distance = minus
		cdf = whole(1).sub(upperTail(distance))
	default: // zero up to rounding: φ < 1, so Φ is within |x| of ½
		width := minus.hi
		if w := up().Neg(minus.lo); w.Cmp(width) > 0 {
			width = w
		}
		distance = interval{down(), width}
		cdf = whole(1).scale(-1)
		cdf = cdf.add(interval{down().Neg(width), width})
	}
	return cdf.sub(density(distance).mul(mills(plus)))
}
