package stats

import "math"

// GramPolynomials returns the discrete Chebyshev (Gram) polynomials P_0..P_{n−1}
// on the levels 0..n−1, as integers in lowest terms: row k holds the values of
// P_k, which has degree k. They are orthogonal under equal weights and positive at
// the last level.
//
//	P_k(x) ∝ Σ_i (−1)^{k−i} C(k+i, k) C(n−1−i, k−i) C(x, i)
//
// (Szegő, Orthogonal Polynomials, §2.8; DLMF §18.19 as Hahn polynomials with
// α = β = 0.)
//
// It panics outside of 0 to 20 levels: beyond, int64 overflows.
func GramPolynomials(levels int) [][]int64 {
	if levels < 0 || levels > 20 {
		panic("stats: polynomials on fewer than 0 or more than 20 levels")
	}
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

// OrthonormalPolynomials returns [GramPolynomials], each divided by its Euclidean
// norm: an orthonormal basis of the functions of the level.
//
// It panics outside of 0 to 20 levels.
func OrthonormalPolynomials(levels int) [][]float64 {
	rows := make([][]float64, levels)
	for k, p := range GramPolynomials(levels) {
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
