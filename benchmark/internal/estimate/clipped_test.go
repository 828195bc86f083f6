package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Where the clipped companies' contrasts are another multiple of the others', clipping takes that of
// every question, and what is left of the prior doubt is small where noise is. Noise of what was kept
// makes no multiple by itself, and of nothing but noise nothing is told.
func TestContrastsOfClipped(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{8, 8}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(83, 84))))
	const p = 0.2
	s.rates.clipped[model.TailTier], s.rates.kept[model.TailTier] = rate{value: p}, 1-p
	of, _ := model.Contrasts.Rest()
	data, low := s.Measured[model.Contrasts], s.Measured[of]
	n, questions := s.sizes.divisor(0), upTo(16)
	for _, c := range []struct {
		name                    string
		delta, kept, rest, want float64 // kept: noise of the means, by turns above and below; rest: of what is clipped; want: multiple
		left                    float64 // of the prior variance, at most
	}{
		{"no contrasts", -1, 1e-6, 1e-6, -1, 0.15},
		{"the others' contrasts", 0, 1e-6, 1e-6, 0, 0.15},
		{"noise of what is kept", 0, 0.5, 1e-6, 0, 0.15},
		{"no contrasts, and noise of what is kept", -1, 0.5, 1e-6, -1, 0.2},
		{"noise alone", -1, 1e-6, 1e6, 0, 1},
	} {
		for _, q := range questions {
			sign := float64(1 - 2*(q%2))
			data.SD[0][q], low.SD[0][q] = c.kept*n*(1-p), c.rest*n
			data.Y[0][q] = n * (1 - p) * (0.8 + sign*c.kept)
			low.Y[0][q] = n * p * (1 + c.delta) * 0.8
		}
		expected, variance := s.contrastsOfClipped(questions)
		prior := square(p*0.8) * square(clippedContrasts)
		for q, got := range expected {
			mean := 0.8 + float64(1-2*(q%2))*c.kept
			if math.Abs(got-p*c.want*mean) > 0.15*p*mean {
				t.Errorf("%s, question %d: clipping takes %v, want %v", c.name, q, got, p*c.want*mean)
			}
		}
		if !(variance <= c.left*prior*1.000001) || c.left == 1 && variance < 0.999*prior {
			t.Errorf("%s: a variance of %v is left of %v", c.name, variance, prior)
		}
	}
	s.rates.clipped[model.TailTier] = rate{}
	if expected, variance := s.contrastsOfClipped(questions); expected[0] != 0 || variance != 0 {
		t.Errorf("nothing is clipped, and %v ± √%v is taken", expected[0], variance)
	}
}
