package estimate

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// factor returns the lower triangular L with L·L' = a, the Cholesky factor, where
// a is a covariance. A covariance that rounding has made indefinite gets the
// smallest multiple of its mean variance that helps on its diagonal (the jitter of
// Rasmussen & Williams, Gaussian Processes for Machine Learning, 2006, §A.4).
func factor(a *mat.SymDense) blas64.Triangular {
	n := a.SymmetricDim()
	scale := mat.Trace(a)/float64(n) + 1e-300
	l, ok := cholesky(a)
	for jitter := 1e-13; !ok; jitter *= 10 {
		if jitter > 1 {
			panic("estimate: a covariance is not finite")
		}
		for i := range n {
			a.SetSym(i, i, a.At(i, i)+jitter*scale)
		}
		l, ok = cholesky(a)
	}
	return l
}

// cholesky is [mat.Cholesky] without its estimate of the condition number, which takes
// twice as long as the factor of a small matrix.
func cholesky(a *mat.SymDense) (l blas64.Triangular, ok bool) {
	n, from := a.SymmetricDim(), a.RawSymmetric()
	upper := blas64.Symmetric{N: n, Stride: n, Data: make([]float64, n*n), Uplo: blas.Upper}
	for i := range n {
		copy(upper.Data[i*n+i:(i+1)*n], from.Data[i*from.Stride+i:i*from.Stride+n])
	}
	if _, ok = lapack64.Potrf(upper); !ok {
		return l, false
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			upper.Data[j*n+i], upper.Data[i*n+j] = upper.Data[i*n+j], 0
		}
	}
	return blas64.Triangular{N: n, Stride: n, Data: upper.Data, Uplo: blas.Lower, Diag: blas.NonUnit}, true
}

// solveLower replaces b by L⁻¹·b.
func solveLower(l blas64.Triangular, b *mat.Dense) {
	blas64.Trsm(blas.Left, blas.NoTrans, 1, l, b.RawMatrix())
}

// halfLogDet is half of the logarithm of det(L·L').
func halfLogDet(l blas64.Triangular) float64 {
	var sum float64
	for i := range l.N {
		sum += logPositive(l.Data[i*l.Stride+i])
	}
	return sum
}

// condition returns the posterior mean and variance of x ~ N(mean, cov) after
// y = H·x + noise with independent noise of the given standard deviations
// (the measurement update of Kalman, Journal of Basic Engineering 82, 1960).
func condition(mean []float64, cov *mat.SymDense, h *mat.Dense, y, sd []float64) (posterior, variance []float64) {
	posterior = append(posterior, mean...)
	for i := range mean {
		variance = append(variance, cov.At(i, i))
	}
	if len(y) == 0 {
		return posterior, variance
	}
	var hp mat.Dense
	hp.Mul(h, cov)
	innovation := mat.NewSymDense(len(y), nil)
	var hph mat.Dense
	hph.Mul(&hp, h.T())
	residual := mat.NewDense(len(y), 1, nil)
	for r := range y {
		for c := r; c < len(y); c++ {
			innovation.SetSym(r, c, hph.At(r, c))
		}
		innovation.SetSym(r, r, innovation.At(r, r)+square(sd[r]))
		residual.Set(r, 0, y[r]-mat.Dot(h.RowView(r), mat.NewVecDense(len(mean), mean)))
	}
	l := factor(innovation)
	solveLower(l, &hp)
	solveLower(l, residual)
	for r := range y {
		for i := range posterior {
			g := hp.At(r, i)
			posterior[i] += g * residual.At(r, 0)
			variance[i] -= g * g
		}
	}
	for i, v := range variance {
		variance[i] = max(v, 0)
	}
	return posterior, variance
}

func logPositive(x float64) float64 { return math.Log(math.Max(x, 1e-300)) }
