package estimate

import (
	"math"
	"testing"
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
