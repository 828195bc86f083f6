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
	in.Design.Level, in.Design.Segments, in.Design.Clipped = encode.LevelLoss{}, encode.LevelLoss{}, [model.Tiers]float64{}
	in.Measured[model.ClippedOverall], in.Measured[model.RestOverall] = encode.Measured{}, encode.Measured{}
	in.Design.Public.Center = 2
	in.Measured[model.ClippedSegments], in.Measured[model.RestSegments] = encode.Measured{}, encode.Measured{}
	all, segments := &in.Measured[model.Overall], &in.Measured[model.Segments]
	all.Y[0][0], all.SD[0][0] = 0, 4
	segments.Y[1][0], segments.SD[1][0] = 0, math.Inf(1)
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

// Of a tenth of the companies half of the overall score is clipped, and they are 2 levels
// above the others: what is kept is too low by 0.05·2.3, which the rest tells, whatever is
// expected and however many are clipped.
func TestOverallGetsBackTheRest(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{3, 3}}
	in := arbitraryInput(shape, 400, 1, 0, 0, true, rand.New(rand.NewPCG(41, 42)))
	in.Exact = []float64{400}
	in.Design.Public.Center = 2
	in.Design.Center.Level, in.Design.Center.LevelVariance, in.Design.Center.ScoreVariance = 2.2, 1, 0.7
	in.Design.Mu, in.Design.Sigma[model.Overall] = 1, []float64{4}
	in.Design.Prior[model.Overall].Within = 0.7
	in.Design.Level, in.Design.Clipped = encode.LevelLoss{}, [model.Tiers]float64{}
	put := func(b model.Block, mean, sd float64) {
		in.Measured[b].Y[0][0], in.Measured[b].SD[0][0] = 400*mean, 400*sd
	}
	put(model.Overall, 0.9*0.3+0.05*2.3, 1e-4)
	put(model.RestOverall, 0.05*2.3, 1e-4)
	put(model.ClippedOverall, 0.05, 1e-4)
	if got := Estimate(in)[0].Overall.Mean; math.Abs(got.Value-2.5) > 2e-3 || got.Error > 2e-3 {
		t.Errorf("mean %v with the error %v, want 2.5", got.Value, got.Error)
	}
	put(model.ClippedOverall, 0.3, 1e-4)
	if got := Estimate(in)[0].Overall.Mean; math.Abs(got.Value-2.5) > 2e-3 || got.Error > 2e-3 {
		t.Errorf("mean %v with the error %v, want 2.5 as before", got.Value, got.Error)
	}
	// Without a reading of the rest only the interval knows: that clipping may have moved the mean by
	// farSpread, as probably as not.
	put(model.ClippedOverall, 0.05, 1e-4)
	put(model.RestOverall, 0, math.Inf(1))
	if got := Estimate(in)[0].Overall.Mean; math.Abs(got.Value-2.385) > 0.02 || got.Error < 0.06 || got.High-got.Value < 1.645*math.Sqrt(farDoubted)*farSpread {
		t.Errorf("mean %v with the error %v without the rest", got.Value, got.Error)
	}
}
