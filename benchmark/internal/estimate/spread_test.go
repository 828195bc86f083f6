package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Ten answers have scores at 0, 0.1, …: the scores up to 0.25 are those up to 0.2,
// which a distribution without jumps has up to 0.25, and the scores up to 0.5 are
// those of a distribution without jumps up to 0.55. Companies that leave out some
// answers have other places; theirs are averaged over the binomial number of
// answers. Places ascend even where no score lies between two thresholds.
func TestMiddles(t *testing.T) {
	s := setting{Input: Input{Shape: model.Shape{Levels: 6, Domains: []int{3, 10}}}}
	for range 13 {
		s.rates.usable = append(s.rates.usable, 1)
	}
	for i, got := range s.middles(1, []float64{0.25, 0.5, 0.75, 1}) {
		if want := []float64{0.25, 0.55, 0.75, 1.05}[i]; math.Abs(got-want) > 1e-6 {
			t.Errorf("place %d: %v, want %v", i, got, want)
		}
	}
	const r = 0.95
	s.rates.usable = s.rates.usable[:3]
	for range 10 {
		s.rates.usable = append(s.rates.usable, r)
	}
	var want, total float64
	for m, ways := range []float64{0, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1} {
		if m > 0 {
			p := ways * math.Pow(r, float64(m)) * math.Pow(1-r, float64(10-m))
			want += p * (float64(m/2) + 0.5) / float64(m) // ⌊m·0.5⌋
			total += p
		}
	}
	if got := s.middles(1, []float64{0.5})[0]; math.Abs(got-want/total) > 1e-9 {
		t.Errorf("5 %% unanswered: %v, want %v", got, want/total)
	}
	places := s.middles(0, []float64{1, 1.25, 1.5}) // scores 1 and 4/3
	if !(places[0] < places[1] && places[1] < places[2]) {
		t.Errorf("three answers: %v do not ascend", places)
	}
}

// Scores of answers that count the same lie evenly. Where one of three counts three times,
// a level of it moves their score by 3/5, of the others by 1/5, on average over what they count by 11/25; and
// thresholds are anywhere between such jumps.
func TestJump(t *testing.T) {
	for _, c := range []struct {
		weights, domains []int
		domain, overall  float64
	}{
		{nil, nil, 1.0 / 3, 1.0 / 6},
		{[]int{1, 3, 1, 1, 1, 1}, nil, 11.0 / 25, 14.0 / 64},
		{[]int{1, 1, 1, 1, 1, 1}, []int{1, 3}, 1.0 / 3, (3 + 27.0) / 144},
	} {
		shape := model.Shape{Levels: 5, Domains: []int{3, 3}, Weights: c.weights, DomainWeights: c.domains}
		s := newSetting(arbitraryInput(shape, 300, 10, 0.1, 0, true, rand.New(rand.NewPCG(41, 42))))
		if got := s.jump(0); math.Abs(got-c.domain) > 1e-12 {
			t.Errorf("%+v: scores of a domain jump by %v, want %v", c, got, c.domain)
		}
		if got := s.jump(2); c.overall > 0 && math.Abs(got-c.overall) > 1e-12 {
			t.Errorf("%+v: overall scores jump by %v, want %v", c, got, c.overall)
		}
		r, want := s.scoreReading(0, 2, 1e-4), 0.0
		if shape.Weighted() {
			want = c.domain
		}
		f := r.expected(2, r.public).f
		more := deviation{smooth: 0.1}.covariance(r, f).At(7, 7) - 0.01
		if slope := (f[8] - f[6]) / (r.middle[8] - r.middle[6]); math.Abs(more-square(want*slope)/12) > 1e-12 {
			t.Errorf("%+v: jumps of %v add %v to the variance of a distribution function", c, want, more)
		}
	}
}
