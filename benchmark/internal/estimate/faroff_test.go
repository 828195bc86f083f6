package estimate

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// The fewer levels a score's answers have, the less their shapes tell, and with four they tell all.
func TestFewTell(t *testing.T) {
	s := &setting{Input: Input{Shape: model.Shape{Levels: 2, Domains: []int{4, 6}}}}
	for levels, want := range map[int]float64{2: 1, 3: 0.5, 4: 0, 6: 0} {
		s.Shape.Levels = levels
		same(t, "overall", s.fewTell(2), want)
		same(t, "of a domain", s.fewTell(0), want)
	}
	s.Shape.Levels, s.Shape.Places = 6, [][]int{{0, 5}, {0, 1, 2, 3, 4, 5}}
	same(t, "yes and no among others", s.fewTell(0), 1)
	same(t, "others beside yes and no", s.fewTell(1), 0)
}

// Companies far from all others are doubted where next to nobody is expected, at either end by itself.
func TestFarOff(t *testing.T) {
	r := scoreReading{untold: 0.5}
	low, high := r.farOff([]float64{0, farExpected / 2, farExpected, 0.5, 1 - farExpected/4, 1})
	for i, want := range [][2]float64{{0.5, 0}, {0.25, 0}, {0, 0}, {0, 0}, {0, 0.375}, {0, 0.5}} {
		same(t, "low", low[i], want[0]*farShare)
		same(t, "high", high[i], want[1]*farShare)
	}
	same(t, "told", scoreReading{}.farthest([]float64{0, 1}), 0)
	same(t, "untold", r.farthest([]float64{0, 1}), 0.5*farShare)
}

// farthest is the largest spread that farOff gives.
func (r scoreReading) farthest(f []float64) (most float64) {
	low, high := r.farOff(f)
	for t := range f {
		most = max(most, low[t], high[t])
	}
	return most
}

// It is a part of every deviation, at one end together and not with the other.
func TestFarOffDeviates(t *testing.T) {
	s := measuredSetting(t)
	r := s.scoreReading(0, 2, 1e-4)
	f := make([]float64, len(r.at))
	f[len(f)-1] = 1
	told := deviation{smooth: 0.02}.covariance(r, f)
	r.untold = 1
	got := deviation{smooth: 0.02}.covariance(r, f)
	last := len(f) - 1
	same(t, "at an end", got.At(0, 0)-told.At(0, 0), square(farShare))
	same(t, "together", got.At(0, 1)-told.At(0, 1), square(farShare))
	same(t, "at the other", got.At(last, last)-told.At(last, last), square(farShare))
	same(t, "apart", got.At(0, last)-told.At(0, last), 0)
}

// Where nothing tells who is clipped, they may be at or below any threshold, or none of them, however few are expected there.
func TestClippedMayBeAnywhere(t *testing.T) {
	s := measuredSetting(t)
	for i := range s.Measured[model.RestScoreCDF].SD {
		for k := range s.Measured[model.RestScoreCDF].SD[i] {
			s.Measured[model.RestScoreCDF].SD[i][k] = math.Inf(1)
		}
	}
	s.rates.clipped[model.TailTier] = rate{value: 0.2, sd: 0}
	r := s.scoreReading(0, 2, 1e-4)
	ref := make([]float64, len(r.at))
	_, cov := s.restFunction(0, ref, r.noise, ref)
	same(t, "shapes tell", cov.At(1, 1), square(0.2)*leastBridge*(1-leastBridge))
	s.Shape.Levels = 2
	_, cov = s.restFunction(0, ref, r.noise, ref)
	same(t, "no shapes", cov.At(1, 1), square(0.2)/4)
}
