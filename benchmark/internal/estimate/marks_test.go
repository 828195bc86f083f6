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
	s := encode.NewSmall(shape, public, encode.SmallPlan{Companies: n, ExactSizes: true, Marks: true})
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

// Where few leave out the other domains, a noisy mark is taken for noise; where many do, it is
// believed, and so is one that is far from the others, as of a domain that is routed. Its own noise tells
// nothing of what is believed before it.
func TestMarkedEmptyLeansOnTheOthers(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2, 2}}
	rates := func(noise float64, empty ...float64) []rate {
		in := markedInput(shape, 1, []float64{0, 0, 0}, empty, noise)
		return newSetting(in).rates.empty
	}
	alone, common := rates(0.05, 0.1, 0, 0), rates(0.05, 0.1, 0.3, 0.3)
	if got := alone[0].value; got > 0.04 {
		t.Errorf("a tenth ± 0.05 where nobody leaves out the others is %v", got)
	}
	if got := common[0].value; got < 0.09 || got > 0.15 {
		t.Errorf("a tenth ± 0.05 where three in ten leave out the others is %v", got)
	}
	if got := rates(0.05, 0.6, 0, 0)[0]; got.value < 0.55 || got.sd > 0.06 {
		t.Errorf("six in ten ± 0.05 are %v", got)
	}
	both := either(0.3, 0.05/math.Sqrt2, rate{value: emptyMean, sd: emptySpread}, rate{value: rareSkips, sd: rareSkipsSpread}, rare)
	want := either(0.1, 0.05, rate{value: both.value, sd: math.Hypot(both.sd, emptyMean+both.value)}, rate{value: rareSkips, sd: rareSkipsSpread}, rare)
	same(t, "rate", common[0].value, want.value)
	same(t, "error", common[0].sd, want.sd)
	same(t, "informed", common[0].informed, want.informed)
}

// Where the domains of a small panel lie apart, more of their offsets is expected to be clipped than the
// public model says, by what its companies would lose with offsets that far; little noise of what is lost says otherwise.
func TestMarkedDomainsApart(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2, 2}}
	clipped := func(lost, noise float64, offsets ...float64) rate {
		in := markedInput(shape, 0, offsets, []float64{0, 0, 0}, 1e-4)
		m := &in.Measured[model.OffsetsTier.Clipped()]
		m.Y[0][0], m.SD[0][0] = 24*lost, 24*noise
		s := newSetting(in)
		s.domains(s.overall())
		return s.rates.clipped[model.OffsetsTier]
	}
	if near, far := clipped(0.02, 0.5, 0.1, -0.1, 0), clipped(0.02, 0.5, 1.5, -1.5, 0); far.value < near.value+0.05 || far.sd < near.sd+0.004 {
		t.Errorf("domains at ±1.5 lose %v, those at ±0.1 %v", far, near)
	}
	if got := clipped(0.02, 1e-3, 1.5, -1.5, 0); math.Abs(got.value-0.02) > 0.01 {
		t.Errorf("where 0.02 is measured as lost, %v is read", got)
	}
}

// What the public model explains of clipping is doubted in part, in a small panel; what is clipped beyond
// that, and what is not known of it, as a whole.
func TestExplainedClippingIsDoubtedInPart(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2, 2}}
	s := newSetting(markedInput(shape, 0, []float64{0, 0, 0}, []float64{0, 0, 0}, 1e-4))
	s.rates.clipped[model.OffsetsTier] = rate{value: 0.3, sd: 0.02}
	doubt := func(explained float64) float64 {
		s.explained = explained
		return s.restUnder(multiples{values: []float64{1}}, model.Offsets, upTo(3), nil, 1).variance[0]
	}
	scale := square(s.restDoubt(model.Offsets))
	same(t, "nothing explained", doubt(0), scale*(square(0.3)+square(0.02)))
	same(t, "a part", doubt(0.2), scale*(square(0.1)+square(explainedDoubt*0.2)+square(0.02)))
	same(t, "all of it", doubt(0.3), scale*(square(explainedDoubt*0.3)+square(0.02)))
}

// How companies count that leave out a domain does not matter for the mean of a domain: the offsets make
// up for it.
func TestDomainsOfMarkedDoNotDoubtTheParts(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2, 2}}
	s := newSetting(markedInput(shape, 1, []float64{0, 0, 0}, []float64{0.3, 0, 0}, 0.01))
	overall := s.overall()
	variance := func() float64 { return s.domains(overall).variance[0][1] }
	before := variance()
	more := s.absentDoubt(0, overall.value[0][0]-s.Design.Public.Center+centerSlack*s.unit)
	if more < 1e-3 {
		t.Fatalf("a doubt of %v: the test sees nothing", more)
	}
	s.Design.Center.ScoreVariance *= 2 // of which only the doubt about the parts is made here
	now := s.absentDoubt(0, overall.value[0][0]-s.Design.Public.Center+centerSlack*s.unit)
	overall.variance[0][0] += now - more
	overall.wide[0][0] += now - more
	if after := variance(); math.Abs(after-before) > 0.2*(now-more) {
		t.Errorf("a variance of %v where the doubt is %v larger, %v before", after, now-more, before)
	}
}

// The overall mean of a small panel has the noise of one number: its interval is wider, for its tails, and neither
// its error nor what is made of it is.
func TestTailsOfOverall(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2, 2}}
	s := newSetting(markedInput(shape, 1, []float64{0, 0, 0}, []float64{0, 0, 0}, 0.05))
	l := s.overall()
	n := s.levelNumber(l, 0, 0)
	same(t, "half-width", (n.High-n.Low)/2, s.Z*math.Sqrt(l.wide[0][0]+l.tail[0][0]))
	same(t, "error", n.Error, math.Sqrt(l.variance[0][0]))
	b, _ := s.overallPosterior(s.Design.Center.Level - s.Design.Public.Center)
	same(t, "tail", l.tail[0][0], (square(laplaceWide)-1)*b.variance[0][0])
	domains := s.domains(l)
	l.tail[0][0] *= 2
	same(t, "of a domain", s.domains(l).wide[0][1], domains.wide[0][1])
	s.Design.Spherical = 0
	same(t, "normal noise", s.overall().tail[0][0], 0)
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
