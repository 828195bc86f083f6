package encode

import (
	"math"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// equal fails where two numbers differ by more than rounding.
func equal(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*math.Max(1, math.Abs(want))) {
		t.Errorf("%s: %v, expected %v", what, got, want)
	}
}

// twoNorms are two companies, at the centre but for their overall scores, which weigh 1 per
// squared distance, and with offsets that weigh 2.
func twoNorms(deviation ...float64) *norms {
	n := &norms{overall: 1, offsets: 2, restOffsets: 0.25, farthest: 3}
	for t := range n.kept {
		n.kept[t], n.rest[t] = make([]float64, len(deviation)), make([]float64, len(deviation))
	}
	for i, o := range deviation {
		n.fixed, n.joint = append(n.fixed, 0), append(n.joint, o*o)
		n.kept[model.LevelTier][i] = o * o
	}
	return n
}

// What clipping is expected to take at a level is the mean over the companies, moved there: of
// 1 − f, of that times the distance from the centre, to either side, and of the square of that
// times the distance from their mean.
func TestLevelLossIsAMean(t *testing.T) {
	deviation := []float64{-0.5, 1}
	n := twoNorms(deviation...)
	const bound = 0.8
	l := n.levelLoss(model.LevelTier, bound, 1, deviation)
	for _, shift := range []float64{-1, 0.25, 2} {
		var overall, companies, squares float64
		for j, o := range deviation {
			lost := 1 - n.clip(j, (o+shift)*(o+shift)-o*o, 0, bound)[model.LevelTier]
			overall, companies = overall+lost*(o+shift)/2, companies+lost/2
			squares += square(lost*(o-0.25)) / 2
		}
		gotOverall, gotCompanies := l.At(0.25 + shift)
		equal(t, "of the score", gotOverall, overall)
		equal(t, "of the companies", gotCompanies, companies)
		equal(t, "squares", l.Squares(0.25+shift), squares)
		if companies == 0 {
			t.Errorf("nothing is clipped at %v: the test says nothing", shift)
		}
	}
	if got := (LevelLoss{}).Squares(1); got != 0 {
		t.Errorf("nothing that is clipped has squares of %v", got)
	}
}

// Where domains lie apart, offsets are longer by their weight, and so is what is measured of what
// clipping takes of them, by its own.
func TestOffsetsApartAreLongerTwice(t *testing.T) {
	n := twoNorms(0)
	const apart, bound = 1.5, 1.0
	var kept, rest [model.Tiers]float64
	kept[model.OffsetsTier], rest[model.OffsetsTier] = 2*apart, 2*apart*0.25
	got, want := n.clip(0, 0, apart, bound), clip(0, kept, rest, clippedRoom*bound, bound)
	equal(t, "factor of the offsets", got[model.OffsetsTier], want[model.OffsetsTier])
	rest[model.OffsetsTier] = 0
	if free := clip(0, kept, rest, clippedRoom*bound, bound); math.Abs(free[model.OffsetsTier]-want[model.OffsetsTier]) < 0.01 {
		t.Error("the measurement of what is taken changes nothing: the test says nothing")
	}
}

// The counts of a company are longest where, domain by domain, it leaves out everything or half of
// the questions.
func TestMostCounts(t *testing.T) {
	var w [model.Blocks]float64
	w[model.Empty], w[model.Unusable], w[model.Skips] = 5, 2, 1
	equal(t, "counts", mostCounts(model.Shape{Levels: 3, Domains: []int{4, 20}}, w), 5+(2+20.0/4))
}

func TestMoments(t *testing.T) {
	mean, sd := moments([]float64{1, 2, 6})
	equal(t, "mean", mean, 3)
	equal(t, "standard deviation", sd, math.Sqrt(14.0/3))
}

// What a clip level takes: of every tier the mean of 1 − f, and of the overall scores that times their
// distances.
func TestLose(t *testing.T) {
	deviation := []float64{-0.5, 1, 0}
	n := twoNorms(deviation...)
	const bound = 0.6
	c := n.lose(bound, deviation)
	lost := 1 - n.clip(1, 0, 0, bound)[model.LevelTier]
	if lost < 0.05 {
		t.Fatalf("%v of the second company is taken: the test says nothing", lost)
	}
	equal(t, "clipped", c.clipped[model.LevelTier], lost/3)
	equal(t, "bias", c.bias, lost/3)
}

// A clip level is paid for in noise: of the overall mean, and of the finest tier. With one of
// them alone, and so large that bias does not matter, the lowest level is taken, and
// without any the highest.
func TestClipLevelWeighsNoise(t *testing.T) {
	deviation := make([]float64, 100)
	for i := range deviation {
		deviation[i] = float64(i) / 100
	}
	n := twoNorms(deviation...)
	shape := model.Shape{Levels: 6, Domains: []int{2, 2}}
	quantile := func(overall, contrasts float64) float64 {
		d := Design{Mu: 0.1, Center: model.Center{Companies: 1}}
		d.Prior[model.Contrasts].Level = 1e6
		var sigma [model.Blocks][]float64
		sigma[model.Overall], sigma[model.Contrasts] = []float64{overall}, []float64{contrasts}
		return d.chooseClip(n, sigma, shape, deviation).quantile
	}
	inf := math.Inf(1)
	for _, tt := range []struct{ overall, contrasts, want float64 }{
		{100, 1e-9, quantiles[0]}, {inf, 100, quantiles[0]}, {inf, 1e-9, quantiles[len(quantiles)-1]},
	} {
		if got := quantile(tt.overall, tt.contrasts); got != tt.want {
			t.Errorf("noise of %v and %v: the quantile %v, expected %v", tt.overall, tt.contrasts, got, tt.want)
		}
	}
}
