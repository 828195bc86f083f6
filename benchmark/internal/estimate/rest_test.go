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

// Where the block's readings agree with what is expected, all of it is their difference, and
// where they are far more than believed, so is it.
func TestRestOfBlock(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{6, 6}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(77, 78))))
	s.rates.clipped[model.Contrasts.Tier()], s.rates.kept[model.Contrasts.Tier()] = rate{value: 0.1}, 0.9
	of, _ := model.Contrasts.Rest()
	data, low := s.Measured[model.Contrasts], s.Measured[of]
	coordinates, n := upTo(len(data.Y[0])), s.sizes.divisor(0)
	believed := square(s.restDoubt(model.Contrasts)) * 0.01
	read := func(value, sd float64) {
		for _, i := range coordinates {
			data.SD[0][i], low.SD[0][i] = 1e-9*n, sd*n
			low.Y[0][i] = n*value + 0.1*data.Y[0][i]/0.9
		}
	}
	expected := make([]float64, len(coordinates))
	for i := range expected {
		expected[i] = 0.02
	}
	sd := math.Sqrt(believed) // as much noise as is believed
	read(0.02, sd)
	for i, v := range s.restOf(model.Contrasts, coordinates, expected, 1).shift {
		if math.Abs(v-0.02) > 1e-9 {
			t.Errorf("coordinate %d is as expected, 0.02, and becomes %v", i, v)
		}
	}
	read(6*sd, sd) // three and more times as much as is believed
	if got := s.restOf(model.Contrasts, coordinates, nil, 1).shift[0]; got < 0.8*6*sd {
		t.Errorf("of %v only %v is believed, though all coordinates have it", 6*sd, got)
	}
	read(0.1*sd, sd) // what noise alone is
	if r := s.restOf(model.Contrasts, coordinates, nil, 1); r.variance[0] > 0.4*believed {
		t.Errorf("of a variance of %v believed %v is left, though no coordinate has it", believed, r.variance[0])
	}
}

// A reading that is far beyond what is usually clipped is believed but for noise, one that noise
// explains hardly moves the mean, and what is never clipped has no doubt.
func TestOrFar(t *testing.T) {
	s := measuredSetting(t)
	n, tier := s.sizes.divisor(0), model.LevelTier
	s.rates.clipped[tier], s.rates.kept[tier] = rate{value: 0.01, sd: 0.01}, 0.99
	low := &s.Measured[model.RestOverall]
	low.SD[0][0] = 0.05 * n
	usual := rest{shift: []float64{0.001}, variance: []float64{1e-6}}
	of := func(reading, probability float64) rest {
		low.Y[0][0] = reading * n
		return s.orFar(usual, model.Overall, 0, probability)
	}
	far := of(0.4, farRare)
	if gain := square(farSpread*s.unit) / (square(farSpread*s.unit) + square(0.05)); math.Abs(far.shift[0]-gain*0.4) > 1e-3 && math.Abs(far.shift[0]-0.4) > 0.05 {
		t.Errorf("a reading of 0.4 ± 0.05 becomes %v", far.shift[0])
	}
	if near := of(0.03, farRare); math.Abs(near.shift[0]) > 0.006 {
		t.Errorf("a reading of 0.03 ± 0.05 becomes %v", near.shift[0])
	}
	if rare, doubted := of(0.1, farRare), of(0.1, farDoubted); !(doubted.variance[0] > rare.variance[0] && doubted.shift[0] > rare.shift[0]) {
		t.Errorf("the interval doubts no more than the mean: %v and %v", doubted, rare)
	}
	s.rates.clipped[tier] = rate{}
	if r := of(0.4, farDoubted); r.shift[0] != usual.shift[0] || r.variance[0] != usual.variance[0] {
		t.Errorf("nothing is clipped, and %v becomes %v", usual, r)
	}
}

// Who is far from the centre is clipped for being that: squared scores are believed to be taken
// of more than answers are, where a reading says so.
func TestRestOfSquares(t *testing.T) {
	s := measuredSetting(t)
	n, tier, score := s.sizes.divisor(0), model.Squares.Tier(), len(s.Shape.Domains)
	s.rates.clipped[tier], s.rates.kept[tier] = rate{value: 0.1, sd: 0.02}, 0.9
	of, _ := model.Squares.Rest()
	low, data := &s.Measured[of], s.Measured[model.Squares]
	low.SD[0][score] = 0.3 * n
	read := func(value float64) float64 {
		low.Y[0][score] = n*value + 0.1*data.Y[0][score]/0.9
		return s.restOf(model.Squares, []int{score}, nil, 1).shift[0]
	}
	if got := read(0.9); got < 0.2 {
		t.Errorf("of 0.9 ± 0.3 squared levels %v are believed", got)
	}
	if got := read(0.1); got > 0.05 {
		t.Errorf("of 0.1 ± 0.3 squared levels %v are believed", got)
	}
}
