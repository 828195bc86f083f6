package model

import "math"

// Polynomials returns the discrete Chebyshev (Gram) polynomials P_0..P_{n−1}
// on the levels 0..n−1, as integers in lowest terms: row k holds P_k. They are
// orthogonal under equal weights and positive at the last level.
//
//	P_k(x) ∝ Σ_i (−1)^{k−i} C(k+i, k) C(n−1−i, k−i) C(x, i)
//
// (Szegő, Orthogonal Polynomials, §2.8; DLMF §18.19 as Hahn polynomials with
// α = β = 0.) Exact in int64 for up to 20 levels.
func Polynomials(levels int) [][]int64 {
	rows := make([][]int64, levels)
	for k := range rows {
		row := make([]int64, levels)
		var divisor int64
		for x := range row {
			for i := range k + 1 {
				term := binomial(k+i, k) * binomial(levels-1-i, k-i) * binomial(x, i)
				if (k-i)%2 == 1 {
					term = -term
				}
				row[x] += term
			}
			divisor = gcd(divisor, row[x])
		}
		for x := range row {
			row[x] /= divisor
		}
		rows[k] = row
	}
	return rows
}

// Orthonormal returns the polynomials of [Polynomials], each divided by its
// norm: an orthonormal basis of functions of the level.
func Orthonormal(levels int) [][]float64 {
	rows := make([][]float64, levels)
	for k, p := range Polynomials(levels) {
		var square int64
		for _, v := range p {
			square += v * v
		}
		rows[k] = make([]float64, levels)
		for x, v := range p {
			rows[k][x] = float64(v) / math.Sqrt(float64(square))
		}
	}
	return rows
}

// Helmert returns k−1 orthonormal rows of length k, each summing to zero
// (Helmert's matrix without its constant row): row i compares value i+1 with
// the mean of the values before it. Every column has squared norm 1 − 1/k.
func Helmert(k int) [][]float64 {
	rows := make([][]float64, max(k-1, 0))
	for i := range rows {
		before := float64(i + 1)
		rows[i] = make([]float64, k)
		for v := range i + 1 {
			rows[i][v] = -1 / math.Sqrt(before*(before+1))
		}
		rows[i][i+1] = before / math.Sqrt(before*(before+1))
	}
	return rows
}

// binomial is n choose k, 0 where k is outside 0..n.
func binomial(n, k int) int64 {
	if k < 0 || k > n {
		return 0
	}
	c := int64(1)
	for i := 1; i <= k; i++ {
		c = c * int64(n-k+i) / int64(i)
	}
	return c
}

// gcd is the greatest common divisor, not negative; gcd(0, b) is |b|.
func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}
