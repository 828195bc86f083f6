package draw

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// of is the root of a rational number.
func of(num, den int64) root { return root{big.NewInt(num), big.NewInt(den)} }

// TestBracket: lo ≤ 2ᵇ·γ ≤ hi, against roots of 1000 bits, and the bracket is
// as wide as the number of irrational roots at most.
func TestBracket(t *testing.T) {
	exact := func(q root) *big.Float {
		x := new(big.Float).SetPrec(1000).SetInt(q.num)
		return x.Sqrt(x.Quo(x, new(big.Float).SetInt(q.den)))
	}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) root {
			num, den := rapid.Int64Min(0).Draw(t, name), rapid.Int64Range(1, 1<<40).Draw(t, name+" den")
			if rapid.Bool().Draw(t, name+" square") {
				num, den = num>>32, 1
				num *= num
			}
			return of(num, den)
		}
		g := exponent{plus: draw("plus"), minus: []root{draw("minus"), draw("other")}}
		b := uint(rapid.IntRange(0, 200).Draw(t, "bits"))
		lo, hi := g.bracket(b)
		gamma := exact(g.plus)
		for _, m := range g.minus {
			gamma.Sub(gamma, exact(m))
		}
		// The reference is off by less than 2⁻⁸⁰⁰ itself.
		slack := new(big.Float).SetMantExp(big.NewFloat(1), -800)
		scaled := func(n *big.Int) *big.Float {
			return new(big.Float).SetMantExp(new(big.Float).SetPrec(1000).SetInt(n), -int(b))
		}
		if low := scaled(lo); low.Sub(low, slack).Cmp(gamma) > 0 {
			t.Fatalf("γ is below %v/2^%d", lo, b)
		}
		if high := scaled(hi); high.Add(high, slack).Cmp(gamma) < 0 {
			t.Fatalf("γ is above %v/2^%d", hi, b)
		}
		if width := new(big.Int).Sub(hi, lo); width.Cmp(big.NewInt(3)) > 0 {
			t.Fatalf("the bracket is %v wide", width)
		}
	})
}

func TestBracketOfSquares(t *testing.T) {
	for name, c := range map[string]struct {
		g      exponent
		b      uint
		lo, hi int64
	}{
		"zero":              {exponent{plus: of(0, 7)}, 10, 0, 0},
		"integers":          {exponent{plus: of(49, 1), minus: []root{of(9, 1), of(4, 1)}}, 3, 16, 16},
		"fractions":         {exponent{plus: of(9, 4), minus: []root{of(1, 16)}}, 2, 5, 5},
		"too few bits":      {exponent{plus: of(9, 4), minus: []root{of(1, 16)}}, 1, 2, 3},
		"irrational":        {exponent{plus: of(2, 1)}, 4, 22, 23},                                   // 16√2 = 22.6
		"irrational, but 0": {exponent{plus: of(8, 1), minus: []root{of(2, 1), of(2, 1)}}, 4, -1, 2}, // 45.3 − 2·22.6
	} {
		lo, hi := c.g.bracket(c.b)
		if lo.Int64() != c.lo || hi.Int64() != c.hi {
			t.Errorf("%s: [%v, %v], want [%d, %d]", name, lo, hi, c.lo, c.hi)
		}
	}
}

// TestDecaysRoot: the frequency is exp(−γ), for exponents that are zero in
// plain sight, zero as a difference of irrational numbers, rational, and above
// 1; with refinement by one bit, where most comparisons are refined several
// times, and as it is used. It ends, although nothing decides equality.
func TestDecaysRoot(t *testing.T) {
	const n = 20_000
	for _, step := range []uint{1, 2, firstStep, 64} {
		for name, g := range map[string]exponent{
			"0":        {plus: of(0, 1)},
			"3-2-1":    {plus: of(9, 1), minus: []root{of(4, 1), of(1, 1)}},
			"√8-√2-√2": {plus: of(8, 1), minus: []root{of(2, 1), of(2, 1)}},
			"1/2":      {plus: of(1, 4)},
			"1":        {plus: of(1, 1)},
			"2":        {plus: of(4, 1)},
			"√2-1":     {plus: of(2, 1), minus: []root{of(1, 1)}},
			"√10":      {plus: of(10, 1)},
			"tiny":     {plus: of(1<<60+1, 1), minus: []root{of(1<<60, 1)}}, // 2⁻³¹
		} {
			r := Seeded(Seed(5)).random()
			r.step = step
			want := math.Sqrt(float64(g.plus.num.Int64()) / float64(g.plus.den.Int64()))
			for _, m := range g.minus {
				want -= math.Sqrt(float64(m.num.Int64()) / float64(m.den.Int64()))
			}
			hits := 0
			for range n {
				if r.decaysRoot(&g) {
					hits++
				}
			}
			checkShare(t, name, hits, n, math.Exp(-max(want, 0)))
		}
	}
}

// TestUnderRoot: a uniform number is below γ/m with probability γ/m, also where
// γ/m is a dyadic number, whose bits never end a comparison by being equal.
func TestUnderRoot(t *testing.T) {
	const n = 20_000
	r := Seeded(Seed(6)).random()
	r.step = 1
	for _, c := range []struct {
		g    exponent
		m    uint64
		want float64
	}{
		{exponent{plus: of(0, 1)}, 1, 0},
		{exponent{plus: of(1, 1)}, 1, 1},
		{exponent{plus: of(1, 4)}, 1, 0.5},
		{exponent{plus: of(1, 4)}, 2, 0.25},
		{exponent{plus: of(2, 1)}, 2, math.Sqrt2 / 2},
		{exponent{plus: of(2, 1), minus: []root{of(1, 1)}}, 3, (math.Sqrt2 - 1) / 3},
	} {
		hits := 0
		for range n {
			if r.underRoot(&c.g, c.m) {
				hits++
			}
		}
		checkShare(t, "below", hits, n, c.want)
	}
}
