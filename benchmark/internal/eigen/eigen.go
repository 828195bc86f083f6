package eigen

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Power returns the symmetric power of a symmetric matrix whose eigenvalues are
// raised to at least floor, which is positive.
func Power(a *mat.SymDense, floor, exponent float64) *mat.SymDense {
	values, vectors := Decompose(a)
	for i, v := range values {
		values[i] = math.Pow(max(v, floor), exponent)
	}
	return compose(values, vectors)
}

// Roots returns the inverse symmetric square root of a positive definite matrix
// and the square root itself.
func Roots(a *mat.SymDense) (inverse, root *mat.Dense) {
	values, vectors := Decompose(a)
	inverted := make([]float64, len(values))
	for i, v := range values {
		values[i] = math.Sqrt(v)
		inverted[i] = 1 / values[i]
	}
	return mat.DenseCopyOf(compose(inverted, vectors)), mat.DenseCopyOf(compose(values, vectors))
}

// Decompose returns the eigenvalues of a symmetric matrix, ascending, and the
// eigenvectors as columns: a = Σ values[i]·v_i v_i', the columns orthonormal.
//
// The numbers of the matrix are finite; with others the results are NaN, or it
// panics because the iteration does not converge.
func Decompose(a *mat.SymDense) ([]float64, *mat.Dense) {
	var e mat.EigenSym
	if !e.Factorize(a, true) {
		panic("eigen: the eigenvalues of a symmetric matrix did not converge")
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
