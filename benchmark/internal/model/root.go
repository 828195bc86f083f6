package model

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// power is the symmetric power of a symmetric matrix whose eigenvalues are
// raised to at least floor.
func power(a *mat.SymDense, floor, exponent float64) *mat.SymDense {
	values, vectors := eigen(a)
	for i, v := range values {
		values[i] = math.Pow(max(v, floor), exponent)
	}
	return compose(values, vectors)
}

// roots returns the inverse symmetric square root of a positive definite
// matrix and the square root itself.
func roots(a *mat.SymDense) (inverse, root *mat.Dense) {
	values, vectors := eigen(a)
	inverted := make([]float64, len(values))
	for i, v := range values {
		values[i] = math.Sqrt(v)
		inverted[i] = 1 / values[i]
	}
	return mat.DenseCopyOf(compose(inverted, vectors)), mat.DenseCopyOf(compose(values, vectors))
}

// eigen decomposes a symmetric matrix of finite numbers.
func eigen(a *mat.SymDense) ([]float64, *mat.Dense) {
	var e mat.EigenSym
	if !e.Factorize(a, true) {
		panic("model: the eigenvalues of a symmetric matrix did not converge")
	}
	var vectors mat.Dense
	e.VectorsTo(&vectors)
	return e.Values(nil), &vectors
}

// compose is Σ values[i]·v_i v_i' for the columns v_i.
func compose(values []float64, vectors *mat.Dense) *mat.SymDense {
	n := len(values)
	scaled := mat.DenseCopyOf(vectors)
	for i := range n {
		for j, v := range values {
			scaled.Set(i, j, scaled.At(i, j)*v)
		}
	}
	var product mat.Dense
	product.Mul(scaled, vectors.T())
	out := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			out.SetSym(i, j, (product.At(i, j)+product.At(j, i))/2)
		}
	}
	return out
}
