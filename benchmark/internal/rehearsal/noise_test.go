package rehearsal_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/rehearsal"
	"maturitybench/privacy"
)

// The noise has the standard deviation that the mechanism states. The sample variance of
// n normal draws has a relative standard deviation of √(2/n), that of a coordinate of the
// spherical noise one below √(4/n), and Laplace noise one of √(5/n): six of them for 40,000 draws are below 0.07. The seed
// is fixed: the outcome is the same in every run.
func TestDeviations(t *testing.T) {
	noise := rehearsal.Noise{Rand: rand.New(rand.NewPCG(1, 2))}
	gaussian, err := privacy.NewGaussian(1<<20, 500_000)
	if err != nil {
		t.Fatal(err)
	}
	spherical, err := privacy.NewSphericalLaplace(1<<20, 1_000_000_000, 4)
	if err != nil {
		t.Fatal(err)
	}
	beside, err := spherical.Beside(4)
	if err != nil {
		t.Fatal(err)
	}
	tested, err := privacy.NewMeasuredThreshold(beside, 5, 0, 1, 1e11)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		draw  func() []int64
		sigma float64
	}{
		"gaussian":  {func() []int64 { return noise.Gaussian(gaussian, []int64{7, 7, 7, 7}) }, gaussian.Sigma()},
		"spherical": {func() []int64 { return noise.SphericalLaplace(spherical, []int64{7, 7, 7, 7}) }, spherical.Deviation()},
		"beside":    {func() []int64 { return noise.SphericalLaplace(beside, []int64{0, 0, 0, 0, 7, 7, 7, 7})[4:] }, spherical.DeviationBeside()},
		"tested":    {func() []int64 { return noise.Tested(tested, []int64{0, 0, 0, 0, 7, 7, 7, 7})[4:] }, spherical.DeviationBeside()},
	} {
		squares := 0.0
		for range 10_000 {
			for _, v := range c.draw() {
				squares += float64(v-7) * float64(v-7)
			}
		}
		if ratio := squares / 40_000 / (c.sigma * c.sigma); math.Abs(ratio-1) > 0.07 {
			t.Errorf("%s: variance %.3f of what is stated", name, ratio)
		}
	}
}

func TestThreshold(t *testing.T) {
	for _, kept := range (rehearsal.Noise{}).Threshold(privacy.Threshold{}, []int64{0, 5}) {
		if !kept {
			t.Error("a cohort is not kept")
		}
	}
}
