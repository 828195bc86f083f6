package draw

import "math/big"

// decays is true with probability exp(−num/den), for 0 ≤ num ≤ den and den ≥ 1
// (Canonne, Kamath & Steinke, The Discrete Gaussian for Differential Privacy,
// 2020, Algorithm 1): the number of successes in a row of Bernoulli(γ/k),
// k = 1, 2, …, is at least n with probability γⁿ/n!, so it is even with
// probability Σ (−γ)ⁿ/n! = exp(−γ). Bernoulli(num/(den·k)) is drawn as the
// product of two, so that nothing overflows.
func (r *random) decays(num, den uint64) bool {
	k := uint64(1)
	for r.below(den) < num && r.below(k) == 0 {
		k++
	}
	return k%2 == 1
}

// laplace is a discrete Laplace integer, P(x) ∝ exp(−|x|·rate/den), for rate
// and den ≥ 1 (Canonne, Kamath & Steinke, 2020, Algorithm 2): u + den·n is
// geometric, P ∝ exp(−(u + den·n)/den), its quotient by rate is geometric with
// exp(−rate/den), and zero has one sign only.
func (r *random) laplace(rate, den uint64) *big.Int {
	for {
		u := r.below(den)
		if !r.decays(u, den) {
			continue
		}
		n := uint64(0)
		for r.decays(1, 1) {
			n++
		}
		x := new(big.Int).SetUint64(n)
		x.Mul(x, new(big.Int).SetUint64(den))
		x.Add(x, new(big.Int).SetUint64(u))
		x.Quo(x, new(big.Int).SetUint64(rate))
		if r.below(2) == 0 {
			return x
		}
		if x.Sign() != 0 {
			return x.Neg(x)
		}
	}
}
