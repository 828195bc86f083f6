package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/eigen"
	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/mat"
)

// A broken deviation neither moves the mean nor the mean square by more than these are
// known to, and is a covariance.
func TestBridgeKeepsTheMoments(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(63, 64))))
	r := s.scoreReading(0, 2, 1e-6)
	r.square.sd = 1e-3
	f, _ := r.expected(2, r.public)
	free := r
	free.variance, free.square.sd = 1e9, math.Inf(1)
	k, open := r.bridge(f), free.bridge(f)
	values, _ := eigen.Decompose(k)
	for _, v := range values {
		if v < -1e-9 {
			t.Errorf("eigenvalue %v", v)
		}
	}
	j := len(f)
	mean, squares := mat.NewVecDense(j, nil), mat.NewVecDense(j, nil)
	for i := range j {
		low, high := 0.0, s.top
		if i > 0 {
			low = r.middle[i-1]
		}
		if i < j-1 {
			high = r.middle[i+1]
		}
		mean.SetVec(i, (high-low)/2)
		squares.SetVec(i, 2*(r.middle[i]-r.square.center)*mean.AtVec(i))
	}
	for name, w := range map[string]*mat.VecDense{"mean": mean, "mean square": squares} {
		with, without := math.Sqrt(mat.Inner(w, k, w)), math.Sqrt(mat.Inner(w, open, w))
		// Where in a gap companies lie is not known: a spread of a quarter of a level over √12,
		// times twice the distance from the centre.
		if limit := 0.25 / math.Sqrt(12) * 8; with > limit || with > without/2 {
			t.Errorf("%s: ±%v, without its reading ±%v", name, with, without)
		}
	}
}
