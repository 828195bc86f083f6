package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// What the clipped companies' distribution function takes off that of all is the reading
// where it has no noise, and the public model's where it is nothing but noise.
func TestRestFunction(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10, 10}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(73, 74))))
	s.rates.clipped[model.TailTier], s.rates.kept[model.TailTier] = rate{value: 0.2}, 0.8
	r := s.scoreReading(1, 2, 1e-4)
	j, n := len(r.ref), s.sizes.divisor(0)
	data, low := s.Measured[model.ScoreCDF], s.Measured[model.RestScoreCDF]
	expected, want := make([]float64, j), make([]float64, j)
	for i, fi := range r.ref {
		expected[i] = 0.003 * float64(i)
		for b, fb := range r.ref { // what the prior can be
			fa, fb := clamp(fi, leastBridge, 1-leastBridge), clamp(fb, leastBridge, 1-leastBridge)
			want[i] += 0.04 * (min(fa, fb) - fa*fb) * math.Sin(float64(b))
		}
		want[i] += expected[i]
		at := j + i
		low.Y[0][at] = n*want[i] + 0.2*data.Y[0][at]/0.8
	}
	for _, c := range []struct {
		sd    float64
		shift []float64
		part  float64 // of the prior variance that is left
	}{{1e-6, want, 0}, {1e9, expected, 1}} {
		for i := range j {
			data.SD[0][j+i], low.SD[0][j+i] = c.sd, c.sd
		}
		shift, cov := s.restFunction(1, r.ref, r.noise, expected)
		for i, f := range r.ref {
			f = clamp(f, leastBridge, 1-leastBridge)
			if prior := 0.04 * f * (1 - f); math.Abs(shift[i]-c.shift[i]) > 1e-6 || math.Abs(cov.At(i, i)-c.part*prior) > 1e-6*prior+1e-12 {
				t.Errorf("noise %v, threshold %d: %v ± √%v, want %v ± √%v", c.sd, i, shift[i], cov.At(i, i), c.shift[i], c.part*prior)
			}
		}
	}
}
