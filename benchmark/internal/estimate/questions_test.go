package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Whether a question is published must not hang on what its own reading says: the
// readings of two questions of a domain change places, one near the others and one
// far out. Their Errors stay, up to the little by which the questions' rates of
// answers differ; their intervals go with the readings, since a number of companies
// that is wrong moves a mean further out by more.
func TestErrorIsBlindToTheReading(t *testing.T) {
	population := typical
	population.missing, population.level, population.question = 0, 0.5, 0.6
	rng := rand.New(rand.NewPCG(53, 54))
	in, before := population.draw(jsp, 60, rng).release(t, model.Prior{Companies: 60}, 0.26, 0.79, false, rng)
	// Of all companies, in the first domain.
	contrasts := in.Measured[model.Contrasts]
	near, far := 0, 0
	for q := range jsp.Domains[0] {
		if distance := math.Abs(contrasts.Y[0][q]); distance > math.Abs(contrasts.Y[0][far]) {
			far = q
		} else if distance < math.Abs(contrasts.Y[0][near]) {
			near = q
		}
	}
	for _, row := range contrasts.Y {
		row[near], row[far] = row[far], row[near]
	}
	after := Estimate(in)
	width := func(n Number) float64 { return max(n.High-n.Value, n.Value-n.Low) } // one end may be cut
	center := in.Design.LevelCenter
	for _, q := range []int{near, far} {
		was, is := before[0].Questions[q].Mean, after[0].Questions[q].Mean
		if math.Abs(is.Error/was.Error-1) > 0.02 {
			t.Errorf("question %d: error %.4f, with the other reading %.4f", q, was.Error, is.Error)
		}
		if further := math.Abs(is.Value-center) > math.Abs(was.Value-center); further != (width(is) > 1.02*width(was)) {
			t.Errorf("question %d: half interval of %.4f, with the other reading of %.4f", q, width(was), width(is))
		}
	}
}

// The contrasts of a domain that all answered whole sum to zero but for noise. Where some
// leave its questions out, a sum of them is noise only as far as those may not be at another
// level: noise/(noise + doubt) of it is taken off, the noise being that of all its questions.
func TestCentredContrasts(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 1}}
	s := newSetting(arbitraryInput(shape, 300, 10, 0.1, 0, true, rand.New(rand.NewPCG(81, 82))))
	centred := func(present, usable float64) []float64 {
		s.rates.present[0] = present
		for q := range 2 {
			s.rates.usable[q] = usable
		}
		mean := []float64{0.3, 0.1, 0.5}
		s.centerContrasts(mean, []float64{0.02, 0.06, 1}, []float64{s.Design.LevelCenter, 0})
		return mean
	}
	whole := centred(1, 1)
	same(t, "first", whole[0], 0.1)
	same(t, "second", whole[1], -0.1)
	same(t, "the only one of its domain", whole[2], 0.5)
	w := s.Shape.RelativeWeights()[0]
	noise, doubt := square(w*0.8)*(0.02+0.06), square(2*w*0.2)*s.Design.Center.ScoreVariance
	part := centred(1, 0.8)
	same(t, "first of a domain left out in part", part[0], 0.3-0.2*noise/(noise+doubt))
	same(t, "second", part[1], 0.1-0.2*noise/(noise+doubt))
}

// The rate of answers of a segment is as far from that of all as is believed and as its
// companies' choices are by chance: the noise of its contrasts is larger by three times the square of that. Nobody
// doubts the rate of all, nor that of a question which all companies answered.
func TestFewerAnswersInSegment(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{4, 4}, Attributes: []int{2}}
	s := newSetting(arbitraryInput(shape, 400, 1, 0, 0, true, rand.New(rand.NewPCG(7, 8))))
	for _, c := range []struct{ rate, want float64 }{{1, 1}, {0.5, 1 + 3*(0.25/s.sizes.count[1]+square(segmentSkips*0.25))/0.25}} {
		s.rates.answered[0].value, s.rates.usable[0] = c.rate, c.rate
		same(t, "a segment's factor", s.fewerInSegment(1, 0), c.want)
		same(t, "that of all", s.fewerInSegment(0, 0), 1)
	}
	// At the centre a wrong rate moves next to nothing: what is left is the noise.
	before, domains := make([]float64, 2), s.domains(s.overall())
	for g := range domains.value {
		for d := range domains.value[g] {
			domains.value[g][d] = s.Design.LevelCenter
		}
	}
	for _, row := range s.Measured[model.Contrasts].Y {
		clear(row)
	}
	s.rates.usable[0] = 1
	for i, rate := range []float64{1, 0.9} {
		s.rates.answered[0].value = rate
		before[i] = s.questions(domains).variance[1][0]
	}
	b, _ := s.contrasts(domains)
	if least := before[0] + b.variance[1][0]*(s.fewerInSegment(1, 0)-1); !(before[1] >= least) {
		t.Errorf("the variance of a segment's question is %.5f where its rate is known, and %.5f where it is not: at least %.5f", before[0], before[1], least)
	}
}
