package encode

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// encodeExactly is A·c(r) in integers that cannot overflow.
func encodeExactly(e *Encoding, attributes, answers []byte) []*big.Int {
	c := e.Features(attributes, answers)
	var out []*big.Int
	put := func(sum *big.Int, r row, scale int64) {
		x := new(big.Int).Mul(sum, big.NewInt(scale))
		out = append(out, x.Mul(x, big.NewInt(r.weightOf(attributes))))
	}
	for _, f := range e.features {
		sum := new(big.Int)
		for _, term := range f.terms {
			addProduct(sum, big.NewInt(term.weight), c[term.at])
		}
		for r, scale := range f.scale {
			if scale != 0 {
				put(sum, e.rows[r], scale)
			}
		}
	}
	for _, p := range []struct {
		b    *scoreBlock
		bins int
	}{{&e.kept.scores, e.layout.kept.bins}, {&e.rest.scores, e.layout.rest.bins}} {
		vectors := vectorsExactly(p.b, c[p.bins:])
		for _, g := range p.b.groups {
			for i, r := range g.rows {
				for _, line := range g.whitening {
					sum := new(big.Int)
					for at, weight := range line {
						addProduct(sum, big.NewInt(weight), vectors[at])
					}
					put(sum, r, g.scale[i])
				}
			}
		}
	}
	return out
}

// vectorsExactly are the vectors of all scores, one after the other: small
// integers.
func vectorsExactly(b *scoreBlock, bins []int64) []int64 {
	vectors := make([]int64, b.scores*b.thresholds)
	for score := range b.scores {
		for place, n := range bins[score*(b.thresholds+1):][:b.thresholds+1] {
			for threshold, v := range b.vector(score, place) {
				vectors[score*b.thresholds+threshold] += n * v
			}
		}
	}
	return vectors
}

func addProduct(sum, x *big.Int, y int64) { sum.Add(sum, x.Mul(x, big.NewInt(y))) }

// checkExactly compares the tally and the definition with the definition in
// integers that cannot overflow, and its norm with the sensitivity.
func checkExactly(t *testing.T, e *Encoding, attributes, answers []byte) {
	t.Helper()
	exact, norm := encodeExactly(e, attributes, answers), new(big.Int)
	got := encodeOne(e, attributes, answers)
	if defined := e.Encode(attributes, answers); !slices.Equal(defined, got) {
		t.Fatalf("the tally adds %v, by definition it is %v", got, defined)
	}
	if len(got) != len(exact) {
		t.Fatalf("%d coordinates, expected %d", len(got), len(exact))
	}
	for i, x := range exact {
		if !x.IsInt64() || x.Int64() != got[i] {
			t.Fatalf("coordinate %d is %d, expected %v", i, got[i], x)
		}
		norm.Add(norm, new(big.Int).Mul(x, x))
	}
	if norm.Cmp(sensitivitySquared) > 0 {
		t.Fatalf("‖e(r)‖² = %v above R² = %v", norm, sensitivitySquared)
	}
}

// TestLargestInstruments encodes sheets of instruments at the limits: two
// thousand questions, eleven levels, 250 values an attribute, twelve
// attributes. Nothing overflows, and no sheet is above the sensitivity.
func TestLargestInstruments(t *testing.T) {
	for _, s := range []setting{
		{shape: model.Shape{Levels: 11, Domains: []int{2000}}, mu: 0.001},
		{shape: model.Shape{Levels: 2, Domains: []int{300}, Attributes: []int{250}}, mu: 0.1},
		{shape: model.Shape{Levels: 11, Domains: []int{2, 2}, Attributes: []int{250}}, mu: 5},
		{shape: model.Shape{Levels: 3, Domains: []int{7, 1}, Attributes: []int{2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3}}, mu: 0.8},
		{shape: model.Shape{Levels: 11, Domains: []int{1000, 1000}, Values: []int{0, 1, 3, 10, 11, 30, 40, 41, 90, 95, 100}, Weights: slices.Repeat([]int{10}, 2000), DomainWeights: []int{10, 1}}, mu: 0.001},
	} {
		t.Run(fmt.Sprint(s.shape.Levels, s.shape.Domains, s.shape.Attributes, s.shape.Values), func(t *testing.T) {
			if testing.Short() && s.shape.Questions() > 100 {
				t.Skip("exhaustive tier")
			}
			rng, u := rand.New(rand.NewPCG(7, 8)), s.shape.Unit()
			s.center = model.Center{
				Level: 0.9 * float64(s.shape.Levels-1), LevelVariance: u * u, Companies: 1000, CompaniesVariance: 1e6,
				ScoreVariance: 0.1 * u * u, LogNormSpread: 0.45,
			}
			e := s.encoding(t)
			for _, answers := range startSheets(s.shape, rng)[:8] {
				attributes := make([]byte, len(s.shape.Attributes))
				for j, values := range s.shape.Attributes {
					attributes[j] = byte([]int{0, 1, values, 1 + rng.IntN(values)}[rng.IntN(4)])
				}
				checkExactly(t, e, attributes, answers)
			}
		})
	}
}

// TestAbsurdPrecisions multiplies the noise that the design asks for, block by
// block, by factors that no design has. The encoding exists, keeps its bound
// and can be read back: neither depends on what the pilot found.
func TestAbsurdPrecisions(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for _, name := range []string{"two levels", "eleven levels", "one domain of two questions"} { // small ones
		s := settingOf(name)
		asked := NewDesign(s.shape, model.NewPublic(s.shape, s.center), s.center, s.mu, s.public)
		for block := range model.Blocks {
			for _, times := range []float64{0, 1e-300, 1e-9, 1e-4, 1e4, 1e9, math.Inf(1), math.NaN(), -1} {
				design := asked
				if design.Sigma[block] == nil {
					continue
				}
				design.Sigma[block] = slices.Clone(design.Sigma[block])
				for j := range design.Sigma[block] {
					design.Sigma[block][j] *= times
				}
				e, err := New(s.shape, design)
				if err != nil {
					t.Fatalf("%s: block %d times %v: %v", s.name, block, times, err)
				}
				if _, err := e.Read(make([]int64, e.Coordinates()), 1); err != nil {
					t.Fatalf("%s: block %d times %v: %v", s.name, block, times, err)
				}
				size := 0.0
				for _, b := range []*scoreBlock{&e.kept.scores, &e.rest.scores} {
					of := 0.0
					for _, g := range b.groups {
						of += g.size(s.shape.Attributes)
					}
					size = max(size, of)
				}
				if size*cdfUnit*cdfUnit > 1<<62 {
					t.Fatalf("%s: block %d times %v: norms of the score distributions up to %g overflow", s.name, block, times, size*cdfUnit*cdfUnit)
				}
				attributes := make([]byte, len(s.shape.Attributes))
				for j, values := range s.shape.Attributes {
					attributes[j] = byte(1 + (int(block)+j)%values)
				}
				for _, answers := range startSheets(s.shape, rand.New(rand.NewPCG(9, 10)))[2:7] {
					checkExactly(t, e, attributes, answers)
				}
			}
		}
	}
}
