package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"

	"github.com/google/go-cmp/cmp"

	"github.com/google/go-cmp/cmp/cmpopts"
)

// shapesSetting is a setting whose shapes were measured, with the means of its questions.
func shapesSetting() (*setting, curve, [][]float64) {
	shape := model.Shape{Levels: 6, Domains: []int{4, 1, 3}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(75, 76))))
	means := grid(1, 8)
	for q := range means[0] {
		means[0][q] = 1.5 + 0.2*float64(q)
	}
	s.scales = s.ownScales()
	return s, s.scales[0].curve, means
}

// Before the data a question's shape is off by what its domain's is and by what is its own;
// the only question of a domain has the domain's shape.
func TestShapesBeforeTheData(t *testing.T) {
	s, c, means := shapesSetting()
	expected, orders := s.expectedShapes(means), len(c.orders)
	domain, _ := s.domainShapes(expected, orders)
	question, _, _ := s.questionShapes(expected, domain, orders)
	out := s.shapes(means)
	for q, d := range s.domainOf {
		want := domain.prior[0]
		if s.Shape.Domains[d] > 1 {
			want += question.prior[0]
		}
		same(t, "variance before the data", out.prior[0][q], want)
	}
	if !(question.prior[0] > 0) {
		t.Error("questions have no shape of their own")
	}
}

// Where the share of companies that are not clipped is known by 0.3, what is read off the
// centre of the shapes may be off by as much of it.
func TestBiasOfShapes(t *testing.T) {
	s, c, means := shapesSetting()
	single := make([]float64, len(s.domainOf))
	s.rates.keptSD = 0
	before := s.shapes(means)
	for q := range single {
		single[q] = -s.scaleError(0, q)
	}
	s.rates.keptSD = 0.3
	after := s.shapes(means)
	expected, orders := s.expectedShapes(means), len(c.orders)
	domain, _ := s.domainShapes(expected, orders)
	question, _, _ := s.questionShapes(expected, domain, orders)
	for q, d := range s.domainOf {
		single[q] += s.scaleError(0, q)
		var want float64
		for k := range orders {
			want += (square(domain.mean[0][d*orders+k])*0.09 + square(question.mean[0][q*orders+k])*single[q]) / float64(orders)
		}
		if got := after.bias[0][q] - before.bias[0][q]; math.Abs(got-want) > 1e-12 || !(want > 0) {
			t.Errorf("question %d: bias grows by %v, want %v", q, got, want)
		}
	}
}

// Shapes of all domains that are δ off are δ²/variance times as far off as believed.
func TestShapesOff(t *testing.T) {
	s, c, means := shapesSetting()
	expected, orders := s.expectedShapes(means), len(c.orders)
	level := s.Design.Prior[model.DomainShape].Level
	domain := belief{mean: grid(1, len(s.Shape.Domains)*orders)}
	for times, want := range map[float64]float64{0: 1, 0.5: 1, 2: 4, 3: 9} {
		for d := range s.Shape.Domains {
			for k := range orders {
				domain.mean[0][d*orders+k] = expected.domain[0][d][k] - s.Design.Public.ShapeCenter[k] + times*math.Sqrt(level)
			}
		}
		same(t, "how far off", s.shapesOff(expected, domain, orders), want)
	}
}

// Along the levels that are given, shares move so that their sum stays and their mean moves by one:
// of six levels a little each, of two as much as the mean, at an end of the scale with the next level.
func TestAlongFace(t *testing.T) {
	at := []float64{0, 1, 2, 3, 4, 5}
	for _, c := range []struct{ shares, want []float64 }{
		{[]float64{0.1, 0.2, 0.2, 0.2, 0.2, 0.1}, []float64{-2.5 / 17.5, -1.5 / 17.5, -0.5 / 17.5, 0.5 / 17.5, 1.5 / 17.5, 2.5 / 17.5}},
		{[]float64{0, 0, 0, 0.6, 0.4, 0}, []float64{0, 0, 0, -1, 1, 0}},
		{[]float64{0, 0, 0.5, 0, 0.5, 0.001}, []float64{0, 0, -0.5, 0, 0.5, 0}},
		{[]float64{1, 0, 0, 0, 0, 0}, []float64{-1, 1, 0, 0, 0, 0}},
		{[]float64{0, 0, 0, 0, 0, 1}, []float64{0, 0, 0, 0, -1, 1}},
		{[]float64{0, 0, 1, 0, 0, 0}, []float64{0, -0.5, 0, 0.5, 0, 0}},
	} {
		if diff := cmp.Diff(c.want, alongFace(c.shares, at), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.shares, diff)
		}
	}
}

// The error of a mean moves the shares of a question of which two levels are given as far as it is
// itself, and the intervals know it.
func TestSharesOfTwoLevelsMoveWithTheirMean(t *testing.T) {
	s := measuredSetting(t)
	questions := s.questions(s.domains(s.overall()))
	s.scales = s.ownScales()
	s.readOwnShapes()
	m := shareModel{setting: s, questions: questions, shapes: s.shapes(questions.value)}
	share := make([]float64, s.Shape.Levels)
	share[2], share[3] = 0.5, 0.5
	basis := &m.scales[m.domainOf[0]].basis
	_, of := m.numbers(0, 0, share, alongFace(share, basis.at), basis.values)
	_, flat := m.numbers(0, 0, share, make([]float64, len(share)), basis.values)
	for l := range share {
		least := 0.0
		if share[l] > 0 {
			least = questions.wide[0][0]
		}
		if of.wide[l] < least || of.wide[l] < flat.wide[l] {
			t.Errorf("level %d: the variance %v, and that of the mean is %v (on the public curve: %v)", l, of.wide[l], questions.wide[0][0], flat.wide[l])
		}
	}
	if !(of.wide[2] > flat.wide[2]) {
		t.Errorf("level 2: the variance %v is that on the public curve", of.wide[2])
	}
}
