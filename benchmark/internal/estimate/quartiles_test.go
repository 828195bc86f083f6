package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// A tenth of the tail clipped makes a distribution function F doubtful by 0.04
// standard deviations of the indicator: 0.04·√(F(1−F)).
func TestClippedAreDoubted(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10, 10}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(29, 30))))
	r := s.scoreReading(0, 2, 1e-4)
	variance := func(clipped float64) (value, v []float64) {
		s.rates.clipped.value = clipped
		means := newLevels(1, 1)
		means.value[0][0], means.variance[0][0], means.wide[0][0] = 2, 1e-4, 1e-4
		m := s.scoreFunctions(r, []levelSpread{{weight: 1, wide: 1, value: 0.8}}, 10, means, 0).mixtures[0]
		return m.value[0], m.plain[0]
	}
	_, without := variance(0)
	value, with := variance(0.1)
	for i := 1; i < len(value)-1; i++ { // but for the ends of the scale, which are shares of the next
		if want := 0.0016 * value[i] * (1 - value[i]); math.Abs(with[i]-without[i]-want) > 1e-9 {
			t.Errorf("threshold %d: clipping adds the variance %v, want %v", i, with[i]-without[i], want)
		}
	}
}
