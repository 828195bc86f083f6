package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
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
		pooled, _ := s.spreads(readings)
		for i, r := range readings {
			mean, sd := ratioMoments(r, pooled[i])
			single, _ := s.spreads([]scoreReading{r})
			_, alone := ratioMoments(r, single[0])
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
				f, _ := r.expected(2, 0.9*r.public)
				for i, v := range f {
					if len(r.y) > 0 { // a wave of two levels, as far up as down
						r.y[0][i] = 5000 * (v + away*math.Sin(math.Pi*(r.at[i]-2)) - r.ref[i])
					}
				}
				readings = append(readings, r)
			}
			_, got := s.spreads(readings)
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

// Quartiles use what was learnt.
func TestQuartilesUseTheShape(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10, 10}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(27, 28))))
	before := shapeBelief.unlike(s.rates.unlike).rootMeanSquare()
	if s.shape != before {
		t.Errorf("before anything is read, distribution functions are %v away, want %v", s.shape, before)
	}
	overall := s.overall()
	domains := s.domains(overall)
	out := []Cohort{{Domains: make([]Score, 2), Questions: make([]Question, 20)}}
	s.percentiles(overall, domains, s.shares(s.questions(domains), out), out)
	if s.shape == before {
		t.Error("nothing is learnt from distribution functions without noise")
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
