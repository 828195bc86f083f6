package encode

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// TestEveryTierIsClipped: the designs of plans leave room for the overall score and the
// offsets, so that these are hardly ever clipped. One that measures a tier far too
// precisely must keep the bound all the same, by the tier's own factor.
func TestEveryTierIsClipped(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical and exhaustive tier")
	}
	for _, s := range settings() {
		usual := NewDesign(s.shape, model.NewPublic(s.shape, s.center), s.center, s.mu, s.public)
		for tier := range model.Tiers {
			if !s.shape.Has(tier.Clipped()) {
				continue
			}
			design, measured := usual, false
			for block := range model.Blocks {
				if _, rest := block.RestOf(); rest || block.Tier() != tier {
					continue
				}
				design.Sigma[block] = slices.Clone(usual.Sigma[block])
				for group, sd := range usual.Sigma[block] {
					design.Sigma[block][group] = sd / 30
					measured = measured || !math.IsInf(sd, 1)
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
				v := encodeOne(e, attributes, answers)
				checkNorm(t, v, attributes, answers)
				f, ok := e.factorsOf(answers)
				clipped = clipped || ok && f.kept[tier] < clipUnit
			}
			if measured && !clipped {
				t.Errorf("%s: nothing of tier %d is clipped", s.name, tier)
			}
		}
	}
}

// factorsOf are the factors of answers with all attributes stated.
func (e *Encoding) factorsOf(answers []byte) (factors, bool) {
	s, bins := newSheetSums(e.layout.shape), make([]int, e.layout.shape.Scores())
	if !s.read(e.layout.shape.Domains, answers) {
		return factors{}, false
	}
	e.places(bins, s)
	return e.factors(s, bins, 0)
}

// bound is what factors compares with the budget, for the factors that it
// chose: an upper bound of the squared norm, in units of 2²⁰.
func (e *Encoding) bound(attributes, answers []byte) (limit uint64, within bool) {
	s, bins := newSheetSums(e.layout.shape), make([]int, e.layout.shape.Scores())
	if !s.read(e.layout.shape.Domains, answers) {
		return 0, true
	}
	e.places(bins, s)
	notStated := uint64(0)
	for j, value := range attributes {
		if value == 0 {
			notStated = addUp(notStated, e.fixed.notStated[j])
		}
	}
	f, ok := e.factors(s, bins, notStated)
	if !ok {
		return 0, false
	}
	limit = e.fixed.norm(s, notStated)
	kept, rest := e.kept.norms(e, s, bins), e.rest.norms(e, s, bins)
	for t := range kept {
		lost := clipUnit - f.kept[t]
		limit = addUp(limit, mulShiftUp(kept[t], f.kept[t]*f.kept[t], 20))
		limit = addUp(limit, mulShiftUp(e.fixed.clipped[t], lost*lost, normShift))
		limit = addUp(limit, mulShiftUp(rest[t], f.rest[t]*f.rest[t], 20))
	}
	return limit, limit <= budget+3 // a rounding a tier
}

// TestNormOfEveryResponseIsBounded compares the exact norm of every encoded
// response with the bound by which its clipping factors were chosen, so that a
// term that the bound forgets shows although no response exceeds R. The
// unclipped responses of large panels show the terms one by one.
func TestNormOfEveryResponseIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
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
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
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
				e.places(bins, sheet)
				c := e.Features(make([]byte, len(attributes)), answers)
				lambda := clipUnit - c[l.clipped+int(model.TailTier)]
				coordinates := encodeOne(e, values, answers)
				coordinates = coordinates[:len(coordinates)-e.rest.scores.coordinates()]
				norm := squaredNorm(coordinates[len(coordinates)-e.kept.scores.coordinates():])
				want := big.NewInt(int64(e.kept.scores.norm(bins)))
				want.Mul(want, big.NewInt(lambda*lambda))
				if order := norm.Cmp(want); order > 0 || order < 0 && len(attributes) == 0 {
					t.Fatalf("%s, %d attributes: ‖scores‖² = %v, tabulated %v", s.name, len(attributes), norm, want)
				}
			}
		}
	}
}
