package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Sizes are found from the sum and the contrasts, and noise of one company in each
// is noise of that order in a cohort.
func TestSizes(t *testing.T) {
	shape := model.Shape{Levels: 2, Domains: []int{1}, Attributes: []int{3}}
	in := arbitraryInput(shape, 100, 1, 0, 0, false, rand.New(rand.NewPCG(27, 28)))
	in.Design.Center = model.Center{Level: 0.5, LevelVariance: 0.01, Companies: 80, CompaniesVariance: 400, ScoreVariance: 0.01}
	sizes := []float64{100, 60, 30, 5} // five do not state the attribute
	m := &in.Measured[model.Companies]
	for r := range m.Y {
		m.SD[r][0], m.Y[r][0] = 1, 0
		for g, n := range sizes {
			m.Y[r][0] += m.Weights.At(r, g) * n
		}
	}
	in.Measured[model.NotStated].Y[0][0], in.Measured[model.NotStated].SD[0][0] = 5, 1
	for g, c := range Estimate(in) {
		// Priors of standard deviation 16 to 20 pull by less than 1 in 100 of 20.
		if math.Abs(c.Companies.Value-sizes[g]) > 0.5 {
			t.Errorf("cohort %d: %.2f companies instead of %v", g, c.Companies.Value, sizes[g])
		}
		if c.Companies.Error > 1.2 || c.Companies.Error < 0.5 {
			t.Errorf("cohort %d: error %.2f, noise 1", g, c.Companies.Error)
		}
	}
}

// The sizes of an attribute's values and of those that do not state it sum to
// all, however large the noise, unless a size would fall below what is known.
func TestSizesAddUp(t *testing.T) {
	shape := model.Shape{Levels: 2, Domains: []int{1}, Attributes: []int{2, 4, 12}}
	for seed := range uint64(50) {
		in := arbitraryInput(shape, 500, 20, 0, 0, false, rand.New(rand.NewPCG(29, seed)))
		in.Measured[model.NotStated].Y[0] = []float64{-1e6, -1e6, -1e6} // everybody states all
		in.Measured[model.NotStated].SD[0] = []float64{1e-3, 1e-3, 1e-3}
		out := Estimate(in)
		for _, cohorts := range [][]Cohort{out[1:3], out[3:7], out[7:19]} {
			var sum float64
			for _, c := range cohorts {
				sum += c.Companies.Value
			}
			if math.Abs(sum-out[0].Companies.Value) > 1e-6*sum {
				t.Errorf("seed %d: %v companies in the values, %v in all", seed, sum, out[0].Companies.Value)
			}
		}
	}
}

// A small cohort that was measured well is not lifted to a share of all.
func TestSmallCohort(t *testing.T) {
	shape := model.Shape{Levels: 2, Domains: []int{1}, Attributes: []int{2}}
	in := arbitraryInput(shape, 100000, 1, 0, 0, false, rand.New(rand.NewPCG(31, 1)))
	m := &in.Measured[model.Companies]
	for r := range m.Y {
		m.SD[r][0], m.Y[r][0] = 2, 0
		for g, n := range []float64{100000, 99988, 12} {
			m.Y[r][0] += m.Weights.At(r, g) * n
		}
	}
	in.Measured[model.NotStated].Y[0][0], in.Measured[model.NotStated].SD[0][0] = 0, 2
	if got := Estimate(in)[2].Companies.Value; math.Abs(got-12) > 2 {
		t.Errorf("%v companies instead of 12", got)
	}
}
