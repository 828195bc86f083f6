package eigen_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"maturitybench/benchmark/internal/eigen"
)

func Example() {
	covariance := mat.NewSymDense(2, []float64{5, 4, 4, 5})
	values, _ := eigen.Decompose(covariance)
	_, root := eigen.Roots(covariance)
	fmt.Printf("eigenvalues %.3f, root\n%.3f\n", values, mat.Formatted(root))
	// Output:
	// eigenvalues [1.000 9.000], root
	// ⎡2.000  1.000⎤
	// ⎣1.000  2.000⎦
}

// Covariances of indicators of normal scores, whose probabilities reach from 1 down to the
// smallest number, have eigenvalues between 0 and their trace and come back from them.
func TestDecomposeGraded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
		n, size := 2+rng.IntN(11), math.Pow(10, 60*rng.Float64()-50)
		z := make([]float64, n)
		for i := range z {
			z[i] = 48*rng.Float64() - 38
		}
		slices.Sort(z)
		a := mat.NewSymDense(n, nil)
		for i := range n {
			for j := i; j < n; j++ {
				a.SetSym(i, j, size*math.Erfc(-z[i]/math.Sqrt2)/2*math.Erfc(z[j]/math.Sqrt2)/2)
			}
		}
		values, vectors := eigen.Decompose(a)
		var scaled, back mat.Dense
		scaled.Mul(vectors, mat.NewDiagDense(n, values))
		back.Mul(&scaled, vectors.T())
		if trace := mat.Trace(a); values[0] < -1e-14*trace || values[n-1] > (1+1e-14)*trace || !mat.EqualApprox(&back, a, 1e-14*trace) {
			t.Fatalf("eigenvalues %v of %v", values, mat.Formatted(a))
		}
	})
}

func TestPower(t *testing.T) {
	// Eigenvalues 1 and 9 along (1, −1) and (1, 1): the roots are 1 and 3.
	root := eigen.Power(mat.NewSymDense(2, []float64{5, 4, 4, 5}), 1e-6, 0.5)
	if want := mat.NewSymDense(2, []float64{2, 1, 1, 2}); !mat.EqualApprox(root, want, 1e-12) {
		t.Errorf("root\n%v", mat.Formatted(root))
	}
	// With eigenvalues of at least 4, the lower one counts as that.
	root = eigen.Power(mat.NewSymDense(2, []float64{5, 4, 4, 5}), 4, 0.5)
	if want := mat.NewSymDense(2, []float64{2.5, 0.5, 0.5, 2.5}); !mat.EqualApprox(root, want, 1e-12) {
		t.Errorf("root with a floor\n%v", mat.Formatted(root))
	}
}

// The decomposition gives the matrix back; the roots are inverse to each other.
func TestDecompose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		b := mat.NewDense(n, n, rapid.SliceOfN(rapid.Float64Range(-2, 2), n*n, n*n).Draw(t, "b"))
		a := mat.NewSymDense(n, nil)
		a.SymOuterK(1, b)
		for i := range n {
			a.SetSym(i, i, a.At(i, i)+0.1)
		}
		values, vectors := eigen.Decompose(a)
		var scaled, back mat.Dense
		scaled.Mul(vectors, mat.NewDiagDense(n, values))
		back.Mul(&scaled, vectors.T())
		if !mat.EqualApprox(&back, a, 1e-9) {
			t.Fatalf("%v became %v", mat.Formatted(a), mat.Formatted(&back))
		}
		inverse, root := eigen.Roots(a)
		var square, product mat.Dense
		square.Mul(root, root)
		product.Mul(inverse, root)
		for i := range n {
			for j := range n {
				want := 0.0
				if i == j {
					want = 1
				}
				if math.Abs(product.At(i, j)-want) > 1e-9 || math.Abs(square.At(i, j)-a.At(i, j)) > 1e-9 {
					t.Fatalf("roots of %v", mat.Formatted(a))
				}
			}
		}
	})
}
