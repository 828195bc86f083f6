package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// moments of the ratio to the public model's spread.
func ratioMoments(r scoreReading, spreads []levelSpread) (mean, sd float64) {
	var total, second float64
	for _, sp := range spreads {
		total += sp.weight
		mean += sp.weight * sp.value / r.public
		second += sp.weight * (sp.variance + square(sp.value)) / square(r.public)
	}
	mean /= total
	return mean, math.Sqrt(second/total - mean*mean)
}

// Four domains and the overall score, all with squared scores that say the same
// about the spread of the common level: each is known better than alone, and a
// score of which nothing was read follows the others.
func TestSpreadsArePooled(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10, 10, 10, 10}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 1, true, rand.New(rand.NewPCG(19, 20))))
	for _, common := range []float64{0.5, 1} {
		var readings []scoreReading
		for score := range shape.Scores() {
			readings = append(readings, s.scoreReading(score, 2, 1e-4))
		}
		shares := s.commonShares(readings)
		var ratios []float64
		for i := range readings {
			r := &readings[i]
			ratio := math.Sqrt(shares[i]*common*common + 1 - shares[i])
			level := r.warp.level(2, ratio*r.public)
			r.square = squareReading{center: 2, value: r.warp.variance(level, ratio*r.public), sd: 0.4}
			ratios = append(ratios, ratio)
		}
		readings[0].square.sd = math.Inf(1)
		pooled := s.spreads(readings)[0].spreads
		for i, r := range readings {
			mean, sd := ratioMoments(r, pooled[i])
			_, alone := ratioMoments(r, s.spreads([]scoreReading{r})[0].spreads[0])
			// What is left of the prior pulls by less than one standard deviation.
			if math.Abs(mean-ratios[i]) > sd {
				t.Errorf("common level %v: ratio %v ± %v of score %d instead of %v", common, mean, sd, i, ratios[i])
			}
			if sd > 0.9*alone {
				t.Errorf("common level %v: ratio of score %d is known to ± %v, alone to ± %v", common, i, sd, alone)
			}
		}
	}
}

// Domains with variances 0.5 and an overall score that is the mean of both, with
// variance 0.35: v + 0.3/2 = 0.35, so that 0.2 is common, 0.4 of a domain's
// variance and 4/7 of the overall one. With questions in proportion 3 to 1 and
// weights w, Σw² = 5/8: 0.35 = v + (0.5 − v)·5/8, v = 0.1.
func TestCommonShares(t *testing.T) {
	for _, test := range []struct {
		domains []int
		want    []float64
	}{
		{[]int{4, 4}, []float64{0.4, 0.4, 4.0 / 7}},
		{[]int{6, 2}, []float64{0.2, 0.2, 2.0 / 7}},
		{[]int{5}, []float64{0.49, 0.7}},
	} {
		shape := model.Shape{Levels: 6, Domains: test.domains}
		s := &setting{Input: Input{Shape: shape}}
		sd := []float64{math.Sqrt(0.5), math.Sqrt(0.5), math.Sqrt(0.35)}
		s.Design.Public = &model.Public{ScoreSD: sd[2-len(test.domains):]}
		var readings []scoreReading
		for score := range shape.Scores() {
			readings = append(readings, scoreReading{score: score})
		}
		for i, got := range s.commonShares(readings) {
			if math.Abs(got-test.want[i]) > 1e-12 {
				t.Errorf("domains %v, score %d: common share %v, want %v", test.domains, i, got, test.want[i])
			}
		}
	}
}

// What distribution functions show of how far they are from the expected ones is
// learnt; without any it is the belief.
func TestShapeIsLearnt(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10, 10}}
	for _, unmeasured := range []float64{0, 1} {
		s := newSetting(arbitraryInput(shape, 5000, 1, 0, unmeasured, true, rand.New(rand.NewPCG(23, 24))))
		for _, away := range []float64{0, 0.04} {
			var readings []scoreReading
			for score := range shape.Scores() {
				r := s.scoreReading(score, 2, 1e-4)
				r.square.sd = math.Inf(1)
				f := r.expected(2, 0.9*r.public).f
				for i, v := range f {
					if len(r.y) > 0 { // a wave of two levels, as far up as down
						r.y[0][i] = 5000 * (v + away*math.Sin(math.Pi*(r.at[i]-2)) - r.ref[i])
					}
				}
				readings = append(readings, r)
			}
			got := s.spreads(readings)[0].deviation.smooth
			low, high := shapeBelief.rootMeanSquare(), shapeBelief.rootMeanSquare()
			switch {
			case unmeasured == 1:
			case away == 0:
				low, high = shapeSpreads[0], shapeSpreads[1]
			default:
				low, high = 0.03, shapeSpreads[3]
			}
			if got < low-1e-9 || got > high+1e-9 {
				t.Errorf("unmeasured %v: distribution functions %v away are taken to be %v away, want %v to %v", unmeasured, away, got, low, high)
			}
		}
	}
}

// A panel of which more is clipped than the public model explains may have scores of any
// shape.
func TestUnlikePanelsMayHaveAnyShape(t *testing.T) {
	if got := shapeBelief.unlike(0); got != shapeBelief {
		t.Errorf("a panel like the model has the beliefs %v, want %v", got, shapeBelief)
	}
	for k, w := range shapeBelief.unlike(1) {
		if math.Abs(w-1/float64(len(shapeSpreads))) > 1e-12 {
			t.Errorf("a deviation of %v has the probability %v", shapeSpreads[k], w)
		}
	}
}

// Quartiles use what was learnt: of camps whose distribution functions were measured
// without noise, the lower one ends up in the lower camp and the upper one in the upper.
func TestQuartilesUseTheShape(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10, 10}}
	in := arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(27, 28)))
	in.Percentiles = asked
	s := newSetting(in)
	var readings []scoreReading
	for score := range shape.Scores() {
		readings = append(readings, inCamps(s.scoreReading(score, 2.5, 1e-4), 5000))
	}
	branches := s.spreads(readings)
	if branches[0].weight > 0.01 {
		t.Fatalf("camps are not broken with the probability %v", branches[0].weight)
	}
	means := newLevels(1, 1)
	means.value[0][0], means.variance[0][0], means.wide[0][0] = 2.5, 1e-4, 1e-4
	last := len(readings) - 1
	numbers := s.invert(s.scoreFunctions(readings[last], branches, last, s.lattice(last), means, 0), 1, []float64{1})[0]
	for i, want := range map[int][2]float64{1: {1, 1.5}, 3: {3.5, 4}} {
		if n := numbers[i]; n.Value < want[0] || n.Value > want[1] || n.High-n.Low > 0.6 {
			t.Errorf("percentile %v of camps is %+v", asked[i].P, n)
		}
	}
}

// Where nothing was measured, all likelihoods being 1, the evidence is what the grid of
// common multiples adds up to, at every distance.
func TestSpreadPoolOfNothing(t *testing.T) {
	var flat likelihood
	for k := range flat {
		flat[k] = 1
	}
	p := spreadPool{fits: []likelihood{flat, flat}, priors: commonPriors([]float64{0.3, 0.6})}
	p.sum()
	var want float64
	for step := range commonSteps + 1 {
		a := commonLow + (commonHigh-commonLow)*float64(step)/commonSteps
		want += float64(len(spreadApart)) * math.Exp(-square((a-commonMean)/commonSD)/2)
	}
	if math.Abs(p.evidence/want-1) > 1e-12 {
		t.Errorf("evidence %v, want %v", p.evidence, want)
	}
}

// inCamps are the readings of n companies, half of them about 1.25 and half about 3.75.
func inCamps(r scoreReading, n float64) scoreReading {
	for t, at := range r.at {
		if len(r.y) > 0 {
			r.y[0][t] = n * ((stats.NormalCDF((at-1.25)/0.02)+stats.NormalCDF((at-3.75)/0.02))/2 - r.ref[t])
		}
	}
	r.square.value, r.square.sd = square(2.5-r.square.center)+square(1.25)+square(0.02), 0.02
	return r
}

// Functions that normal levels give are not broken; where none is measured, that is as
// probable as before, and in intervals more so. (Of camps: TestQuartilesUseTheShape.)
func TestBroken(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10, 10}}
	for _, c := range []struct {
		unmeasured, weight, wide, give float64
	}{
		{0, 0, 0, 1e-3}, {1, brokenRare, brokenDoubt, 1e-9},
	} {
		s := newSetting(arbitraryInput(shape, 5000, 5, 0, c.unmeasured, true, rand.New(rand.NewPCG(61, 62))))
		s.rates.unlike = 0
		var readings []scoreReading
		for score := range shape.Scores() {
			r := s.scoreReading(score, 2.5, 1e-4)
			r.square.sd = math.Inf(1)
			f := r.expected(2.5, 0.9*r.public).f
			for i := range f {
				if len(r.y) > 0 {
					r.y[0][i] = 5000 * (f[i] - r.ref[i])
				}
			}
			readings = append(readings, r)
		}
		b := s.spreads(readings)[1]
		if math.Abs(b.weight-c.weight) > c.give || math.Abs(b.wide-c.wide) > c.give {
			t.Errorf("unmeasured %v: broken with the probability %v, for intervals %v", c.unmeasured, b.weight, b.wide)
		}
	}
}

// More clipped than the model explains, or answers of other shapes, make it probable.
func TestBrokenOdds(t *testing.T) {
	s := &setting{}
	probability := func() float64 {
		odds := s.brokenOdds(brokenRare, brokenUnlike)
		return odds / (1 + odds)
	}
	for _, c := range []struct{ unlike, misshapen, want float64 }{
		{0, 0, brokenRare}, {rare, 0, brokenRare}, {1, 0, brokenUnlike}, {0, 20, 1},
	} {
		s.rates.unlike, s.misshapen = c.unlike, c.misshapen
		if got := probability(); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// A panel of which more is clipped than the model explains may be faintly broken, and no other
// one, whatever the shapes of the answers.
func TestFaint(t *testing.T) {
	s := newSetting(arbitraryInput(model.Shape{Levels: 6, Domains: []int{10, 10}}, 5000, 5, 0, 1, true, rand.New(rand.NewPCG(63, 64))))
	readings := []scoreReading{s.scoreReading(0, 2.5, 1e-4)}
	readings[0].square.sd = math.Inf(1)
	for _, c := range []struct{ unlike, misshapen, narrow, wide float64 }{
		{rare, 0, 0, 0}, {rare, 20, 0, 0},
		{1, 0, brokenUnlike / (1 + brokenUnlike), brokenDoubted / (1 + brokenDoubted)}, // of smooth, broken and faint, the last two as probable
		{1, 20, 0, 0},
	} {
		s.rates.unlike, s.misshapen = c.unlike, c.misshapen
		var narrow, wide float64
		for _, b := range s.spreads(readings) {
			if b.deviation.broken > 0 && b.deviation.faint() {
				narrow, wide = b.weight, b.wide
			}
		}
		if math.Abs(narrow-c.narrow) > 1e-6 || math.Abs(wide-c.wide) > 1e-6 {
			t.Errorf("%+v: faintly broken with the probability %v, for intervals %v", c, narrow, wide)
		}
	}
}

// Pools add up by their evidence and the belief in them, whatever their order and however
// small: a pool of twice the evidence counts twice as much.
func TestPooledByEvidence(t *testing.T) {
	pool := func(log, evidence float64, at int) spreadPool {
		p := spreadPool{log: log, evidence: evidence, weight: make([]likelihood, 1), wide: make([]likelihood, 1)}
		p.weight[0][at], p.wide[0][at+1] = evidence, evidence
		return p
	}
	few, many := pool(-500, 3, 0), pool(-499, 1, 5)
	for _, order := range [][]spreadPool{{few, many}, {many, few}} {
		p := newPooled(make([]scoreReading, 1))
		for _, of := range order {
			p.add(of, 0.5, of.evidence)
		}
		want := 3 / math.E // of the first to the second
		same(t, "weight", p.weight[0][0]/p.weight[0][5], want)
		same(t, "weight for the intervals", p.wide[0][1]/p.wide[0][6], want)
		same(t, "size", p.size/p.total, (3*want+1)/(want+1))
		same(t, "evidence", p.log, math.Log(0.5*3)-500+math.Log1p(1/want))
	}
}
