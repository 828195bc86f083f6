package draw

import "math/big"

// root is the square root of a rational number that is not negative.
type root struct{ num, den *big.Int }

// floor is ⌊2ᵇ·√(num/den)⌋, and whether nothing was lost. The integer part
// suffices under the root: ⌊√x⌋ = ⌊√⌊x⌋⌋.
func (q root) floor(b uint) (f *big.Int, exact bool) {
	x, rest := new(big.Int).Lsh(q.num, 2*b), new(big.Int)
	x.QuoRem(x, q.den, rest)
	f = new(big.Int).Sqrt(x)
	return f, rest.Sign() == 0 && new(big.Int).Mul(f, f).Cmp(x) == 0
}

// exponent is a number γ = √plus − Σ √minus that is known not to be negative.
type exponent struct {
	plus  root
	minus []root

	bits   uint // the bracket that was computed last
	lo, hi *big.Int
}

// bracket encloses γ: lo ≤ 2ᵇ·γ ≤ hi. The two are no further apart than the
// number of roots that are irrational, so they close in as b grows, and they
// are equal if all roots are multiples of 2⁻ᵇ.
func (g *exponent) bracket(b uint) (lo, hi *big.Int) {
	if g.lo != nil && g.bits == b {
		return g.lo, g.hi
	}
	one := big.NewInt(1)
	lo, exact := g.plus.floor(b)
	hi = new(big.Int).Set(lo)
	if !exact {
		hi.Add(hi, one)
	}
	for _, m := range g.minus {
		f, exact := m.floor(b)
		hi.Sub(hi, f)
		lo.Sub(lo, f)
		if !exact {
			lo.Sub(lo, one)
		}
	}
	g.bits, g.lo, g.hi = b, lo, hi
	return lo, hi
}

// firstStep is the number of bits by which a comparison is refined until it is
// decided. One step is nearly always enough.
const firstStep = 32

// decaysRoot is true with probability exp(−γ): with an integer m ≥ γ it is the
// product of m draws with exp(−γ/m) each, which work like [random.decays].
// Here γ is at most about d√d times the largest count that [random.laplace]
// has counted up to, one by one, so m fits.
func (r *random) decaysRoot(g *exponent) bool {
	_, hi := g.bracket(r.step)
	m := new(big.Int).Rsh(hi, r.step).Uint64() + 1
	for range m {
		k := uint64(1)
		for r.underRoot(g, m) && r.below(k) == 0 {
			k++
		}
		if k%2 == 0 {
			return false
		}
	}
	return true
}

// underRoot is true with probability γ/m, for m ≥ γ: it compares a uniform real
// number x, of which it draws bits as they are needed, with γ/m. After b bits
// x is in [u, u+1)/2ᵇ, and γ in [lo, hi]/2ᵇ. If x is not γ/m, the comparison
// is decided as soon as both intervals, which shrink to their points, are
// narrow enough; x is γ/m with probability 0. No bracket ever has to decide
// whether two roots are equal.
func (r *random) underRoot(g *exponent, m uint64) bool {
	n, u := new(big.Int).SetUint64(m), new(big.Int)
	for b := r.step; ; b += r.step {
		u.Lsh(u, r.step)
		u.Or(u, new(big.Int).SetUint64(r.word()>>(64-r.step)))
		lo, hi := g.bracket(b)
		below := new(big.Int).Mul(u, n)
		if below.Cmp(hi) >= 0 {
			return false
		}
		if above := below.Add(below, n); above.Cmp(lo) <= 0 {
			return true
		}
	}
}
