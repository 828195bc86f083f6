package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Scores that spread as far as the uniform distribution, or further, tell that they have several
// peaks; those that spread less, or nobody knows how far, tell nothing.
func TestSeveralPeaks(t *testing.T) {
	const top, uniform = 5.0, 25.0 / 12
	spread := func(variances ...float64) (out []levelSpread) {
		for _, v := range variances {
			out = append(out, levelSpread{weight: 1 / float64(len(variances)), value: math.Sqrt(v), variance: 100})
		}
		return out
	}
	for _, c := range []struct {
		spreads []levelSpread
		want    float64
	}{
		{spread(0), 1}, {spread(onePeak * uniform), 1},
		{spread((onePeak + 0.1) * uniform), math.Exp(peaksTell * 0.1)},
		{spread(uniform), math.Exp(peaksTell * (1 - onePeak))}, {spread(25.0 / 4), math.Exp(peaksTell * (1 - onePeak))},
		{spread(0.1*uniform, 1.6*uniform), 1},
	} {
		if got := severalPeaks(c.spreads, top); math.Abs(got/c.want-1) > 1e-9 {
			t.Errorf("%v: %v, want %v", c.spreads, got, c.want)
		}
	}
}

// What the overall score's spread tells stands beside the evidence of the distribution functions; a
// spread that nothing was read of tells nothing.
func TestPeaksTell(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10, 10}}
	s := newSetting(arbitraryInput(shape, 5000, 5, 0, 1, true, rand.New(rand.NewPCG(65, 66))))
	s.rates.unlike = 0
	for _, c := range []struct{ variance, sd, tells float64 }{
		{0.3, 0.02, 0}, {25.0 / 12, 0.02, 1 - onePeak}, {25.0 / 12, math.Inf(1), 0},
	} {
		var readings []scoreReading
		for score := range shape.Scores() {
			r := s.scoreReading(score, 2.5, 1e-4)
			r.square.value, r.square.sd = square(2.5-r.square.center)+c.variance, c.sd
			readings = append(readings, r)
		}
		b := s.spreads(readings)[1]
		for _, p := range []struct{ got, before float64 }{{b.weight, brokenRare}, {b.wide, brokenDoubt}} {
			odds := p.before / (1 - p.before) * math.Exp(peaksTell*c.tells)
			if want := odds / (1 + odds); math.Abs(p.got-want) > 1e-6 {
				t.Errorf("%+v: broken with the probability %v, want %v", c, p.got, want)
			}
		}
	}
}
