package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// A lower percentile that lies above the mean by more than 1.645 of its errors
// takes the information from its family, and from no other; so does an upper one
// below it, and nothing else does.
func TestContradictingPercentiles(t *testing.T) {
	s := &setting{Input: Input{Percentiles: []Percentile{{0.1, 1}, {0.25, 0}, {0.5, 0}, {0.75, 0}, {0.9, 1}}}}
	for _, c := range []struct {
		name   string
		values []float64
		want   []float64 // information
	}{
		{"in order", []float64{1, 1.5, 2, 2.5, 3}, []float64{1, 1, 1, 1, 1}},
		{"a lower quartile above the mean", []float64{1, 2.17, 2.2, 2.5, 3}, []float64{1, 0, 0, 0, 1}},
		{"by less than its error explains", []float64{1, 2.16, 2.2, 2.5, 3}, []float64{1, 1, 1, 1, 1}},
		{"an upper quartile below the mean", []float64{1, 1.5, 1.6, 1.83, 3}, []float64{1, 0, 0, 0, 1}},
		{"the median anywhere", []float64{1, 1.5, 1.5, 2.5, 3}, []float64{1, 1, 1, 1, 1}},
		{"a ninth decile below the mean", []float64{1, 1.5, 1.6, 1.84, 1.83}, []float64{0, 1, 1, 1, 0}},
	} {
		var numbers []Number
		for _, v := range c.values {
			numbers = append(numbers, Number{Value: v, Error: 0.1, Information: 1})
		}
		for i, n := range s.agreeing(numbers, Number{Value: 2}) {
			if n.Information != c.want[i] {
				t.Errorf("%s: percentile %d has the information %v, want %v", c.name, i, n.Information, c.want[i])
			}
		}
	}
}

// Percentiles come from the same distribution functions whatever else is asked for:
// the quartiles are the same alone as among others.
func TestPercentilesAreIndependent(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10, 1, 2}, Attributes: []int{2}}
	in := arbitraryInput(shape, 200, 3, 0.1, 0, true, rand.New(rand.NewPCG(41, 42)))
	in.Percentiles = asked
	all := Estimate(in)
	in.Percentiles = []Percentile{{P: 0.25}, {P: 0.75}}
	for g, c := range Estimate(in) {
		scores, among := append(c.Domains, c.Overall), append(all[g].Domains, all[g].Overall)
		for i, s := range scores {
			for k, at := range []int{1, 3} {
				got, want := s.Percentiles[k], among[i].Percentiles[at]
				got.Information, want.Information = 0, 0 // its family is another one
				if got != want {
					t.Errorf("cohort %d, score %d: %+v alone, %+v among others", g, i, got, want)
				}
			}
		}
	}
}

// Next to an end of the scale lie the scores of companies with one answer next to it,
// whatever its weight: weights move no company to the end or from it.
func TestEndSteps(t *testing.T) {
	for _, tt := range []struct {
		shape model.Shape
		want  [3][2]float64
	}{
		{model.Shape{Levels: 2, Domains: []int{4, 1}}, [3][2]float64{{0.25, 0.25}, {1, 1}, {0.2, 0.2}}},
		{model.Shape{Levels: 2, Domains: []int{4, 1}, Weights: []int{1, 10, 3, 7, 2}, DomainWeights: []int{1, 9}}, [3][2]float64{{0.25, 0.25}, {1, 1}, {0.2, 0.2}}},
		{model.Shape{Levels: 4, Domains: []int{4, 1}, Values: []int{0, 1, 2, 4}}, [3][2]float64{{0.75 / 4, 1.5 / 4}, {0.75, 1.5}, {0.15, 0.3}}},
	} {
		s := &setting{Input: Input{Shape: tt.shape}}
		for score, want := range tt.want {
			if got := s.endSteps(score); math.Abs(got[0]-want[0])+math.Abs(got[1]-want[1]) > 1e-12 {
				t.Errorf("%+v, score %d: %v, expected %v", tt.shape, score, got, want)
			}
		}
	}
}

// Nothing is measured of where in the outermost intervals companies lie.
func TestPercentilesAtTheEnds(t *testing.T) {
	s := &setting{Input: Input{Z: 1.6448536269514722}, top: 4}
	for _, c := range []struct {
		f         []float64
		low, high float64
	}{
		{[]float64{0.99, 0.995, 0.998, 0.999}, 0, 0.25},
		{[]float64{0.001, 0.002, 0.003, 0.004}, 3.5, 4},
		{[]float64{0.001, 0.499, 0.501, 0.999}, 0.9, 2.1},
	} {
		q := newQuantile([]float64{0, 0.5, 3, 4}, 4, 0)
		variance := []float64{1e-6, 1e-6, 1e-6, 1e-6}
		f, v := between(q, c.f, variance, 0, 1e9)
		q.add(1, q.reached(f, deviations(v), 0.5, false))
		n := s.percentile(q, q)
		if ends := c.high-c.low < 1; ends && (n.Low != c.low || n.High != c.high) || !ends && (n.Low < 0.3 || n.Low > 1 || n.High < 2 || n.High > 3.3) {
			t.Errorf("the median of %v is %+v", c.f, n)
		}
	}
}

// How many of the companies below the lowest threshold are at the very end is not measured: that a tenth of
// all are there is no surprise where a sixth are below it, nor at the other end, and it is one where
// hardly anybody is.
func TestEndsAreInDoubt(t *testing.T) {
	s := newSetting(arbitraryInput(model.Shape{Levels: 4, Domains: []int{8}}, 300, 10, 0.1, 0, true, rand.New(rand.NewPCG(37, 38))))
	for _, broken := range []float64{0, 0.1} {
		s.shape.broken = broken
		at := s.Shape.Thresholds()
		r := scoreReading{at: at, middle: at, top: s.top, warp: s.scoreWarp(0)}
		for _, t := range at {
			r.place = append(r.place, r.warp.level(t, 0))
		}
		for _, beyond := range []float64{0.16, 0.04} {
			value := make([]float64, len(at))
			for t := range at {
				value[t] = beyond + (1-2*beyond)*float64(t)/float64(len(at)-1)
			}
			zero := grid(1, len(at))
			m := mixture{broken: broken > 0, value: [][]float64{value}, plain: zero, wide: grid(1, len(at))}
			m.addEnds(0, r, r.warp.ends(s.top, s.endSteps(0)), stats.Normal{Mean: r.warp.level(s.top/2, 1), SD: 1})
			q := newQuantile(append(append([]float64{0}, at...), s.top), s.top, 0)
			f, v := between(q, m.value[0], m.wide[0], 0, 1e9)
			lowest := q.reached(f, deviations(v), 0.1, broken > 0)[0]
			above := 1 - q.reached(f, deviations(v), 0.9, broken > 0)[len(f)-1]
			if doubt := beyond > 0.1; doubt != (lowest > 0.05) || doubt != (above > 0.05) {
				t.Errorf("%v of the companies beyond a threshold, broken %v: the 10th percentile is the lowest score with probability %.4f, the 90th the highest with %.4f",
					beyond, broken > 0, lowest, above)
			}
		}
	}
}

// Where companies may be anywhere, a percentile is as well informed as the readings tell where
// they are: not at all where nothing was read, and as ever where it was, or where they are faintly so.
func TestBrokenPercentilesAreRead(t *testing.T) {
	s := newSetting(arbitraryInput(model.Shape{Levels: 5, Domains: []int{10}}, 300, 10, 0.1, 0, true, rand.New(rand.NewPCG(39, 40))))
	s.SpreadUnknown = false
	f := functions{points: []float64{0, 1, 2, 3, 4}}
	of := mixture{
		wideWeight: 0.8, weight: 0.5, broken: true, value: [][]float64{{0.01, 0.2, 0.5, 0.8, 0.99}},
		plain: [][]float64{{1e-4, 1e-4, 1e-4, 1e-4, 1e-4}}, wide: [][]float64{{1e-4, 1e-4, 1e-4, 1e-4, 1e-4}},
	}
	smooth := of
	smooth.broken, smooth.wideWeight = false, 0.2
	information := func(left [][]float64) float64 {
		of.left = left
		f.mixtures = []mixture{smooth, of}
		for i, n := range s.invert(f, 1, []float64{1})[0] {
			if s.Percentiles[i].P == 0.5 {
				return n.Information
			}
		}
		t.Fatal("no median")
		return 0
	}
	full := information(nil)
	for left, want := range map[float64]float64{0: 1, 0.5: 0.6, 1: 0.2} {
		if got := information([][]float64{{1, left, 1}}) / full; math.Abs(got-want) > 1e-9 {
			t.Errorf("%v of the deviation is left: %v of the information", left, got)
		}
	}
}

// The value and its error follow the plain variances, the interval follows the wide ones:
// of 2 ± 0.04 with a wide spread of 0.4 it reaches 1.645·0.4 to either side.
func TestPercentileIntervalIsWide(t *testing.T) {
	s := newSetting(arbitraryInput(model.Shape{Levels: 5, Domains: []int{10}}, 300, 10, 0.1, 0, true, rand.New(rand.NewPCG(35, 36))))
	f := functions{}
	value, plain, wide := grid(1, 41), grid(1, 41), grid(1, 41)
	for i := range 41 {
		f.points = append(f.points, float64(i)/10)
		value[0][i], plain[0][i], wide[0][i] = float64(i)/40, square(0.01), square(0.1)
	}
	f.mixtures = []mixture{{weight: 1, wideWeight: 1, value: value, plain: plain, wide: wide}}
	for i, n := range s.invert(f, 1, []float64{1})[0] {
		if s.Percentiles[i].P != 0.5 {
			continue
		}
		if math.Abs(n.Error-0.04) > 0.02 {
			t.Errorf("error %v, want 0.04", n.Error)
		}
		if half := s.Z * 0.4; math.Abs(n.Low-(2-half)) > 0.05 || math.Abs(n.High-(2+half)) > 0.05 {
			t.Errorf("interval %v to %v, want 2 ± %v", n.Low, n.High, half)
		}
		return
	}
	t.Fatal("no median")
}

// The percentiles of a domain of one question are those of its question's answers, and of
// no other.
func TestPercentilesOfSingleQuestions(t *testing.T) {
	shape := model.Shape{Levels: 4, Domains: []int{2, 1, 1}}
	s := newSetting(arbitraryInput(shape, 300, 10, 0.1, 0, true, rand.New(rand.NewPCG(79, 80))))
	overall := s.overall()
	domains := s.domains(overall)
	questions := make([]tails, 4)
	for q, level := range []int{0, 0, 1, 3} { // all companies are at one level
		tail := tails{value: make([]float64, 3), plain: make([]float64, 3), wide: make([]float64, 3)}
		for l := range tail.value {
			tail.plain[l], tail.wide[l] = 1e-9, 1e-9
			if l < level {
				tail.value[l] = 1
			}
		}
		questions[q] = tail
	}
	out := []Cohort{{Domains: make([]Score, 3)}}
	for d := range out[0].Domains {
		out[0].Domains[d].Mean = Number{Value: []float64{1, 1, 3}[d], Error: 1}
	}
	s.percentiles(overall, domains, [][]tails{questions}, out)
	for d, want := range map[int]float64{1: 1, 2: 3} {
		for i, n := range out[0].Domains[d].Percentiles {
			if n.Value != want || n.Low != want || n.High != want {
				t.Errorf("domain %d, percentile %d: %v, want %v", d, i, n, want)
			}
		}
	}
}
