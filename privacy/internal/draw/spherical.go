package draw

import "math/big"

// Spherical is the distribution on vectors of integers with P(v) ∝
// exp(−(rate/unit)·‖v‖₂). It is drawn exactly, with integer arithmetic only.
//
// A vector of d coordinates is put together from blocks: a block w of m
// coordinates has P(w) ∝ exp(−ρ(m)·‖w‖), where
//
//	ρ(d) = rate/unit and ρ(m) = a·√m for m < d, with a = rate/leaf
//
// and leaf is the smallest integer ≥ unit·√d, so that a is a rational number,
// a ≤ ρ(d)/√d, and hardly less. A block of one coordinate is a discrete
// Laplace integer of rate ρ(1). A longer one joins two blocks x and y, of k
// and l coordinates, k + l = m, which are drawn anew until they are accepted,
// with probability
//
//	exp(−γ), γ = ρ(m)·‖w‖ − ρ(k)·‖x‖ − ρ(l)·‖y‖, ‖w‖² = ‖x‖² + ‖y‖².
//
// Then w = (x, y) has the weight exp(−ρ(k)·‖x‖ − ρ(l)·‖y‖ − γ), which is the
// one that is wanted. γ is not negative: by the inequality of Cauchy and
// Schwarz √k·‖x‖ + √l·‖y‖ ≤ √m·‖w‖, and a·√m ≤ ρ(m).
//
// Of d Laplace integers that are drawn at once about √2·0.76ᵈ would be
// accepted, 0.35 for d = 5 and 3·10⁻⁸ for d = 64. Of two halves about 1/√2 are,
// so the expected number of Laplace integers grows like d·√d.
type Spherical struct {
	dimensions       int
	rate, unit, leaf uint64
}

// NewSpherical is the distribution in dimensions ≥ 1 coordinates, for rate and
// unit ≥ 1 with unit·√dimensions < 2⁶⁴ − 1.
func NewSpherical(rate, unit uint64, dimensions int) Spherical {
	square := squared(unit)
	square.Mul(square, big.NewInt(int64(dimensions)))
	leaf := new(big.Int).Sqrt(square)
	if new(big.Int).Mul(leaf, leaf).Cmp(square) < 0 {
		leaf.Add(leaf, big.NewInt(1))
	}
	return Spherical{dimensions: dimensions, rate: rate, unit: unit, leaf: leaf.Uint64()}
}

// Spherical is a fresh vector. The number of random bits that it takes, and
// the time, depend on the noise, never on what the noise is added to.
func (s Source) Spherical(p Spherical) []*big.Int {
	r := s.random()
	defer r.forget()
	v := make([]*big.Int, p.dimensions)
	r.block(p, v)
	return v
}

// block fills v and returns ‖v‖².
func (r *random) block(p Spherical, v []*big.Int) *big.Int {
	if len(v) == 1 {
		v[0] = r.laplace(p.rate, p.leaf)
		return new(big.Int).Mul(v[0], v[0])
	}
	for {
		if square, accepted := r.join(p, v); accepted {
			return square
		}
	}
}

// join draws two halves of v and decides whether they are accepted; square is
// ‖v‖².
func (r *random) join(p Spherical, v []*big.Int) (square *big.Int, accepted bool) {
	k, l := len(v)/2, len(v)-len(v)/2
	x, y := r.block(p, v[:k]), r.block(p, v[k:])
	square = new(big.Int).Add(x, y)
	return square, r.decaysRoot(&exponent{
		plus:  p.weight(len(v), square),
		minus: []root{p.weight(k, x), p.weight(l, y)},
	})
}

// weight is ρ(m)·‖w‖ for a block w of m coordinates with ‖w‖² = square.
func (p Spherical) weight(m int, square *big.Int) root {
	num, den := squared(p.rate), squared(p.unit)
	if m < p.dimensions {
		num.Mul(num, big.NewInt(int64(m)))
		den = squared(p.leaf)
	}
	return root{num.Mul(num, square), den}
}

func squared(x uint64) *big.Int {
	n := new(big.Int).SetUint64(x)
	return n.Mul(n, n)
}
