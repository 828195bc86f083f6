package estimate

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/mat"
)

// markedInput is what a small plan with marks measures of public sizes, with little noise: 24 companies of
// which some leave out domains, by the means of what the vector has.
func markedInput(shape model.Shape, overall float64, offsets, empty []float64, noise float64) Input {
	const n = 24
	public := model.NewPublic(shape, model.Expect(shape, model.Prior{Companies: n}))
	s := encode.NewSmall(shape, public, true, true)
	center := model.Expect(shape, model.Prior{Companies: n})
	center.Companies, center.CompaniesVariance = n, 0
	in := Input{Shape: shape, Design: s.Design(center, 1, 1, true), Z: 1.645, SpreadUnknown: true, Exact: []float64{n}}
	put := func(b model.Block, values ...float64) {
		m := encode.Measured{Y: grid(1, len(values)), SD: grid(1, len(values)), Weights: mat.NewDense(1, 1, []float64{1})}
		for i, v := range values {
			m.Y[0][i], m.SD[0][i] = n*v, n*noise
		}
		in.Measured[b] = m
	}
	put(model.Overall, overall)
	put(model.Offsets, offsets...)
	put(model.Empty, empty...)
	put(model.OffsetsTier.Clipped(), 0)
	return in
}

// A third of the companies leave out the first domain, all of them the third. Their overall scores,
// 1 above the centre, count with the parts 1/3 and 2/3; where they have an answer they are at 0.5,
// 1.5 and 1.5 beyond it, and all is found again.
func TestMarkedDomainsAreFoundAgain(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2, 2}}
	const third = 1.0 / 3
	overall := 1 * (third*third + 2*third*2*third)
	in := markedInput(shape, overall, []float64{2*third*0.5 - overall, 1.5 - overall, -overall}, []float64{third, 0, 1}, 1e-4)
	out := Estimate(in)[0]
	center := in.Design.Public.Center
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) < 0.01) {
			t.Errorf("%s: %v, expected %v", what, got, want)
		}
	}
	near("overall", out.Overall.Mean.Value, center+1)
	near("first domain", out.Domains[0].Mean.Value, center+0.5)
	near("second domain", out.Domains[1].Mean.Value, center+1.5)
	for d, want := range []float64{16, 24, 0} {
		near("answers", out.Domains[d].Answers.Value, want)
		if got := out.Domains[d].Answers.Low; got > want || got < want-0.05 {
			t.Errorf("at least %v answers, expected hardly less than %v", got, want)
		}
	}
}

// absentDoubt: how much companies count, and that those who leave out a domain may be others. Where
// all leave it out, there are no others.
func TestTermsOfAbsentDoubt(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2}, Attributes: []int{2}}
	s := &setting{Input: Input{Shape: shape}, sizes: sizes{count: []float64{30, 15, 15}}}
	s.Design.Center.ScoreVariance = 0.5
	same(t, "nothing left out", s.absentDoubt(0, 2), 0)
	s.rates.empty = []rate{{value: 0.2, sd: 0.3}, {value: 0.6, sd: 0.4}}
	s.rates.absent = absentShare(s.rates.empty)
	same(t, "share", s.rates.absent.value, 0.4)
	same(t, "its error", s.rates.absent.sd, 0.25)
	unlike := square(unlikeLeavers*0.5*(0.2*0.8+0.6*0.4)) * 0.5
	same(t, "of all", s.absentDoubt(0, 2), (square(2*0.25)+unlike)/square(0.6))
	mixed := 0.4 * 0.6
	own := mixed/15 + square(segmentSkips*mixed)
	same(t, "of a segment", s.absentDoubt(1, 2), (4*(square(0.25)+own)+unlike)/square(0.6))
	s.rates.empty = []rate{{value: 1}, {}}
	s.rates.absent = absentShare(s.rates.empty)
	same(t, "one domain is left out by all", s.absentDoubt(0, 2), 0)
	same(t, "nobody leaves out everything", absentShare([]rate{{value: 1}, {value: 1}}).value, 0.5)
}

// What a domain may seem to be left out by, where nobody does: the limit's doubt and, in nine of ten
// cases, the noise.
func TestMostMissed(t *testing.T) {
	var d encode.Design
	same(t, "nothing to leave out", MostMissed(d), 0)
	d.Spherical, d.Sigma[model.Empty] = 1, []float64{2}
	same(t, "public sizes", MostMissed(d), (4.395+1.2815515655446)*2)
	d.Sigma[model.Companies] = []float64{1.5}
	same(t, "noisy sizes", MostMissed(d), (4.395+1.2815515655446)*2.5)
	d.Sigma[model.Empty][0] = math.Inf(1)
	same(t, "not measured", MostMissed(d), 0)
}
