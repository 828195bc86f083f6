package encode

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// TestHeadIsClipped: the designs of plans leave room for the head, so that it
// is hardly ever clipped. One that measures it far too precisely must keep the
// bound all the same, by the head's own factor.
func TestHeadIsClipped(t *testing.T) {
	for _, s := range settings() {
		design := NewDesign(s.shape, model.NewPublic(s.shape, s.center), s.center, s.mu, s.public)
		for _, block := range []model.Block{model.Overall, model.Offsets, model.Unusable} {
			for group := range design.Sigma[block] {
				design.Sigma[block][group] /= 30
			}
		}
		e, err := New(s.shape, design)
		if err != nil {
			t.Fatal(err)
		}
		rng, clipped := rand.New(rand.NewPCG(7, 8)), false
		for _, answers := range startSheets(s.shape, rng) {
			attributes := make([]byte, len(s.shape.Attributes))
			for j, values := range s.shape.Attributes {
				attributes[j] = byte(rng.IntN(values + 1))
			}
			checkNorm(t, encodeOne(e, attributes, answers), attributes, answers)
			sheet, bins := newSheetSums(s.shape), make([]int, s.shape.Scores())
			if sheet.read(s.shape.Domains, answers) {
				sheet.levels(s.shape.Domains, answers)
				e.places(bins, sheet)
				clipped = clipped || e.factors(sheet, bins, 0).head < scoreUnit
			}
		}
		if !clipped {
			t.Errorf("%s: no head is clipped", s.name)
		}
	}
}

// bound is what factors compares with the budget, for the factors that it
// chose: an upper bound of the squared norm, in units of 2²⁰.
func (e *Encoding) bound(attributes, answers []byte) (uint64, bool) {
	s, bins := newSheetSums(e.layout.shape), make([]int, e.layout.shape.Scores())
	if !s.read(e.layout.shape.Domains, answers) {
		return 0, true
	}
	s.levels(e.layout.shape.Domains, answers)
	e.places(bins, s)
	notStated := uint64(0)
	for j, value := range attributes {
		if value == 0 {
			notStated = addUp(notStated, e.weights.notStated[j])
		}
	}
	f := e.factors(s, bins, notStated)
	head := mulShiftUp(e.weights.head(s, e.center, notStated), f.head*f.head, 26) // scoreUnit² = 2²⁶
	tail := addUp(addUp(e.weights.tail(s), e.squaresNorm(s)), e.scores.norm(bins))
	if f.tail < clipUnit {
		tail = e.weights.tailNorm(tail, f.tail)
	}
	sum := addUp(head, tail)
	return sum, sum <= budget+2 // two roundings
}

// TestNormOfEveryResponseIsBounded compares the exact norm of every encoded
// response with the bound by which its clipping factors were chosen, so that a
// term that the bound forgets shows although no response exceeds R. The
// unclipped responses of large panels show the terms one by one.
func TestNormOfEveryResponseIsBounded(t *testing.T) {
	check := func(t *testing.T, e *Encoding, attributes, answers []byte) {
		t.Helper()
		limit, within := e.bound(attributes, answers)
		if !within {
			t.Fatalf("the bound of answers %v is %d, above the budget", answers, limit)
		}
		norm := squaredNorm(encodeOne(e, attributes, answers))
		if norm.Rsh(norm, normShift); norm.Uint64() > limit {
			t.Fatalf("‖e(r)‖² = %v above its bound %d for attributes %v, answers %v", norm, limit, attributes, answers)
		}
	}
	rng := rand.New(rand.NewPCG(9, 10))
	all := settings()
	for _, companies := range []float64{20, 3000, 1e6} {
		shape := model.Shape{Levels: 3, Domains: []int{2, 3}, Attributes: []int{3}}
		all = append(all, setting{name: "small", shape: shape, mu: 0.8, center: model.Center{
			Level: 0.8, LevelVariance: 0.01, Companies: companies, CompaniesVariance: 9, ScoreVariance: 0.3, LogNormSpread: 0.2,
		}})
	}
	for _, s := range all {
		e := s.encoding(t)
		try := func(answers []byte) {
			attributes := make([]byte, len(s.shape.Attributes))
			for j, values := range s.shape.Attributes {
				attributes[j] = byte(rng.IntN(values + 1))
			}
			check(t, e, attributes, answers)
		}
		if s.name == "small" {
			eachSheet(s.shape, try)
		}
		for _, answers := range startSheets(s.shape, rng) {
			try(answers)
		}
	}
}

// TestScoreNormIsExact: without attributes the tabulated norm of the scores,
// with all products of two of them, is exactly that of their coordinates. With
// attributes it is that of the largest row weights, hence no smaller.
func TestScoreNormIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for _, s := range settings() {
		for _, attributes := range [][]int{nil, s.shape.Attributes} {
			s.shape.Attributes = attributes
			e := s.encoding(t)
			l := e.layout
			for _, answers := range startSheets(s.shape, rng) {
				values := make([]byte, len(attributes))
				sheet, bins := newSheetSums(s.shape), make([]int, s.shape.Scores())
				if !sheet.read(s.shape.Domains, answers) {
					continue
				}
				sheet.levels(s.shape.Domains, answers)
				e.places(bins, sheet)
				c := e.Features(make([]byte, len(attributes)), answers)
				lambda := clipUnit - c[l.clipped]
				coordinates := encodeOne(e, values, answers)
				norm := squaredNorm(coordinates[len(coordinates)-e.scores.coordinates():])
				want := big.NewInt(int64(e.scores.norm(bins)))
				want.Mul(want, big.NewInt(lambda*lambda))
				if order := norm.Cmp(want); order > 0 || order < 0 && len(attributes) == 0 {
					t.Fatalf("%s, %d attributes: ‖scores‖² = %v, tabulated %v", s.name, len(attributes), norm, want)
				}
			}
		}
	}
}
