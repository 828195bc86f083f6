package encode

import (
	"math"
	"math/bits"
)

// Fixed-point units. Every number of the encoding is an integer; these say
// how many of them make one.
const (
	scoreUnit = 1 << 13 // one level of a score, and λ = 1 of a small panel
	clipUnit  = 1 << 10 // the factor 1 of a tier
	shapeUnit = 1 << 3  // the centre of a shape polynomial
	cdfUnit   = 1 << 4  // the centre of a distribution function
)

// Sensitivity is the bound R on the Euclidean norm of every encoded
// response. It is the largest value for which the tally of fewer than 2³¹
// companies stays below 2⁶¹ and so leaves room for the noise in an int64.
const Sensitivity int64 = 1 << 30

// Squared norms are compared in units of 2²⁰, always rounded up, against
// budget = R²/2²⁰.
const (
	normShift        = 20
	budget    uint64 = 1 << (60 - normShift)
)

// mulShiftUp is ⌈x·y/2^shift⌉ for shift in 1..63, saturating.
func mulShiftUp(x, y uint64, shift uint) uint64 {
	hi, lo := bits.Mul64(x, y)
	lo, carry := bits.Add64(lo, 1<<shift-1, 0)
	hi += carry
	if hi>>shift != 0 {
		return math.MaxUint64
	}
	return hi<<(64-shift) | lo>>shift
}

// addUp is x + y, saturating.
func addUp(x, y uint64) uint64 {
	s, carry := bits.Add64(x, y, 0)
	if carry != 0 {
		return math.MaxUint64
	}
	return s
}

// squareUp is x², saturating.
func squareUp(x int64) uint64 {
	size := uint64(max(x, -x))
	hi, lo := bits.Mul64(size, size)
	if hi != 0 {
		return math.MaxUint64
	}
	return lo
}

// divRound is x/y to the nearest integer for y > 0, halves away from zero.
func divRound(x, y int64) int64 {
	if x < 0 {
		return -((-2*x + y) / (2 * y))
	}
	return (2*x + y) / (2 * y)
}

// round is the nearest integer of a public real number.
func round(x float64) int64 { return int64(math.Round(x)) }

func squared(x int64) uint64 { return uint64(x * x) }

// reciprocals are 2⁶⁴/(2y), rounded up, for y up to most: x/(2y) is then the
// upper half of the product for x·2y < 2⁶⁴ (Granlund & Montgomery, Division by
// Invariant Integers using Multiplication, 1994).
func reciprocals(most int) []uint64 {
	r := make([]uint64, most+1)
	for y := 1; y <= most; y++ {
		hi, rest := bits.Div64(1, 0, uint64(2*y))
		if rest > 0 {
			hi++
		}
		r[y] = hi
	}
	return r
}
