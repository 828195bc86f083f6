package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// Every interval is made of several terms, and coverage over many numbers hardly
// tells whether a small one is there. Here each is the only one that matters, or the
// difference between two estimates of the same measurement.

// measuredSetting is the setting of a typical panel, with nothing left out, nothing
// clipped and every rate known: each test brings its own doubt.
func measuredSetting(t *testing.T) *setting {
	t.Helper()
	shape := model.Shape{Levels: 6, Domains: []int{4, 5, 3}, Attributes: []int{2}}
	rng := rand.New(rand.NewPCG(51, 52))
	complete := typical
	complete.missing = 0
	in, _ := complete.draw(shape, 300, rng).release(t, model.Prior{Companies: 300}, 0.26, 0.79, false, rng)
	s := newSetting(in)
	s.rates.clipped, s.rates.keptSD = [model.Tiers]rate{}, 0
	for tier := range s.rates.kept {
		s.rates.kept[tier] = 1
	}
	for g := range s.sizes.relative {
		s.sizes.relative[g] = 0
	}
	for d := range s.rates.empty {
		s.rates.empty[d], s.rates.unusable[d], s.rates.present[d] = rate{}, rate{}, 1
	}
	for q := range s.rates.answered {
		s.rates.answered[q], s.rates.usable[q] = rate{value: 1}, 1
	}
	return s
}

// same compares numbers that differ by rounding only.
func same(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*math.Max(1e-3, math.Abs(want))) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// Cohort 1 has 100 companies. An offset of ½, a domain mean one level above the
// centre, a share of the prior variance of the offset that is hidden.
func TestTermsOfDomainBias(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for name, c := range map[string]struct {
		change func(s *setting)
		g      int
		hidden float64
		want   func(s *setting) float64
	}{
		"nothing": {func(*setting) {}, 1, 1, func(*setting) float64 { return 0 }},
		"number of companies": {func(s *setting) { s.sizes.relative[1] = 0.1 }, 1, 0,
			func(*setting) float64 { return 0.25 * 0.01 }},
		"what clipping keeps": {func(s *setting) {
			s.rates.clipped[model.OffsetsTier].sd, s.rates.kept[model.OffsetsTier] = 0.2, 0.8
		}, 1, 0, func(*setting) float64 { return 0.25 * 0.0625 }},
		"number of those without an answer": {func(s *setting) { s.rates.empty[0].sd, s.rates.present[0] = 0.1, 0.8 }, 0, 0,
			func(s *setting) float64 { return square(0.1 * (1 + centerSlack*s.unit) / 0.8) }},
		"a segment's own rate": {func(s *setting) { s.rates.empty[0].value = 0.5 }, 1, 0,
			func(s *setting) float64 {
				return (0.25/100 + square(segmentSkips*0.25)) * square(1+centerSlack*s.unit)
			}},
		"who leaves the domain out": {func(s *setting) { s.rates.empty[0].value, s.rates.present[0] = 0.2, 0.8 }, 0, 0.5,
			func(s *setting) float64 {
				return 0.25 * (square(unlikeSkippers*0.2) + 0.25/100) * s.Design.Center.ScoreVariance
			}},
	} {
		s := measuredSetting(t)
		s.sizes.count[0], s.sizes.count[1] = 100, 100
		c.change(s)
		same(t, name, s.domainBias(c.g, 0, 0.5, s.Design.Public.Center+1, c.hidden), c.want(s))
	}
}

// Of all, a tenth of the prior variance is left; of the distance of the segment from
// all, half.
func TestTermsOfHidden(t *testing.T) {
	s := measuredSetting(t)
	b := belief{variance: [][]float64{{0.1}, {0.2}}, prior: []float64{1, 1.2}}
	same(t, "all", s.hidden(0, b, 0), 0.1)
	same(t, "segment", s.hidden(1, b, 0), 0.5)
}

// The overall mean is taken of those without an answer, too: a tenth of the companies
// multiply its variance by (1 + 1/9)² where the offset is fully informed.
func TestTermsOfDomains(t *testing.T) {
	s := measuredSetting(t)
	s.rates.empty[1].value, s.rates.present[1] = 0.1, 0.9
	s.Design.Offsets = encode.OffsetLoss{} // that clipping takes does not depend on where the domains are
	level := s.overall()
	before := s.domains(level)
	for g := range level.variance {
		level.variance[g][0] += 1
		level.wide[g][0] += 2
	}
	after := s.domains(level)
	b, _ := s.offsets(level)
	for g := range after.variance {
		informed := removed(b.variance[g][1], b.prior[g]+s.skipEffect(1))
		same(t, "variance", after.variance[g][1]-before.variance[g][1], square(1+informed/9))
		same(t, "wide", after.wide[g][1]-before.wide[g][1], 2*square(1+informed/9))
		same(t, "variance of a complete domain", after.variance[g][0]-before.variance[g][0], 1)
	}
}

// What clipping may do to the offsets is in their variance and, wider, in the interval.
func TestTermsOfClippedDomains(t *testing.T) {
	s := measuredSetting(t)
	level := s.overall()
	s.rates.clipped[model.OffsetsTier].value = 0.2
	after, bias := s.domains(level), make([]float64, 3)
	b, lost := s.offsets(level)
	for i := range bias {
		offset := after.value[0][i] - level.value[0][0]
		bias[i] = s.domainBias(0, i, offset, after.value[0][i], s.hidden(0, b, i))
		variance := b.variance[0][i] + lost.of(0, i)
		same(t, "variance", after.variance[0][i], level.variance[0][0]+variance+bias[i])
		same(t, "wide", after.wide[0][i], level.wide[0][0]+widened(variance, removed(variance, b.prior[0]))+bias[i])
		if !(lost.of(0, i) > 0) {
			t.Errorf("clipping takes nothing of domain %d", i)
		}
		if !(lost.of(1, i) > lost.of(0, i)) {
			t.Errorf("a segment knows as much of what clipping takes of domain %d as all", i)
		}
	}
}

func TestTermsOfScaleError(t *testing.T) {
	s := measuredSetting(t)
	s.sizes.count[1] = 100
	same(t, "nothing", s.scaleError(1, 0), 0)
	s.rates.keptSD = 0.1
	same(t, "what clipping keeps", s.tailError(1), 0.01)
	s.rates.keptSD, s.sizes.relative[1] = 0, 0.2
	same(t, "number of companies", s.tailError(1), 0.04)
	s.rates.answered[0] = rate{value: 0.5, sd: 0.1}
	same(t, "rate of answers", s.rateError(0, 0), square(0.1/0.4))
	s.rates.answered[0] = rate{value: 0.8}
	own := math.Sqrt(0.16/100 + square(segmentSkips*0.16))
	same(t, "a segment's own rate", s.rateError(1, 0), square(own/(0.8-own)))
	same(t, "both", s.scaleError(1, 0), s.tailError(1)+s.rateError(1, 0))
}

// The level of those who answer half of a domain of four: (1−r)/r = 1, and the mean of
// two of its answers is as far from the company's as the variance within allows.
func TestTermsOfLevelBias(t *testing.T) {
	s := measuredSetting(t)
	same(t, "all answer", s.levelBias(0), 0)
	s.rates.usable[0] = 0.5
	within := s.Design.Prior[model.Contrasts].Within
	same(t, "half answer", s.levelBias(0), s.Design.Center.ScoreVariance+within/2+questionsApart*square(s.unit))
}

// The terms of a question's mean: differences between the estimates with and without.
func TestTermsOfQuestions(t *testing.T) {
	s := measuredSetting(t)
	s.rates.usable[2], s.rates.answered[2].value = 0.8, 0.8 // a fifth leaves question 2 out
	domains := s.domains(s.overall())
	before := s.questions(domains)
	contrast := before.value[0][2] - domains.value[0][0]
	center, apart := s.usualDistances(before.value[0], contrasts(before, domains, s))
	distance := math.Abs(before.value[0][2]-s.Design.LevelCenter) + centerSlack*s.unit

	s.rates.keptSD = 0.1
	left := 0.25 * (domains.value[0][0] - s.Design.LevelCenter)
	after := s.questions(domains)
	same(t, "what clipping keeps, error", after.variance[0][2]-before.variance[0][2], 0.01*(apart+square(left)))
	same(t, "what clipping keeps, interval", after.wide[0][2]-before.wide[0][2], 0.01*(square(contrast)+square(left)))

	s.rates.keptSD, s.rates.answered[2].sd = 0, 0.1
	after = s.questions(domains)
	same(t, "rate of answers, error", after.variance[0][2]-before.variance[0][2], center*square(0.1/0.7))
	same(t, "rate of answers, interval", after.wide[0][2]-before.wide[0][2], square(distance)*square(0.1/0.7))

	s.rates.answered[2].sd = 0
	for g := range domains.variance {
		domains.variance[g][0]++
		domains.wide[g][0] += 2
	}
	after = s.questions(domains)
	informed := removed(after.own[0][2], after.ownPrior[0])
	same(t, "domain mean, error", after.variance[0][2]-before.variance[0][2], square(1+informed/4))
	same(t, "domain mean, interval", after.wide[0][2]-before.wide[0][2], 2*square(1+informed/4))
}

// contrasts are the distances of the questions of all from their domains.
func contrasts(l questionLevels, domains levels, s *setting) []float64 {
	var out []float64
	for q, d := range s.domainOf {
		out = append(out, l.value[0][q]-domains.value[0][d])
	}
	return out
}

// What shrinkage hides of those who leave a question out: by far, and by chance.
func TestTermsOfHiddenSkippers(t *testing.T) {
	s := measuredSetting(t)
	s.rates.usable[2], s.rates.answered[2].value = 0.8, 0.8
	domains := s.domains(s.overall())
	b, _ := s.contrasts(domains)
	out := s.questions(domains)
	informed, left := removed(b.variance[0][2], b.prior[0]), 0.25
	hidden := square(s.hidden(0, b, 2)) * (square(left)*s.Design.Center.ScoreVariance + s.levelBias(2)/s.sizes.count[0])
	if !(hidden > 0) {
		t.Fatal("nothing is hidden")
	}
	same(t, "error", out.variance[0][2], square(1+left*informed)*domains.variance[0][0]+b.variance[0][2]+hidden)
}

// The overall mean is a sum divided by a number of companies, which may be wrong, even
// where the mean lies at the centre; what clipping takes may be anything that the
// reading allows, and a segment far from all is shrunken.
func TestTermsOfOverall(t *testing.T) {
	s := measuredSetting(t)
	before := s.overall()
	s.sizes.relative[0] = 0.1
	after := s.overall()
	distance := math.Abs(before.value[0][0]-s.Design.Public.Center) + centerSlack*s.unit
	same(t, "number of companies", after.variance[0][0]-before.variance[0][0], square(0.1*distance))

	s.sizes.relative[0], s.rates.clipped[model.LevelTier].value = 0, 0.2
	after = s.overall()
	b, lost := s.overallPosterior(s.Design.Center.Level - s.Design.Public.Center)
	if !(lost.all.variance[0] > 0) {
		t.Fatalf("clipping takes nothing: %+v", lost)
	}
	same(t, "clipping, error", after.variance[0][0], b.variance[0][0]+lost.all.variance[0])
	same(t, "clipping, interval", after.wide[0][0], after.variance[0][0]+lost.all.doubt)
	if !(lost.all.doubt > 0) {
		t.Error("the interval doubts no more than the estimate")
	}

	// What clipping keeps divides by the values of attributes only.
	tier := model.SegmentsTier
	s.rates.clipped[model.LevelTier].sd, s.rates.clipped[tier].sd, s.rates.kept[tier] = 0.1, 0.1, 0.8
	after = s.overall()
	b, lost = s.overallPosterior(s.Design.Center.Level - s.Design.Public.Center)
	same(t, "what clipping keeps, all", after.variance[0][0], b.variance[0][0]+lost.all.variance[0])
	of := lost.of(1, s.sizes.divisor(1))
	apart := lost.amplify(1, b.variance[1][0]-b.variance[0][0], b.prior[1]-b.prior[0])
	same(t, "what clipping keeps, a segment", after.variance[1][0], b.variance[0][0]+apart+of+square(0.1/0.8*(math.Abs(b.mean[1][0])+centerSlack*s.unit)))
	if !(of > lost.byAll[1]*lost.all.variance[0] && lost.byAll[1]*lost.all.variance[0] > 0) {
		t.Errorf("clipping takes %v of a segment, and %v of all", of, lost.all.variance[0])
	}
}

// The overall score by the values of attributes is clipped by a factor of its own. If a
// tenth of it is lost of companies far above the others, the rest of all companies tells
// what their mean lacks: R/n − p·m over 1 − p.
func TestSegmentsGetBackTheRest(t *testing.T) {
	s := measuredSetting(t)
	n, tier := s.sizes.divisor(0), model.SegmentsTier
	s.rates.clipped[tier], s.rates.kept[tier] = rate{value: 0.1}, 0.9
	s.Measured[model.Overall].Y[0][0] = 0.4 * n
	low := &s.Measured[model.RestSegments]
	low.Y[0][0], low.SD[0][0] = 0.2*n, 1e-3
	reading, noise := s.restReadings(model.Segments, []int{0})
	same(t, "reading", reading[0], (0.2-0.1*0.4)/0.9)
	same(t, "noise", noise[0], math.Hypot(1e-3, 0.1*s.Measured[model.Overall].SD[0][0])/n/0.9)
	before := s.segmented()
	_, lost := s.overallPosterior(0)
	same(t, "of the values of attributes", before.Y[1][0], s.Measured[model.Segments].Y[1][0]/0.9)
	same(t, "noise of the values of attributes", before.SD[1][0], s.Measured[model.Segments].SD[1][0]/0.9)
	same(t, "of all", before.Y[0][0], 0.4*n)
	if shift := lost.segments.variance[0]; !(shift < 1e-4) {
		t.Errorf("the rest is measured, but its variance is %v", shift)
	}
	if r, _ := s.levelRest(model.Segments, encode.LevelLoss{}, 0, 0, 0); math.Abs(r.shift[0]-reading[0]) > 1e-3 {
		t.Errorf("the rest tells %v, and %v is believed", reading[0], r.shift[0])
	}
}

// Of a segment whose overall mean is not measured, most of the prior is left.
func TestTermsOfUnmeasuredSegment(t *testing.T) {
	s := measuredSetting(t)
	for row := 1; row < len(s.Measured[model.Segments].SD); row++ {
		s.Measured[model.Segments].SD[row][0] = math.Inf(1)
	}
	out := s.overall()
	b, _ := s.overallPosterior(s.Design.Center.Level - s.Design.Public.Center)
	apart := b.variance[1][0] - b.variance[0][0]
	left := 1 - removed(apart, b.prior[1]-b.prior[0])
	if !(left > 0.5) {
		t.Fatalf("%v of the prior is left", left)
	}
	_, lost := s.overallPosterior(s.Design.Center.Level - s.Design.Public.Center)
	same(t, "segment, interval", out.wide[1][0]-out.variance[1][0], apart*unmeasured(left)+lost.doubtOf(1))
}

// What clipping may do to the contrasts is in the variance of a question.
func TestTermsOfClippedQuestions(t *testing.T) {
	s := measuredSetting(t)
	s.rates.clipped[model.TailTier].value = 0.2
	domains := s.domains(s.overall())
	b, lost := s.contrasts(domains)
	out := s.questions(domains)
	for q, d := range s.domainOf {
		if !(lost[0][q] > 0 && lost[1][q] > lost[0][q]) {
			t.Errorf("clipping takes %v of question %d, %v in a segment", lost[0][q], q, lost[1][q])
		}
		same(t, "error", out.variance[0][q], domains.variance[0][d]+b.variance[0][q]+lost[0][q])
	}
}

// The interval of a question far from its domain allows for what shrinking takes from it; those of all others, for
// what it takes from the average question.
func TestIntervalsOfQuestionsFarOut(t *testing.T) {
	s := measuredSetting(t)
	domains := s.domains(s.overall())
	data := s.Measured[model.Contrasts]
	for q, far := range map[int]float64{1: 1.2, 6: -1.2} {
		data.Y[0][q] += far * s.sizes.divisor(0)
	}
	b, _ := s.contrasts(domains)
	levels := s.questions(domains)
	usual, apart := s.usualDistances(levels.value[0], b.mean[0])
	tail, further := s.tailError(0), 0
	for q, d := range s.domainOf {
		variance, rate := b.variance[0][q]*s.fewerInSegment(0, q), s.rateError(0, q)
		informed := removed(variance, b.prior[0])
		interval := widenedApart(variance, informed, b.mean[0][q])
		if interval > widened(variance, informed) {
			further++
		}
		scale := square(1 + s.left(q)/s.rates.usable[q]*informed)
		distance := square(math.Abs(levels.value[0][q]-s.Design.LevelCenter) + centerSlack*s.unit)
		want := scale*(domains.wide[0][d]-domains.variance[0][d]) + interval - variance + (square(b.mean[0][q])-apart)*tail + (distance-usual)*rate + b.doubt[q]
		same(t, "wide", levels.wide[0][q]-levels.variance[0][q], want)
	}
	if further < 2 || further == len(s.domainOf) {
		t.Errorf("%d of %d questions are far out", further, len(s.domainOf))
	}
}
