package encode

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// edgeSettings are beside the others those of many questions a domain or one, and of the largest values and weights.
func edgeSettings() []setting {
	long := model.Shape{Levels: 11, Domains: []int{64, 1, 4}, Values: []int{0, 1, 3, 10, 11, 30, 40, 41, 90, 95, 100}}
	for q := range long.Questions() {
		long.Weights = append(long.Weights, 1+99*(q%2))
	}
	weights := []int{100, 1, 1, 7, 1, 1, 1, 50, 1, 1, 1, 1, 1, 100}
	at := func(name string, shape model.Shape) setting {
		u := shape.Unit()
		return setting{name: name, shape: shape, mu: 0.8, center: model.Center{
			Level: 0.4 * float64(shape.Levels-1), LevelVariance: 0.05 * u * u,
			Companies: 100, CompaniesVariance: 25, ScoreVariance: 0.6 * u * u, LogNormSpread: 0.2,
		}}
	}
	return []setting{
		at("values and weights of up to 100", long),
		at("eighty questions a domain", model.Shape{Levels: 2, Domains: []int{80, 3}, Attributes: []int{250}}),
		at("weights of fourteen domains", model.Shape{Levels: 6, Domains: slices.Repeat([]int{1}, 14), Attributes: []int{2}, DomainWeights: weights}),
		at("four hundred questions", model.Shape{Levels: 5, Domains: slices.Repeat([]int{40}, 10)}),
	}
}

// TestFitsAtTheEdge moves every response to the budget. What attributes that are not stated weigh adds to the squared
// norm and to the bound of it, so that of the weight with which the exact norm is one above the budget the bound must be, too:
// it is held against the norm wherever that lies, not only of the few responses that are near the budget. It is not idle: a
// millionth of the budget less, and it lets them through. From the corners of the answer space and random
// sheets, single answers change as long as the norm grows.
func TestFitsAtTheEdge(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	const farthest = 64 * float64(budget) // above that responses are clipped to little, and rounding takes more room
	for _, s := range append(settings(), edgeSettings()...) {
		t.Run(s.name, func(t *testing.T) {
			e, rng := s.encoding(t), rand.New(rand.NewPCG(41, 42))
			norm, b, tried := e.before(), newStateBatch(e), 0
			left := func(answers []byte) float64 { return float64(budget) - float64(norm(answers)) }
			check := func(i int) {
				answers := b.answers(e.kernel, i)
				weight := left(answers)
				if b.weight[i] == 0 || math.Abs(weight) > farthest {
					return
				}
				tried++
				if e.kernel.fits(e, b, i, weight+1) {
					t.Fatalf("answers %v are let through with a norm of one above the budget", answers)
				}
				if !e.kernel.fits(e, b, i, weight-1e-6*float64(budget)) {
					t.Fatalf("answers %v are not let through with a norm below the budget", answers)
				}
			}
			for range 10 {
				b.data, b.at = b.data[:0], b.at[:0]
				for i, answers := range startSheets(s.shape, rng)[:batchRows] {
					b.data, b.at = append(b.data, answers...), append(b.at, i*len(answers))
				}
				for range 60 {
					e.kernel.read(e, b)
					for i := range batchRows {
						check(i)
						answers := b.answers(e.kernel, i)
						q, before := rng.IntN(len(answers)), left(answers)
						old := answers[q]
						answers[q] = byte(rng.IntN(s.shape.Levels + 1))
						if left(answers) > before {
							answers[q] = old
						}
					}
				}
			}
			if tried < 10_000 {
				t.Errorf("%d sheets were near enough to the budget, expected most of 19,200", tried)
			}
		})
	}
}
