package stats

import (
	"cmp"
	"math/big"
	"slices"
)

// PolynomialsOn returns the discrete orthogonal polynomials P_0..P_{n−1} under equal
// weights on n points, as integers: row k holds the values of P_k, which has degree k
// and is positive at the last point (or rounded to 0 there). On points that are equally far apart they are
// [GramPolynomials]. In lowest terms their values may be very large: a row with a value
// beyond most is scaled to that largest value and rounded, in such a way that the values
// of every row but the first still sum to 0. It is computed in rational numbers, and so the same
// everywhere.
//
// It panics if the points do not ascend or most is less than 1.
func PolynomialsOn(points []int64, most int64) [][]int64 {
	if most < 1 {
		panic("stats: polynomials without values")
	}
	n := len(points)
	rows := make([][]int64, n)
	x, before, now := make([]*big.Rat, n), make([]*big.Rat, n), make([]*big.Rat, n)
	for i, p := range points {
		if i > 0 && p <= points[i-1] {
			panic("stats: points that do not ascend")
		}
		x[i], before[i], now[i] = big.NewRat(p, 1), new(big.Rat), big.NewRat(1, 1)
	}
	last := big.NewRat(1, 1) // squared norm of before
	for k := range rows {
		rows[k] = wholeRow(now, most)
		// The three-term recurrence of Stieltjes: P_{k+1} = (x − a)·P_k − b·P_{k−1}.
		square, first := new(big.Rat), new(big.Rat)
		for i, v := range now {
			vv := new(big.Rat).Mul(v, v)
			square.Add(square, vv)
			first.Add(first, vv.Mul(vv, x[i]))
		}
		if square.Sign() == 0 {
			break // P_n is zero on all points
		}
		a, b := first.Quo(first, square), new(big.Rat).Quo(square, last)
		next := make([]*big.Rat, n)
		for i, v := range now {
			next[i] = new(big.Rat).Sub(x[i], a)
			next[i].Mul(next[i], v)
			if k > 0 {
				next[i].Sub(next[i], new(big.Rat).Mul(b, before[i]))
			}
		}
		before, now, last = now, next, square
	}
	return rows
}

// wholeRow is a multiple of a row in integers of at most most.
func wholeRow(row []*big.Rat, most int64) []int64 {
	common, divisor := big.NewInt(1), new(big.Int)
	for _, v := range row {
		d := v.Denom()
		common.Mul(common, new(big.Int).Quo(d, new(big.Int).GCD(nil, nil, common, d)))
	}
	whole, largest := make([]*big.Int, len(row)), new(big.Int)
	for i, v := range row {
		whole[i] = new(big.Int).Mul(v.Num(), new(big.Int).Quo(common, v.Denom()))
		size := new(big.Int).Abs(whole[i])
		divisor.GCD(nil, nil, divisor, size)
		if size.Cmp(largest) > 0 {
			largest = size
		}
	}
	out := make([]int64, len(row))
	if new(big.Int).Quo(largest, divisor).Cmp(big.NewInt(most)) <= 0 {
		for i, v := range whole {
			out[i] = new(big.Int).Quo(v, divisor).Int64()
		}
		return out
	}
	// Rounded down, and the largest fractions up, so many that the sum stays 0.
	type part struct {
		at   int
		rest *big.Int
	}
	var parts []part
	sum := int64(0)
	for i, v := range whole {
		floor, rest := new(big.Int).DivMod(new(big.Int).Mul(v, big.NewInt(most)), largest, new(big.Int))
		out[i] = floor.Int64()
		sum += out[i]
		parts = append(parts, part{i, rest})
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Or(b.rest.Cmp(a.rest), cmp.Compare(a.at, b.at)) })
	for _, p := range parts[:-sum] {
		out[p.at]++
	}
	return out
}
