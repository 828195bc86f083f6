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
// panics because the iteration does not converge. The error of an eigenvalue is a few
// units in the last place of the largest one, however much smaller it is.
func Decompose(a *mat.SymDense) ([]float64, *mat.Dense) {
	if norm, small := extent(a); small {
		return decomposeShifted(a, norm)
	}
	return decompose(a)
}

func decompose(a *mat.SymDense) ([]float64, *mat.Dense) {
	var e mat.EigenSym
	if !e.Factorize(a, true) {
		panic("eigen: the eigenvalues of a symmetric matrix did not converge")
	}
	var vectors mat.Dense
	e.VectorsTo(&vectors)
	return e.Values(nil), &vectors
}

// leastEntry is how small an entry may be before a matrix is shifted, as a share of the
// largest sum of a row: far below what rounding leaves of it, and far above 1e-122, see
// [decomposeShifted].
const leastEntry = 0x1p-120

// extent returns the largest sum of the absolute values of a row, which no eigenvalue
// exceeds, and whether an entry is small beside it, or beside 1, without being 0.
func extent(a *mat.SymDense) (norm float64, small bool) {
	n, least := a.SymmetricDim(), math.Inf(1)
	for i := range n {
		sum := 0.0
		for j := range n {
			v := math.Abs(a.At(i, j))
			if sum += v; v > 0 {
				least = min(least, v)
			}
		}
		norm = max(norm, sum)
	}
	return norm, least < leastEntry*max(norm, 1)
}

// decomposeShifted decomposes a/norm + 2, whose eigenvalues lie in [1, 3], no eigenvalue of
// a being larger than norm. A matrix with entries of very different sizes can fall into
// blocks of which one is below √(2·10⁻³⁰⁸)/ε², about 10⁻¹²²; the QL and QR iterations of
// LAPACK's dsteqr scale such a block up, and gonum's (v0.17) then takes every later block
// for scaled, too, and multiplies its eigenvalues by as much. Here all blocks have the same
// size, and the eigenvectors are those of a.
func decomposeShifted(a *mat.SymDense, norm float64) ([]float64, *mat.Dense) {
	const shift = 2
	n := a.SymmetricDim()
	shifted := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			shifted.SetSym(i, j, a.At(i, j)/norm)
		}
		shifted.SetSym(i, i, shifted.At(i, i)+shift)
	}
	values, vectors := decompose(shifted)
	for i, v := range values {
		values[i] = (v - shift) * norm
	}
	return values, vectors
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
