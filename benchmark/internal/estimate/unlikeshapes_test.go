package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// Between answers at both ends and answers in the middle all is possible, and at an end nothing.
func TestPossibleShapes(t *testing.T) {
	at := []float64{0, 1, 2, 3, 4, 5}
	for mean, want := range map[float64]float64{
		2.5: 1.0 / 12,                                       // (½ 0 0 0 0 ½) to (0 0 ½ ½ 0 0)
		2:   (0.6*0.6 + 1 + 0.4*0.4) / 12,                   // (0.6 0 0 0 0 0.4) to (0 0 1 0 0 0)
		0.5: (square(0.9-0.5) + 0.5*0.5 + square(0.1)) / 12, // (0.9 … 0.1) to (½ ½ …)
		4.5: (square(0.9-0.5) + 0.5*0.5 + square(0.1)) / 12, 0: 0, 5: 0, -1: 0,
	} {
		if got := possibleShapes(mean, at); math.Abs(got-want) > 1e-12 {
			t.Errorf("mean %v: %v, want %v", mean, got, want)
		}
	}
}

// The shape of a question that lies with its domain is not doubted, that of one far from it is, and not
// where it was measured.
func TestUnlikeShapes(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{5, 1}}
	in := arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(85, 86)))
	in.Design.Prior[model.Contrasts].Level = 0.16
	told := newSetting(in)
	in.Measured[model.QuestionShape] = encode.Measured{}
	s := newSetting(in)
	s.scales, told.scales = s.ownScales(), told.ownScales()
	// The far one lies 1.6 from the mean of the domain, four spreads.
	means := []float64{0.6, 0.6, 0.6, 0.6, 2.6, 4}
	want := []float64{0, 0, 0, 0, possibleShapes(2.6, s.scales[0].basis.at), 0}
	for q, got := range s.unlikeShapes(means) {
		if math.Abs(got-want[q]) > 1e-12 {
			t.Errorf("question %d: %v, want %v", q, got, want[q])
		}
	}
	for q, got := range told.unlikeShapes(means) {
		if got != 0 {
			t.Errorf("question %d is measured, and %v is doubted", q, got)
		}
	}
	// 2.5 spreads: half of it.
	means[4] = 0.6 + 2.5*0.4*5/4
	if got, want := s.unlikeShapes(means)[4], possibleShapes(means[4], s.scales[0].basis.at)/2; math.Abs(got-want) > 1e-9 {
		t.Errorf("half a spread beyond the usual: %v, want %v", got, want)
	}
}
