package privacy

import "math/big"

// precision is the number of mantissa bits of every interval bound. The
// formulas of this package lose fewer than 80 of them for every loss that a
// ledger can hold, which leaves far more than the 40 bits of 1e-12.
const precision = 320

// An interval holds a real number that is known to lie between two bounds.
// Every operation rounds the lower bound down and the upper bound up, so a
// comparison with a bound is a proof, not an approximation. Operands of mul
// and quo must not be negative.
type interval struct{ lo, hi *big.Float }

func down() *big.Float {
	return new(big.Float).SetPrec(precision).SetMode(big.ToNegativeInf)
}

func up() *big.Float {
	return new(big.Float).SetPrec(precision).SetMode(big.ToPositiveInf)
}

// whole is the interval of one integer; every int64 is exact.
func whole(n int64) interval { return interval{down().SetInt64(n), up().SetInt64(n)} }

func (a interval) add(b interval) interval {
	return interval{down().Add(a.lo, b.lo), up().Add(a.hi, b.hi)}
}

func (a interval) sub(b interval) interval {
	return interval{down().Sub(a.lo, b.hi), up().Sub(a.hi, b.lo)}
}

func (a interval) mul(b interval) interval {
	return interval{down().Mul(a.lo, b.lo), up().Mul(a.hi, b.hi)}
}

func (a interval) quo(b interval) interval {
	return interval{down().Quo(a.lo, b.hi), up().Quo(a.hi, b.lo)}
}

// scale is a·2ᵉ, which is exact.
func (a interval) scale(e int) interval {
	return interval{down().SetMantExp(a.lo, e), up().SetMantExp(a.hi, e)}
}

// neg is −a.
func (a interval) neg() interval { return interval{down().Neg(a.hi), up().Neg(a.lo)} }

// sqrt is the square root of a ≥ 1: an integer square root of a·4ᵖ, rounded
// down, and one unit more.
func (a interval) sqrt() interval {
	root := func(x *big.Float) *big.Int {
		n, _ := new(big.Float).SetMantExp(x, 2*precision).Int(nil)
		return n.Sqrt(n)
	}
	hi := root(a.hi)
	hi.Add(hi, big.NewInt(1))
	lo := interval{down().SetInt(root(a.lo)), up().SetInt(hi)}
	return lo.scale(-precision)
}

// exp is eᵃ for 0 ≤ a < 2²⁹: the Taylor series of a/2ᵐ < 2⁻⁸, squared m
// times. Every term is below 2⁻⁸ of the one before, so all the terms left
// out together are below the last one taken.
func (a interval) exp() interval {
	m := max(a.hi.MantExp(nil), -8) + 8
	y := a.scale(-m)
	sum, term := whole(1), whole(1)
	for k := int64(1); ; k++ {
		term = term.mul(y).quo(whole(k))
		sum = sum.add(term)
		if term.hi.Sign() == 0 || term.hi.MantExp(nil) < -precision {
			break
		}
	}
	sum.hi.Add(sum.hi, term.hi)
	for range m {
		sum = sum.mul(sum)
	}
	return sum
}
