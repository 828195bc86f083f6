package estimate

import (
	"fmt"
	"math"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
)

// unequalSegments are 300 companies, all of which state an attribute, 225 one value and 75 the
// other, whose overall means are measured next to exactly.
func unequalSegments(t *testing.T) *setting {
	t.Helper()
	s := measuredSetting(t)
	copy(s.sizes.count, []float64{300, 225, 75})
	s.cov = newCovariance(s.parts, s.sizes.count)
	for _, b := range []model.Block{model.Overall, model.Segments} {
		for row := range s.Measured[b].SD {
			s.Measured[b].SD[row][0] = 1e-4
		}
	}
	for _, tier := range []model.Tier{model.LevelTier, model.SegmentsTier} {
		s.rates.clipped[tier], s.rates.kept[tier] = rate{value: 0.05, sd: 0.02}, 0.95
	}
	return s
}

// Sums over the values of attributes are measured as differences: where too little is known of what clipping takes
// of all, every mean is off by as much, and where too little is known of the values', the one of n
// companies by 1 − m/n of it, m the mean number of companies.
func TestHowErrorsOfClippingMoveMeans(t *testing.T) {
	s := unequalSegments(t)
	_, lost := s.overallPosterior(s.Design.Center.Level - s.Design.Public.Center)
	for g, want := range []float64{0, square(1 - 150.0/225), square(1 - 150.0/75)} {
		if got := lost.byAll[g]; math.Abs(got-1) > 1e-3 {
			t.Errorf("cohort %d moves by √%v where all do by 1", g, got)
		}
		if got := lost.bySegments[g]; math.Abs(got-want) > 1e-2 {
			t.Errorf("cohort %d moves by √%v where the values of attributes are off by 1, want √%v", g, got, want)
		}
	}
	all, segments, apart := lost.all.variance[0], lost.segments.variance[0], lost.segments.apart
	if !(all > 0 && segments > 0 && lost.segments.doubt > 0) {
		t.Fatalf("clipping takes nothing: %+v", lost)
	}
	same(t, "all", lost.of(0, 300), all)
	same(t, "a segment", lost.of(1, 225), lost.byAll[1]*all+lost.amplified[1]*(lost.bySegments[1]*segments+square(explainedDoubt*lost.apart[1]))+apart+lost.unexplained[1]+lost.chance/225)
	same(t, "doubt", lost.doubtOf(1), lost.byAll[1]*lost.all.doubt+lost.bySegments[1]*lost.segments.doubt)
}

// What clipping takes of a segment of few companies is chance: as the public model's companies
// make it, and as a few make it that are at the end of the scale.
func TestChanceOfClippedSegments(t *testing.T) {
	s := unequalSegments(t)
	at := s.Design.Center.Level - s.Design.Public.Center
	usual := s.lostLevel(at, at)
	_, companies := s.Design.Segments.At(at)
	squares := s.rates.asExpected(companies, model.SegmentsTier) * s.Design.Segments.Squares(at)
	if !(squares > 0) {
		t.Fatal("the public model clips nothing")
	}
	same(t, "as usual", usual.chance, squares+s.farChance(usual.all.far, at))

	low, n := &s.Measured[model.RestOverall], s.sizes.divisor(0)
	low.Y[0][0], low.SD[0][0] = 0.5*n, 0.01*n
	far := s.lostLevel(at, at)
	if got, want := far.chance-squares, 0.5*(s.top-s.Design.Center.Level); math.Abs(got/want-1) > 0.1 {
		t.Errorf("half a level is taken of companies far above the others: a variance of %v in one company, want %v", got, want)
	}
	low.Y[0][0] = -0.5 * n
	far = s.lostLevel(at, at)
	if got, want := far.chance-squares, 0.5*s.Design.Center.Level; math.Abs(got/want-1) > 0.1 {
		t.Errorf("half a level is taken of companies far below the others: a variance of %v in one company, want %v", got, want)
	}
}

// What is taken of all companies beyond what is expected is taken of the values of attributes,
// too, which are clipped first.
func TestSegmentsLoseWhatAllLose(t *testing.T) {
	s := unequalSegments(t)
	at, n := s.Design.Center.Level-s.Design.Public.Center, s.sizes.divisor(0)
	s.Measured[model.RestSegments].SD[0][0] = math.Inf(1)
	low := &s.Measured[model.RestOverall]
	low.SD[0][0] = 0.02 * n
	low.Y[0][0] = 0
	none := s.lostLevel(at, at)
	low.Y[0][0] = 0.5 * n
	lost := s.lostLevel(at, at)
	if more := lost.segments.shift[0] - none.segments.shift[0]; math.Abs(more-0.5) > 0.02 {
		t.Errorf("half a level more is taken of all companies, and %v of the values of attributes", more)
	}
}

// Of a segment further from the centre clipping takes more, up to what it takes of all, and nothing
// on average over the values of an attribute; the estimate moves the means by that, and doubts it.
func TestSegmentsFarFromTheCentreLoseMore(t *testing.T) {
	s := unequalSegments(t)
	const at, up, down = 0.2, 0.4, -1.2 // 225 companies up, 75 down
	mean := [][]float64{{0.3}, {0.3 + up}, {0.3 + down}}
	scoreUp, shareUp := s.Design.Segments.At(at + up)
	scoreDown, shareDown := s.Design.Segments.At(at + down)
	for _, part := range []float64{0.5, 1} {
		clipped := part * (0.75*shareUp + 0.25*shareDown)
		s.rates.clipped[model.SegmentsTier], s.rates.kept[model.SegmentsTier] = rate{value: clipped}, 1-clipped
		got, told := s.lostApart(at, mean)
		// The difference of the two, and no mean.
		want := (part*(scoreUp-scoreDown) - clipped*(up-down)) / (1 - clipped)
		if !(want > 0.001) {
			t.Fatalf("clipping is expected to take %v", want)
		}
		same(t, "between the segments", got[1]-got[2], want)
		if average := 0.75*got[1] + 0.25*got[2]; math.Abs(average) > 1e-12 || got[0] != 0 {
			t.Errorf("all: %v, the mean of the segments: %v", got[0], average)
		}
		same(t, "of all companies", told[2], (part*(0.75*scoreUp+0.25*scoreDown)-clipped*(0.3+0.75*up+0.25*down))/(1-clipped))
	}

	_, more := s.overallPosterior(at)
	before := more.of(2, 75)
	more.apart[2]++
	same(t, "doubt", more.of(2, 75)-before, more.amplified[2]*square(explainedDoubt)*(square(more.apart[2])-square(more.apart[2]-1)))

	s.Measured[model.Segments].Y[1][0] += 300
	b, lost := s.overallPosterior(at)
	center := grid(s.Shape.Cohorts(), 1)
	for g := range center {
		center[g][0] = at
	}
	without := s.movedPosterior(s.segmented(), center, func(g int) float64 {
		if g > 0 {
			return lost.segments.shift[0]
		}
		return lost.all.shift[0]
	})
	moved := b.mean[1][0] - b.mean[2][0] - without.mean[1][0] + without.mean[2][0]
	if want := lost.apart[1] - lost.apart[2]; want == 0 || math.Abs(moved/want-1) > 0.05 {
		t.Errorf("clipping takes %v of the difference, and the means move by %v", want, moved)
	}
}

// What clipping takes of all companies beyond what their places tell, and chance makes, it may have taken of the companies of
// one value.
func TestSegmentsMayLoseWhatNothingTells(t *testing.T) {
	s := unequalSegments(t)
	at, n := s.Design.Center.Level-s.Design.Public.Center, s.sizes.divisor(0)
	low := &s.Measured[model.RestSegments]
	low.SD[0][0] = 0.02 * n
	doubted := func(taken float64) lostLevel {
		low.Y[0][0] = taken * n
		_, lost := s.overallPosterior(at)
		return lost
	}
	for _, share := range []float64{-0.5, 0.5} {
		lost := doubted(share)
		for g, companies := range []float64{300, 225, 75} {
			want := 0.0
			if g > 0 {
				odds := 300/companies - 1
				want = square(share) * odds * max(odds/square(unevenReach), 1)
			}
			if got := lost.unexplained[g]; math.Abs(got-want) > 0.3*want {
				t.Errorf("half a level of all companies is taken: a variance of %v in a mean of %v companies, want %v", got, companies, want)
			}
			with, part := lost.of(g, companies), lost.unexplained[g]
			lost.unexplained[g] = 0
			same(t, "of the variance of a mean", with-lost.of(g, companies), part)
		}
	}
	for g, v := range doubted(0).unexplained {
		same(t, fmt.Sprintf("cohort %d where as much is taken as expected", g), v, 0)
	}
}

// What is kept of a segment grows more slowly than its mean: an error of it is one of the mean divided by its
// slope, as far as the prior leaves room, and one of what clipping is expected to take, too.
func TestErrorsOfSegmentsAreAmplified(t *testing.T) {
	s := unequalSegments(t)
	const at, up = 0.2, 1.5
	mean := [][]float64{{0.3}, {0.3}, {0.3 + up}}
	got := s.amplifies(at, mean)
	high, _ := s.Design.Segments.At(at + up + slopeStep*s.unit)
	low, _ := s.Design.Segments.At(at + up - slopeStep*s.unit)
	kept := 1 - s.rates.clipped[model.SegmentsTier].value
	slope := 1 - ((high-low)/(2*slopeStep*s.unit)-1+kept)/kept
	if !(slope < 0.9 && slope > 1-mostSlope) {
		t.Fatalf("what is kept grows by %v", slope)
	}
	same(t, "a segment far away", got[2], 1/square(slope))
	if !(got[2] > got[1] && got[1] >= 1) || got[0] != 1 {
		t.Errorf("amplified by √%v for all, √%v near the centre and √%v far from it", got[0], got[1], got[2])
	}
	s.Design.Segments = encode.LevelLoss{}
	for g, v := range s.amplifies(at, mean) {
		same(t, "without clipping", v, 1)
		same(t, "without clipping, variance", (&lostLevel{amplified: []float64{1, 1, 1}}).amplify(g, 0.02, 0.1), 0.02)
	}

	lost := lostLevel{amplified: []float64{1, 1, 4}}
	same(t, "a wide prior", lost.amplify(2, 0.01, 1e12), 0.04)
	same(t, "a narrow prior", lost.amplify(2, 0.05, 0.1), 1/(1/0.1+1/(4*0.1)))
	same(t, "nothing but the prior", lost.amplify(2, 0.1, 0.1), 0.1)
}

// It is in the variance of an overall mean.
func TestTermsOfAmplifiedSegments(t *testing.T) {
	s := measuredSetting(t)
	s.rates.clipped[model.SegmentsTier], s.rates.kept[model.SegmentsTier] = rate{value: 0.01, sd: 0.01}, 0.99
	s.Measured[model.Segments].Y[1][0] += 300
	out := s.overall()
	b, lost := s.overallPosterior(s.Design.Center.Level - s.Design.Public.Center)
	apart, distance := b.variance[2][0]-b.variance[0][0], math.Abs(b.mean[2][0])+centerSlack*s.unit
	scale := square(s.sizes.relative[2]*distance) + square(s.rates.clipped[model.SegmentsTier].sd/s.rates.kept[model.SegmentsTier]*distance)
	if !(lost.amplified[2] > 1.01) || !(apart > 1e-4) {
		t.Fatalf("a variance of %v is amplified by %v", apart, lost.amplified[2])
	}
	same(t, "segment", out.variance[2][0], b.variance[0][0]+lost.amplify(2, apart, b.prior[2]-b.prior[0])+scale+lost.of(2, s.sizes.divisor(2)))
}
