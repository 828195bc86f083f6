package estimate

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Where the shapes of the domains are those of answers that spread by half, the curves are
// those of answers that spread less; where they are as the public model has them, or where none was
// measured, they stay.
func TestFitCurves(t *testing.T) {
	s, public, means := shapesSetting()
	orders := len(public.orders)
	believed := s.Design.Prior[model.DomainShape]
	believed.Level = square(0.05)
	s.Design.Prior[model.DomainShape] = believed
	shapesOf := func(times, noise float64) {
		s.setCurves(times * s.Design.Public.AnswerSD)
		expected := s.expectedShapes(means).domain[0]
		for d := range s.Shape.Domains {
			factor := s.rates.kept[model.TailTier] * s.sizes.divisor(0) * s.rates.present[d]
			for k := range orders {
				s.Measured[model.DomainShape].Y[0][d*orders+k] = factor * (expected[d][k] - s.scales[d].center[k])
				s.Measured[model.DomainShape].SD[0][d*orders+k] = factor * noise
			}
		}
		s.setCurves(s.Design.Public.AnswerSD)
	}
	for _, c := range []struct {
		name         string
		times, noise float64
		closer       bool
	}{
		{"answers that are close together", 0.5, 0.01, true},
		{"the public model's", 1, 0.01, false},
		{"answers that are far apart", 1.5, 0.01, false},
		{"not measured", 0.5, math.Inf(1), false},
		{"hardly measured", 0.5, 1, false},
	} {
		shapesOf(c.times, c.noise)
		if got := s.fitCurves(means[0], orders); got != c.closer {
			t.Errorf("%s: fitted %v, want %v", c.name, got, c.closer)
		}
		if slope, was := s.scales[0].curve.slope(1.7)[0], public.slope(1.7)[0]; (slope != was) != c.closer {
			t.Errorf("%s: the curve's slope is %.3f, the public one's %.3f", c.name, slope, was)
		}
	}
}
