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
	f := r.expected(2, r.public).f
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

// Companies may be anywhere in the gap between two thresholds, so that even an exact mean
// leaves the functions at the thresholds open. With a single threshold in the middle of
// the scale, of unit variance f(1 − f) and weight half the scale, the mean with an error of
// rise·width²/12 of both gaps leaves v·e/(v·w² + e).
func TestBridgeLeavesTheGapsOpen(t *testing.T) {
	r := scoreReading{middle: []float64{2}, top: 4}
	r.square.sd = math.Inf(1)
	k := r.bridge([]float64{0.3})
	v, w, e := 0.3*0.7, 2.0, 4.0/12 // 0.3·2²/12 + 0.7·2²/12
	if got, want := k.At(0, 0), v*e/(v*w*w+e); math.Abs(got-want) > 1e-12 {
		t.Errorf("variance %v, want %v", got, want)
	}
	r.variance = 0.5
	e += 0.5
	if got, want := r.bridge([]float64{0.3}).At(0, 0), v*e/(v*w*w+e); math.Abs(got-want) > 1e-12 {
		t.Errorf("variance with an uncertain mean %v, want %v", got, want)
	}
	r.variance, r.square.sd, r.square.center = 1e12, 0.1, 1
	w, e = 2*(2-1)*2, 0.01+0.7*square(2*(3-1)*2)/12 // the middle of the lower gap is the centre
	if got, want := r.bridge([]float64{0.3}).At(0, 0), v*e/(v*w*w+e); math.Abs(got-want) > 1e-9 {
		t.Errorf("variance with a mean square %v, want %v", got, want)
	}
}
