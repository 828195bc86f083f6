package draw

import (
	"math"
	"testing"
)

func TestDecays(t *testing.T) {
	const n = 50_000
	r := Seeded(Seed(2)).random()
	for _, c := range []struct{ num, den uint64 }{
		{0, 1}, {1, 1}, {1, 2}, {1, 1000}, {999, 1000}, {1 << 62, 1<<63 - 1},
	} {
		hits := 0
		for range n {
			if r.decays(c.num, c.den) {
				hits++
			}
		}
		checkShare(t, "exp(−γ)", hits, n, math.Exp(-float64(c.num)/float64(c.den)))
	}
}

// TestLaplace: P(x) = (1 − q)/(1 + q)·q^|x| with q = exp(−rate/den), for every
// sign, for rates below and above 1.
func TestLaplace(t *testing.T) {
	const n = 60_000
	r := Seeded(Seed(3)).random()
	for _, c := range []struct{ rate, den uint64 }{{1, 1}, {1, 3}, {5, 2}, {2, 7}} {
		q := math.Exp(-float64(c.rate) / float64(c.den))
		counts := map[int64]int{}
		for range n {
			counts[r.laplace(c.rate, c.den).Int64()]++
		}
		for x := int64(-8); x <= 8; x++ {
			p := (1 - q) / (1 + q) * math.Pow(q, math.Abs(float64(x)))
			checkShare(t, "a Laplace integer", counts[x], n, p)
		}
	}
}

// TestLaplaceIsFine: with a scale of 2⁶²/1000 all residues of the noise occur
// alike, so nothing of a total shows in its last digits.
func TestLaplaceIsFine(t *testing.T) {
	const n = 20_000
	r := Seeded(Seed(4)).random()
	var residues [3]int
	large := 0
	for range n {
		x := r.laplace(1000, 1<<62).Int64()
		residues[(x%3+3)%3]++
		if x > 1<<62/1000 || x < -(1<<62/1000) {
			large++
		}
	}
	for _, hits := range residues {
		checkShare(t, "a residue", hits, n, 1./3)
	}
	checkShare(t, "beyond the scale", large, n, math.Exp(-1))
}
