package privacy

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// point is an interval that holds one float64.
func point(x float64) interval {
	return interval{down().SetFloat64(x), up().SetFloat64(x)}
}

// width is the relative width of an interval, as a binary exponent.
func width(a interval) int {
	if a.lo.Cmp(a.hi) == 0 {
		return math.MinInt
	}
	gap := new(big.Float).Sub(a.hi, a.lo)
	return gap.Quo(gap, a.hi).MantExp(nil)
}

func contains(a interval, x *big.Float) bool { return a.lo.Cmp(x) <= 0 && x.Cmp(a.hi) <= 0 }

// arctan of 1/n to 2⁻⁴⁰⁰ in rationals, by Gregory's series.
func arctan(n int64) *big.Rat {
	sum, power := new(big.Rat), big.NewRat(1, n)
	square := big.NewRat(1, n*n)
	for k := int64(1); power.Denom().BitLen() < 400; k += 2 {
		term := new(big.Rat).Mul(power, big.NewRat(1, k))
		if k%4 == 3 {
			term.Neg(term)
		}
		sum.Add(sum, term)
		power.Mul(power, square)
	}
	return sum
}

// TestRootTwoPi squares the constant and compares it with Machin's formula
// π = 16·arctan(1/5) − 4·arctan(1/239).
func TestRootTwoPi(t *testing.T) {
	pi := new(big.Rat).Mul(big.NewRat(16, 1), arctan(5))
	pi.Sub(pi, new(big.Rat).Mul(big.NewRat(4, 1), arctan(239)))
	twoPi := new(big.Float).SetPrec(390).SetRat(pi.Add(pi, pi))
	square := rootTwoPi().mul(rootTwoPi())
	if !contains(square, twoPi) {
		t.Errorf("√(2π)² = [%v, %v] does not hold 2π = %v", square.lo, square.hi, twoPi)
	}
	if w := width(square); w > 8-precision {
		t.Errorf("√(2π)² is 2^%d wide", w)
	}
}

func TestExp(t *testing.T) {
	// e, from Σ 1/k! in rationals; the remainder after 1/80! is below 2⁻³⁹⁰.
	e, term := big.NewRat(1, 1), big.NewRat(1, 1)
	for k := int64(1); k <= 80; k++ {
		e.Add(e, term.Mul(term, big.NewRat(1, k)))
	}
	one := whole(1).exp()
	if !contains(one, new(big.Float).SetPrec(385).SetRat(e)) || width(one) > 24-precision {
		t.Errorf("e¹ = [%v, %v]", one.lo, one.hi)
	}
	if zero := whole(0).exp(); !contains(zero, big.NewFloat(1)) || width(zero) > 8-precision {
		t.Errorf("e⁰ = [%v, %v]", zero.lo, zero.hi)
	}
	// e²⁸ by repeated products of e, at the end of the range of float64 exp.
	product := whole(1)
	for range 28 {
		product = product.mul(one)
	}
	if got := whole(28).exp(); got.hi.Cmp(product.lo) < 0 || product.hi.Cmp(got.lo) < 0 || width(got) > 32-precision {
		t.Errorf("e²⁸ = [%v, %v], product [%v, %v]", got.lo, got.hi, product.lo, product.hi)
	}
}

// TestIntervalEncloses checks the direction of every rounding on random
// rationals, against exact arithmetic.
func TestIntervalEncloses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := big.NewRat(rapid.Int64Range(1, 1<<40).Draw(t, "a"), rapid.Int64Range(1, 1<<40).Draw(t, "b"))
		b := big.NewRat(rapid.Int64Range(1, 1<<40).Draw(t, "c"), rapid.Int64Range(1, 1<<40).Draw(t, "d"))
		x, y := fraction(a), fraction(b)
		for name, pair := range map[string]struct {
			got  interval
			want *big.Rat
		}{
			"sum":        {x.add(y), new(big.Rat).Add(a, b)},
			"difference": {x.sub(y), new(big.Rat).Sub(a, b)},
			"product":    {x.mul(y), new(big.Rat).Mul(a, b)},
			"quotient":   {x.quo(y), new(big.Rat).Quo(a, b)},
			"negative":   {x.neg(), new(big.Rat).Neg(a)},
			"scaled":     {x.scale(-3), new(big.Rat).Mul(a, big.NewRat(1, 8))},
		} {
			lo, _ := pair.got.lo.Rat(nil)
			hi, _ := pair.got.hi.Rat(nil)
			if lo.Cmp(pair.want) > 0 || hi.Cmp(pair.want) < 0 {
				t.Errorf("%s of %v and %v is outside of its interval", name, a, b)
			}
		}
		n := rapid.Int64Range(1, math.MaxInt64).Draw(t, "n")
		root := whole(n).sqrt()
		lo, _ := root.lo.Rat(nil)
		hi, _ := root.hi.Rat(nil)
		square := new(big.Rat).SetInt64(n)
		if lo.Mul(lo, lo).Cmp(square) > 0 || hi.Mul(hi, hi).Cmp(square) < 0 || width(root) > 8-precision {
			t.Errorf("√%d is outside of its interval, or that is wide", n)
		}
	})
}

func fraction(r *big.Rat) interval { return interval{down().SetRat(r), up().SetRat(r)} }
