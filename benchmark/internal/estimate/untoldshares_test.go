package estimate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// Whatever the answers are: what the mean says that shares and tails can be, they can be, and no more.
func TestPossibleShares(t *testing.T) {
	rng := rand.New(rand.NewPCG(91, 92))
	for range 2000 {
		at := []float64{0, 0.25, 0.5, 1, 3.5}[:2+rng.IntN(4)]
		share, sum, mean := make([]float64, len(at)), 0.0, 0.0
		for l := range share {
			share[l] = math.Pow(rng.Float64(), 6) // many near 0
			sum += share[l]
		}
		for l := range share {
			share[l] /= sum
			mean += share[l] * at[l]
		}
		low, high := mean*rng.Float64(), mean+(at[len(at)-1]-mean)*rng.Float64()
		if rng.IntN(2) == 0 {
			low, high = mean, mean
		}
		inside := func(what string, value, least, most float64) {
			if value < least-1e-12 || value > most+1e-12 {
				t.Errorf("%v at %v, a mean in [%v, %v]: %s is %v, and said to be in [%v, %v]", share, at, low, high, what, value, least, most)
			}
		}
		for l, value := range share {
			least, most := possibleShare(l, value, low, high, at)
			inside(fmt.Sprint("share ", l), value, least, most)
		}
		for l, value := range stats.AtLeast(share) {
			least, most := possibleTail(l, low, high, at)
			inside(fmt.Sprint("tail ", l), value, least, most)
		}
	}
	at := []float64{0, 1, 2, 4}
	for l, want := range [][2]float64{{1.0 / 4, 1}, {0, 1}, {0, 0.5}} {
		least, most := possibleTail(l, 1, 2, at)
		same(t, "least", least, want[0])
		same(t, "most", most, want[1])
	}
	for l, want := range []float64{3.0 / 4, 2.0 / 3, 1.0 / 2} { // a mean of 3 or more
		least, _ := possibleTail(l, 3, 4, at)
		same(t, "least of a high mean", least, want)
	}
	for _, l := range []int{0, 1} { // two levels have the shares that their mean says
		least, most := possibleShare(l, 0.3, 0.2, 0.2, []float64{0, 1})
		same(t, "least of two", least, []float64{0.8, 0.2}[l])
		same(t, "most of two", most, []float64{0.8, 0.2}[l])
	}
	_, most := possibleShare(3, 0.1, 1, 2, at)
	same(t, "most at the top", most, 0.5)
	_, most = possibleShare(0, 0.1, 1, 2, at)
	same(t, "most at the bottom", most, 0.75)
}

// The interval is as wide as wanted, also where it is cut at an end.
func TestUntoldVariance(t *testing.T) {
	s := measuredSetting(t)
	for value := 0.0; value <= 1; value += 0.05 {
		for _, width := range []float64{0, 0.01, 0.2, 0.4, 2 * max(value, 1-value) / untoldReach} {
			n := s.number(value, 0, s.untoldVariance(value, width), 0, 1)
			if n.High-n.Low < width-1e-9 {
				t.Errorf("%v: [%v, %v] is narrower than %v", value, n.Low, n.High, width)
			}
			if value > width && 1-value > width {
				if got := n.High - n.Low; got > width*1.02+1e-9 {
					t.Errorf("%v: [%v, %v] is wider than %v", value, n.Low, n.High, width)
				}
			}
		}
	}
}

// Where nothing was read of the questions' own shapes, three half-widths reach what the mean allows; where they are told,
// or a question is a domain by itself, intervals are those of the readings.
func TestUntoldNumbers(t *testing.T) {
	numbers := func(hardly bool) (shareModel, [][2][]Number) {
		s := measuredSetting(t)
		questions := s.questions(s.domains(s.overall()))
		s.scales = s.ownScales()
		s.readOwnShapes()
		if hardly {
			for i := range s.Measured[model.QuestionShape].SD[0] {
				s.Measured[model.QuestionShape].SD[0][i] = math.Inf(1)
			}
		}
		m := shareModel{setting: s, questions: questions, shapes: s.shapes(questions.value), hardly: s.hardlyTold()}
		if m.hardly != hardly {
			t.Fatalf("hardly told: %v, want %v", m.hardly, hardly)
		}
		var list [][2][]Number
		for q := range s.domainOf {
			share, basis := m.values(0, q), &m.scales[m.domainOf[q]].basis
			steep := alongFace(share, basis.at)
			shares, _ := m.numbers(0, q, share, steep, basis.values)
			tails, _ := m.numbers(0, q, stats.AtLeast(share), stats.AtLeast(steep), basis.tails)
			list = append(list, [2][]Number{shares, tails})
		}
		return m, list
	}
	m, list := numbers(true)
	for q, of := range list {
		at, mean := m.scales[m.domainOf[q]].basis.at, m.questions.value[0][q]
		reach := m.Z * math.Sqrt(m.questions.wide[0][q])
		low, high := clamp(mean-reach, 0, m.top), clamp(mean+reach, 0, m.top)
		for kind, numbers := range of {
			for l, n := range numbers {
				least, most := possibleTail(min(l, len(at)-2), low, high, at)
				if kind == 0 {
					least, most = possibleShare(l, n.Value, low, high, at)
				}
				if far := max(most-n.Value, n.Value-least); far > untoldReach*(n.High-n.Low)/2+1e-9 {
					t.Errorf("question %d, %d of %d: %v [%v, %v], and it may be in [%v, %v]", q, l, kind, n.Value, n.Low, n.High, least, most)
				}
			}
		}
	}
	m, _ = numbers(false)
	if got := m.untoldNumber(0, 0, 0, 0.5, false); got != 0 {
		t.Errorf("told: a variance of %v", got)
	}
	m.hardly = true
	if got := m.untoldNumber(0, 0, 0, 0.5, false); !(got > 0) {
		t.Errorf("hardly told: a variance of %v", got)
	}
	m.Shape.Domains = []int{1, 5, 6}
	if got := m.untoldNumber(0, 0, 0, 0.5, false); got != 0 {
		t.Errorf("a domain by itself: a variance of %v", got)
	}
}
