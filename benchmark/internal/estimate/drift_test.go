package estimate

import (
	"math"
	"math/rand/v2"
	"testing"
)

// driftWave is a wave with the given readings, all with the same noise.
func driftWave(noise float64, reading ...float64) contrastReadings {
	r := contrastReadings{reading: reading}
	for range reading {
		r.noise = append(r.noise, noise)
	}
	return r
}

// drawn are contrasts of so many questions, and a reading of them.
type drawn struct {
	rng   *rand.Rand
	truth []float64
}

func newDrawn(questions int, spread float64) *drawn {
	d := &drawn{rng: rand.New(rand.NewPCG(1, 2))}
	for range questions {
		d.truth = append(d.truth, spread*d.rng.NormFloat64())
	}
	return d
}

func (d *drawn) read(variance float64) contrastReadings {
	r := contrastReadings{}
	for _, c := range d.truth {
		r.reading, r.noise = append(r.reading, c+math.Sqrt(variance)*d.rng.NormFloat64()), append(r.noise, variance)
	}
	return r
}

// rmse is the error of the filter's means.
func (d *drawn) rmse(f *contrastFilter) float64 {
	var sum float64
	for i, c := range d.truth {
		sum += square(f.state.mean[i] - c)
	}
	return math.Sqrt(sum / float64(len(d.truth)))
}

// With one hypothesis and no questions that move far the filter is Kalman's.
func TestDriftIsKalmans(t *testing.T) {
	const slope, variance, noise, first = 0.7, 0.05, 0.04, 0.2
	f := newContrastFilter(first, 0, 1, 1)
	f.jump = 0
	// The first wave takes the fresh start, which is never taken again.
	f.drifts = []drift{{fresh: true, variance: first, log: -1e9}, {slope: slope, variance: variance}}
	f.log = f.prior()
	mean, spread := 0.0, first
	for i, y := range []float64{0.5, -0.3, 0.8, 0.1} {
		if i > 0 {
			mean, spread = slope*mean, slope*slope*spread+variance
		}
		gain := spread / (spread + noise)
		mean, spread = mean+gain*(y-mean), (1-gain)*spread
		f.wave(driftWave(noise, y))
		if math.Abs(f.state.mean[0]-mean) > 1e-9 || math.Abs(f.state.variance[0]-spread) > 1e-9 {
			t.Fatalf("after wave %d: %v ± %v, want %v ± %v", i, f.state.mean[0], f.state.variance[0], mean, spread)
		}
	}
}

// The first wave is shrunken as one by itself: with one multiple, by the prior and the
// noise; what companies vary by chance is in the prior.
func TestDriftFirstWave(t *testing.T) {
	f := newContrastFilter(0.3, 0.1, 1, 1)
	kept := f.drifts[:0]
	for _, d := range f.drifts {
		if d.fresh && math.Abs(d.variance-0.4) < 1e-9 || !d.fresh {
			kept = append(kept, d)
		}
	}
	if fresh := len(f.drifts) - len(kept); fresh != len(multiplesFine)-1 {
		t.Fatalf("%d of the fresh starts have another variance than 0.4", fresh)
	}
	f.drifts, f.log = kept, make([]float64, len(kept))
	f.wave(driftWave(0.1, 1))
	if !(math.Abs(f.state.mean[0]-0.8) < 1e-9) || !(math.Abs(f.state.variance[0]-0.08) < 1e-9) {
		t.Errorf("%v ± %v, want 0.8 ± 0.08", f.state.mean[0], f.state.variance[0])
	}
}

// Questions that stay where they are are known better with every wave, and those of a panel
// that is new altogether as well as without any wave before.
func TestDriftLearnsHowMuch(t *testing.T) {
	const noise, spread = 0.04, 0.4
	d := newDrawn(200, spread)
	f := newContrastFilter(spread*spread, 0, 1, 1)
	f.wave(d.read(noise))
	alone := d.rmse(f)
	for range 5 {
		f.wave(d.read(noise))
	}
	// Six readings have an error of 0.2/√6 = 0.08; what may drift adds to it.
	if got := d.rmse(f); got > 0.12 || alone < 0.16 {
		t.Errorf("the error is %.3f after one wave and %.3f after six", alone, got)
	}
	other := newDrawn(200, spread)
	other.rng = rand.New(rand.NewPCG(3, 4))
	for i := range other.truth {
		other.truth[i] = spread * other.rng.NormFloat64()
	}
	r := other.read(noise)
	f.wave(r)
	fresh := newContrastFilter(spread*spread, 0, 1, 1)
	fresh.wave(r)
	if got, want := other.rmse(f), other.rmse(fresh); got > 1.02*want {
		t.Errorf("the error of a new panel is %.3f, and %.3f without waves before", got, want)
	}
	// What was learnt of the drift is forgotten in part: the panel after that is believed
	// to stay again.
	for range 4 {
		f.wave(other.read(noise))
	}
	if got := other.rmse(f); got > 0.13 {
		t.Errorf("four waves after a new panel the error is %.3f", got)
	}
}

// One question that moves by a level among many that stay is believed, and the others are
// not let go for it.
func TestDriftBelievesAJump(t *testing.T) {
	d := newDrawn(40, 0.4)
	f := newContrastFilter(0.16, 0, 1, 1)
	for range 4 {
		f.wave(d.read(0.01))
	}
	before := f.state.variance[1]
	d.truth[0]++
	r := d.read(0.01)
	f.wave(r)
	if miss := math.Abs(f.state.mean[0] - r.reading[0]); miss > 0.03 {
		t.Errorf("a question that jumps is %.3f away from its reading", miss)
	}
	if f.state.variance[0] < 1.5*before || f.state.variance[1] > 1.5*before {
		t.Errorf("the variance of the one that jumps is %.4f, of another %.4f, before %.4f", f.state.variance[0], f.state.variance[1], before)
	}
}

// A wave that does not tell of a question leaves its mean and makes it less certain; a
// question that a wave tells of for the first time starts afresh.
func TestDriftWithoutAReading(t *testing.T) {
	d := newDrawn(30, 0.4)
	f := newContrastFilter(0.16, 0, 1, 1)
	r := d.read(0.01)
	r.noise[1] = 0
	f.wave(r)
	if f.known[1] || !f.known[0] {
		t.Fatalf("questions that are known: %v", f.known[:2])
	}
	mean, variance := f.state.mean[0], f.state.variance[0]
	r = d.read(0.01)
	r.noise[0] = 0
	f.wave(r)
	if got := f.state.mean[0]; math.Abs(got-mean) > 0.1*math.Abs(mean) || !(f.state.variance[0] > variance+0.002) {
		t.Errorf("%v ± %v becomes %v ± %v without a reading", mean, variance, got, f.state.variance[0])
	}
	alone := newContrastFilter(0.16, 0, 1, 1)
	alone.wave(driftWave(0.01, r.reading[1]))
	if !f.known[1] || math.Abs(f.state.mean[1]-alone.state.mean[0]) > 0.02 {
		t.Errorf("a new question is at %v, by itself at %v", f.state.mean[1], alone.state.mean[0])
	}
}
