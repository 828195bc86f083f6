package smooth

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// exact are the mean and the covariance of all waves under one hypothesis, from the normal equations of
// readings and steps.
func exact(s Series, h hypothesis, w way) (*mat.VecDense, *mat.Dense) {
	n := len(s.Reading)
	precision, score := mat.NewDense(n, n, nil), mat.NewVecDense(n, nil)
	add := func(i, j int, x float64) { precision.Set(i, j, precision.At(i, j)+x) }
	for t, reading := range s.Reading {
		if s.Variance[t] > 0 {
			add(t, t, 1/s.Variance[t])
			score.SetVec(t, reading/s.Variance[t])
		}
		if t > 0 {
			p := 1 / h.step(t-1, w)
			add(t, t, p)
			add(t-1, t-1, p)
			add(t, t-1, -p)
			add(t-1, t, -p)
		}
	}
	var covariance mat.Dense
	if err := covariance.Inverse(precision); err != nil {
		panic(err)
	}
	var mean mat.VecDense
	mean.MulVec(&covariance, score)
	return &mean, &covariance
}

// Forward and backward together solve the normal equations, also where waves were not read.
func TestFilterIsExact(t *testing.T) {
	h, w := hypothesis{drift: 0.02, fresh: 1, panel: 0.4}, way{far: [mostJumps]int{2, -1}}
	for name, s := range map[string]Series{
		"all":          {[]float64{1, 1.2, 0.7, 2, 1.9}, []float64{0.02, 0.03, 0.01, 0.05, 0.02}},
		"one left out": {[]float64{1, 9, 0.7, 2, 1.9}, []float64{0.02, 0, 0.01, 0.05, 0.02}},
		"the last":     {[]float64{1, 1.2, 0.7, 2, 9}, []float64{0.02, 0.03, 0.01, 0.05, 0}},
		"from later":   {[]float64{9, 1.2, 0.7, 2, 1.9}, []float64{0, 0.03, 0.01, 0.05, 0.02}},
	} {
		f := newFilter(len(s.Reading))
		f.run(s, 1, h, w)
		b := Belief{[]path{f.smooth()}, []float64{1}}
		mean, covariance := exact(s, h, w)
		near := func(what string, got, want float64) {
			if math.Abs(got-want) > 1e-9 {
				t.Errorf("%s: %s is %v, want %v", name, what, got, want)
			}
		}
		for to := f.first; to < len(s.Reading); to++ {
			near("mean", b.Level(to).Mean(), mean.AtVec(to))
			near("variance", b.Level(to).Variance(), covariance.At(to, to))
			for from := f.first; from < to; from++ {
				c := b.Change(from, to)
				near("change", c.Mean(), mean.AtVec(to)-mean.AtVec(from))
				near("variance of a change", c.Variance(), covariance.At(to, to)+covariance.At(from, from)-2*covariance.At(from, to))
			}
		}
	}
}

// The likelihood is that of the differences of successive readings.
func TestLikelihood(t *testing.T) {
	s := Series{[]float64{1, 1.2, 0.7}, []float64{0.02, 0.03, 0.01}}
	h, w := hypothesis{drift: 0.02, fresh: -1}, way{far: [mostJumps]int{1, -1}}
	const multiple = 0.5
	got := newFilter(3).run(s, multiple, h, w)
	a, b := 0.2, -0.5 // differences
	va, vb, cov := 0.02+multiple*0.05, 0.02+jump+multiple*0.04, -multiple*0.03
	det := va*vb - cov*cov
	want := -(math.Log(det) + (vb*a*a-2*cov*a*b+va*b*b)/det) / 2
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("the likelihood is %v, want %v", got, want)
	}
}
