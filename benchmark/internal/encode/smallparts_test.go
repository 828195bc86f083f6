package encode

import (
	"math"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// TestSmallSegments measures attributes without noise. Every contrast is that of the
// companies' distances from the centre by their values, a company that does not state an
// attribute is in none of its contrasts, and the noise is that of the sums of the values.
func TestSmallSegments(t *testing.T) {
	companies := []struct{ attributes, answers []byte }{
		{[]byte{1, 1}, []byte{5, 5}}, // 1.5 above the centre
		{[]byte{2, 0}, []byte{3, 3}}, // 0.5 below
		{[]byte{3, 2}, []byte{2, 2}}, // 1.5 below
		{[]byte{3, 2}, []byte{0, 0}}, // blank
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) < 1e-5*max(math.Abs(want), 1)) {
			t.Errorf("%s: %v, expected %v", what, got, want)
		}
	}
	factors := []float64{math.Sqrt(2), math.Sqrt(6), math.Sqrt(2)}
	contrasts := []float64{1.5 + 0.5, 1.5 - 0.5 + 2*1.5, 1.5 + 1.5}
	for _, values := range [][]int{{3, 2}, {3}} {
		shape := model.Shape{Levels: 6, Domains: []int{2}, Attributes: values}
		s := smallOf(shape, 2.5, true, false)
		sum := s.NewSum()
		for _, c := range companies {
			sum.Add(pack(shape, c.attributes[:len(values)], c.answers))
		}
		m := s.Read(sum.Totals(), 1000, 1000, false)
		near("all", m[model.Overall].Y[0][0], -0.5)
		own, root := float64(s.parts[len(s.parts)-1].scale)*scoreUnit, 1.0
		if len(values) == 1 { // by three values, and who states none
			root = 2
		}
		near("noise on all", m[model.Overall].SD[0][0], root*1000/(float64(s.parts[0].scale)*scoreUnit))
		for r := range len(rowsOf(values)) - 1 {
			near("contrast", m[model.Segments].Y[1+r][0]*factors[r], contrasts[r])
			near("noise on a contrast", m[model.Segments].SD[1+r][0], 1000/own)
		}
		stated := s.Read(sum.Totals(), 1000, 1000, true)
		if len(values) == 1 {
			near("noise on all where everybody states the attribute", stated[model.Overall].SD[0][0], math.Sqrt(3)*1000/own)
		}
		near("all, stated", stated[model.Overall].Y[0][0], -0.5)
	}
}

// TestNewParts: what is measured by the values of attributes.
func TestNewParts(t *testing.T) {
	attributes := func(s *Small) (list []int) {
		for _, p := range s.parts {
			list = append(list, p.attribute)
		}
		return list
	}
	for _, tt := range []struct {
		what   string
		values []int
		plan   SmallPlan
		want   []int
	}{
		{"secret sizes", []int{2}, SmallPlan{Companies: 1000, Least: 5, Noise: 0.3}, []int{-1}},
		{"one attribute of few values", []int{2}, SmallPlan{Companies: 30, Least: 5, Noise: 0.3, ExactSizes: true}, []int{0, 0, 0}},
		{"one of more", []int{4}, SmallPlan{Companies: 300, Least: 5, Noise: 0.3, ExactSizes: true}, []int{-1, 0, 0, 0, 0}},
		{"two", []int{2, 3}, SmallPlan{Companies: 300, Least: 5, Noise: 0.3, ExactSizes: true}, []int{-1, 0, 0, 1, 1, 1}},
		{"too few companies for the larger one", []int{2, 3}, SmallPlan{Companies: 300, Least: 101, Noise: 0.3, ExactSizes: true}, []int{-1, 0, 0}},
		{"too few companies", []int{2}, SmallPlan{Companies: 9, Least: 5, Noise: 0.001, ExactSizes: true}, []int{-1}},
		{"too much noise", []int{2}, SmallPlan{Companies: 30, Least: 5, Noise: 30, ExactSizes: true}, []int{-1}},
		{"a single value", []int{1}, SmallPlan{Companies: 300, Least: 5, Noise: 0.3, ExactSizes: true}, []int{-1}},
	} {
		shape := model.Shape{Levels: 6, Domains: []int{2, 2}, Attributes: tt.values}
		s := NewSmall(shape, smallPublic(shape, 2.5), tt.plan)
		if got := attributes(s); !slices.Equal(got, tt.want) {
			t.Errorf("%s: parts of the attributes %v, expected %v", tt.what, got, tt.want)
		}
		if of := OfCohorts(s); of != map[int]CohortScores{1: NothingOfCohorts, 3: ScoresOfCohorts}[len(tt.want)] && (of != OverallOfCohorts || tt.want[0] >= 0) {
			t.Errorf("%s: %d of cohorts", tt.what, of)
		}
		room := Sensitivity - s.count - s.partial*scoreUnit
		if taken := s.scale() * s.farthest(); taken > room || float64(taken) < 0.999*float64(room) {
			t.Errorf("%s: the scores take %d of %d", tt.what, taken, room)
		}
	}
}

// TestSmallOffsetsByValue measures the offsets of two domains by a value, without noise: those of all companies
// are the sums of the values, and of who states none, and their contrast the difference.
func TestSmallOffsetsByValue(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{2, 2}, Attributes: []int{2}}
	s := roomy(shape, 2.5, true, true)
	if s.Vectors() != 3 || s.Dimensions() != 2 || s.Beside() != 3+1+2 || s.Coordinates() != 12 {
		t.Fatalf("%d vectors of %d, %d numbers beside", s.Vectors(), s.Dimensions(), s.Beside())
	}
	sum := s.NewSum()
	for _, c := range []struct{ attributes, answers []byte }{
		{[]byte{1}, []byte{4, 4, 3, 3}}, {[]byte{1}, []byte{5, 5, 4, 4}}, // half a level above, and below
		{[]byte{2}, []byte{3, 3, 4, 4}}, // the other way round
		{[]byte{0}, []byte{5, 5, 3, 3}}, // a level above, and below
	} {
		sum.Add(pack(shape, c.attributes, c.answers))
	}
	for _, stated := range []bool{false, true} {
		m := s.Read(sum.Totals(), 1000, 1000, stated)[model.Offsets]
		all, vectors := 1.5, 3.0
		if stated {
			all, vectors = 0.5, 2
		}
		for d, sign := range []float64{1, -1} {
			if math.Abs(m.Y[0][d]-sign*all) > 2e-3 || math.Abs(m.Y[1][d]-sign*1.5/math.Sqrt2) > 2e-3 {
				t.Errorf("stated %v, domain %d: %v of all and %v between the values, expected %v and %v", stated, d, m.Y[0][d], m.Y[1][d], sign*all, sign*1.5/math.Sqrt2)
			}
			one := 1000 / (float64(s.offset) * scoreUnit)
			if math.Abs(m.SD[0][d]/one-math.Sqrt(vectors)) > 1e-9 || math.Abs(m.SD[1][d]/one-1) > 1e-9 {
				t.Errorf("stated %v, domain %d: noise of %v and %v vectors", stated, d, m.SD[0][d]/one, m.SD[1][d]/one)
			}
		}
	}
}
