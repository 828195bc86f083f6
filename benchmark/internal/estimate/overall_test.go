package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// Where no segment was measured, the distance of a segment from all is its prior,
// and the interval is as wide as Chebyshev's inequality asks for: the part of the
// variance that all do not have counts 3.7 times.
func TestOverallOfAnUnmeasuredSegment(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{3, 3}, Attributes: []int{2}}
	in := arbitraryInput(shape, 400, 1, 0, 0, true, rand.New(rand.NewPCG(43, 44)))
	in.Exact = []float64{400, 200, 200}
	in.Design.Head = encode.HeadLoss{}
	in.Design.Public.Center = 2
	m := &in.Measured[model.Overall]
	m.Y[0][0], m.SD[0][0] = 0, 4
	m.Y[1][0], m.SD[1][0] = 0, math.Inf(1)
	l := newSetting(in).overall()
	if l.wide[0][0] != l.variance[0][0] {
		t.Errorf("all: %v, want %v", l.wide[0][0], l.variance[0][0])
	}
	for g := 1; g < 3; g++ {
		apart := l.variance[g][0] - l.variance[0][0]
		want := l.variance[0][0] + 3.7*apart
		if !(apart > 0) || math.Abs(l.wide[g][0]/want-1) > 0.02 {
			t.Errorf("segment %d: variance %v, widened to %v, want %v", g, l.variance[g][0], l.wide[g][0], want)
		}
	}
}

// A measured mean gets back what the companies above the bound lost at its level:
// half of what the level adds beyond the pilot's is taken as an error.
func TestOverallGetsBackTheLoss(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{3, 3}}
	in := arbitraryInput(shape, 400, 1, 0, 0, true, rand.New(rand.NewPCG(41, 42)))
	in.Exact = []float64{400}
	in.Design.Public.Center = 2
	in.Design.Center.Level, in.Design.Center.LevelVariance = 2.2, 1
	in.Design.Head = encode.HeadLoss{ // a fifth of the distance beyond 0.1
		Level: []float64{-3, 0.1, 3.1}, Overall: []float64{0, 0, 0.6}, Absolute: []float64{0, 0.02, 0.6}, Companies: []float64{0, 0.01, 0.2},
	}
	m := &in.Measured[model.Overall]
	// At 0.6 above the centre the loss would be 0.1. It is taken half way to the
	// pilot's 0.2, at 0.4, where it is 0.06.
	m.Y[0][0], m.SD[0][0] = 400*(0.6-0.06), 0.4
	got := Estimate(in)[0].Overall.Mean
	if math.Abs(got.Value-2.6) > 1e-3 {
		t.Errorf("mean %v, want 2.6", got.Value)
	}
	// Three quarters of the 0.12 that are lost in absolute terms (0.02 and 5/30 of 0.58), and
	// the 0.04 between the two levels.
	if want := math.Hypot(0.75*(0.02+0.58*0.5/3), 0.04); math.Abs(got.Error-want) > 2e-3 {
		t.Errorf("error %v, want %v", got.Error, want)
	}
}
