package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Shapes of the answers tell only where they are far from the expected ones.
func TestOddShapes(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{10, 10}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(65, 66))))
	count := 2 * (shape.Levels - 2)
	level := s.Design.Prior[model.DomainShape].Level
	for away, least := range map[float64]float64{0: 0, 2: 0, 4: 0, 12: 20} {
		kept, n := s.rates.kept[model.TailTier], s.sizes.divisor(0)
		for i := range count {
			s.Measured[model.DomainShape].Y[0][i] = n * kept * away * math.Sqrt(level)
			s.Measured[model.DomainShape].SD[0][i] = 1e-3
		}
		got := s.odds(domainMisfit, model.DomainShape, count, func(int) (float64, float64) { return 1, 0 })
		if got < least || least == 0 && got > 0 {
			t.Errorf("shapes %v spreads away: %v, expected %v or more, and nothing if that is 0", away, got, least)
		}
	}
	s.Measured[model.DomainShape].SD[0][0] = math.Inf(1)
	s.Measured[model.DomainShape].Y[0][0] = 1e9
	if got := s.odds(domainMisfit, model.DomainShape, 1, func(int) (float64, float64) { return 1, 0 }); got != 0 {
		t.Errorf("what is not measured tells %v", got)
	}
}

// Domains that are off in their own ways tell of questions that are, as many times further
// as the domain has questions; domains that are off together tell nothing.
func TestShapesApart(t *testing.T) {
	shape := model.Shape{Levels: 6, Domains: []int{8, 12}}
	s := newSetting(arbitraryInput(shape, 5000, 1, 0, 0, true, rand.New(rand.NewPCG(67, 68))))
	s.scales = s.ownScales()
	orders := shape.Levels - 2
	level := s.Design.Prior[model.DomainShape].Level
	expected := expectedShapes{domain: [][][]float64{grid(2, orders)}}
	for i := range 2 * orders {
		s.Measured[model.DomainShape].SD[0][i] = 0
	}
	most := 1 + apartDoubt*math.Sqrt(2.0/4) // of four free squares
	for _, c := range []struct {
		together      bool
		away          float64 // spreads
		beyond, doubt float64
	}{
		{true, 5, 0, 0},
		{false, 0.1, 0, 10 * 0.02 * most * level},
		{false, 2, 10 * (8 - usualApart) * most * level, 10 * usualApart * most * level},
	} {
		for i := range 2 * orders {
			d, off := i/orders, c.away*math.Sqrt(level)
			if !c.together && d == 1 {
				off = -off
			}
			s.Measured[model.DomainShape].Y[0][i] = (off - s.Design.Public.ShapeCenter[i%orders]) * s.sizes.divisor(0) * s.rates.kept[model.TailTier] * s.rates.present[d]
		}
		beyond, doubt := s.shapesApart(expected, orders)
		if math.Abs(beyond-c.beyond) > 1e-9 || math.Abs(doubt-c.doubt) > 1e-9 {
			t.Errorf("together %v, %v away: %v and a doubt of %v, want %v and %v", c.together, c.away, beyond, doubt, c.beyond, c.doubt)
		}
	}
}
