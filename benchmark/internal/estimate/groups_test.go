package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// The percentiles of an attribute's values are informed unless a third of what the
// companies' scores spread by, and more, lies between them; those of all and of another
// attribute are.
func TestGroupsAlike(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{3, 2}, Attributes: []int{2, 3}}
	in := arbitraryInput(shape, 300, 1, 0, 0, true, rand.New(rand.NewPCG(1, 2)))
	in.Exact = []float64{300, 100, 200, 100, 100, 100}
	s := newSetting(in)
	for _, c := range []struct {
		apart, noise float64
		informed     bool
	}{
		{0, 0, true}, {1.1, 0, true}, {1.3, 0, false}, {1.3, 0.2, true}, {3, 0.2, false},
	} {
		means := newLevels(shape.Cohorts(), 1)
		// 1/3 of the companies at 2/3 of the distance on one side of all, 2/3 at 1/3 on the
		// other: 2/9 of its square.
		means.value[1][0], means.value[2][0] = 2*c.apart/3, -c.apart/3
		means.variance[1][0], means.variance[2][0] = c.noise, c.noise
		numbers := make([][]Number, shape.Cohorts())
		for g := range numbers {
			numbers[g] = []Number{{Information: 1}, {Information: 1}}
		}
		s.groupsAlike(numbers, 1, means, 0)
		for g, list := range numbers {
			for _, n := range list {
				if want := c.informed || g != 1 && g != 2; (n.Information == 1) != want {
					t.Errorf("%v apart with noise %v: cohort %d has information %v", c.apart, c.noise, g, n.Information)
				}
			}
		}
	}
}

// The variance of scores well inside the scale is that of the levels, at the mean square of
// the possible spreads.
func TestScoreVariance(t *testing.T) {
	s := measuredSetting(t)
	r := s.scoreReading(0, 2.5, 0.01)
	spreads := func(list ...levelSpread) []branch { return []branch{{weight: 1, spreads: [][]levelSpread{list}}} }
	one := scoreVariance(r, spreads(levelSpread{weight: 1, value: 0.5}), 0)
	if math.Abs(one/0.25-1) > 0.15 {
		t.Errorf("levels that spread by 0.5 have scores of the variance %v", one)
	}
	two := spreads(levelSpread{weight: 0.5, value: 0.5 * math.Sqrt(0.5)}, levelSpread{weight: 0.5, value: 0.5 * math.Sqrt(1.5)})
	same(t, "variance of a mixture", scoreVariance(r, two, 0), one)
	if got := scoreVariance(r, spreads(), 0); !(got > 0) {
		t.Errorf("without any spread the variance is %v", got)
	}
}

// Where the shape of a segment's answers was not measured, its shares are informed unless
// the segments lie too far apart in the question.
func TestSharesOfGroupsApart(t *testing.T) {
	s := measuredSetting(t)
	s.scales = s.ownScales()
	n, questions := s.Shape.Cohorts(), s.Shape.Questions()
	for _, c := range []struct {
		apart, left float64
		want        bool
	}{{0, 1, false}, {0.4, 1, false}, {4, 1, true}, {4, 0.4, false}} {
		m := shareModel{setting: s, questions: questionLevels{levels: newLevels(n, questions)}}
		m.shapes = shapes{value: make([][][]float64, n), left: grid(n, questions)}
		for g := range n {
			m.shapes.value[g] = grid(questions, s.Shape.Levels-2)
			for q := range questions {
				m.questions.value[g][q] = 2.5
				m.shapes.left[g][q] = c.left
			}
		}
		m.questions.value[1][0] += c.apart / 2 // of the first question only
		m.questions.value[2][0] -= c.apart / 2
		for g := range n {
			for q := range questions {
				if want := c.want && g > 0 && q == 0; m.groupApart(g, q) != want {
					t.Errorf("%+v: cohort %d, question %d: %v", c, g, q, !want)
				}
			}
		}
	}
}
