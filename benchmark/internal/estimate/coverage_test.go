package estimate

import (
	"math/rand/v2"
	"os"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// Of the 90 % intervals at least 85 in 100 hold the exact number, for every family
// of statistics, for all and for segments, at small and at medium size; and the
// errors that decide about publication are no smaller than the real ones.
//
// The seed is fixed: the test is about the formulas, not about luck. There are as many panels
// as the numbers of a family call for that are compared; half as many more in the deep tier.
func TestCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	for _, c := range []struct {
		name              string
		shape             model.Shape
		companies, panels int
		public            bool
	}{
		{"44 questions, 100 companies", jsp, 100, 40, false},
		{"44 questions, 100 companies, public roster", jsp, 100, 14, true},
		{"44 questions, 1000 companies", jsp, 1000, 12, false},
		{"short domains", model.Shape{Levels: 4, Domains: []int{1, 5, 2, 9}, Attributes: []int{1, 4}}, 300, 21, false},
	} {
		if os.Getenv("MATURITYBENCH_DEEP") == "1" {
			c.panels += c.panels / 2
		}
		t.Run(c.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(31, 32))
			count := map[string]*tally{}
			for range c.panels {
				population := typical
				population.level += 0.1 * rng.NormFloat64()
				p := population.draw(c.shape, c.companies, rng)
				exact := p.truth()
				// A release at ε = 4, δ = 1e-6: μ = 0.83, a tenth of its square for the pilot.
				_, out := p.release(t, model.Prior{Companies: float64(c.companies)}, 0.26, 0.79, c.public, rng)
				for g, cohort := range out {
					who := "all: "
					if g > 0 {
						who = "segments: "
					}
					for family, list := range pairs(cohort, exact[g]) {
						if count[who+family] == nil {
							count[who+family] = new(tally)
						}
						for _, n := range list {
							count[who+family].add(n)
						}
					}
				}
			}
			for family, n := range count {
				if n.total >= 40 && n.covered < 0.85*n.total {
					t.Errorf("%s: %.0f of %.0f intervals hold the exact number", family, n.covered, n.total)
				}
				if n.total > 1000 && n.squares > 1.1*n.claimed {
					t.Errorf("%s: mean squared error %.4g, claimed %.4g", family, n.squares/n.total, n.claimed/n.total)
				}
			}
		})
	}
}

// tally counts intervals that hold the exact number, and squared errors.
type tally struct{ total, covered, squares, claimed float64 }

func (c *tally) add(n pair) {
	c.total++
	if n.Low <= n.exact+1e-9 && n.exact <= n.High+1e-9 {
		c.covered++
	}
	c.squares += square(n.Value - n.exact)
	c.claimed += square(n.Error)
}

// Questions far from their domain are covered, too, and shrinkage does not hide
// them once there are data.
func TestCoverageOfExtremes(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	rng := rand.New(rand.NewPCG(33, 34))
	var covered, total float64
	for range 30 {
		p := typical.draw(jsp, 150, rng)
		p.lean = true
		for i := range p.companies() { // two questions that nearly everybody has solved
			answers := p.rows.Data[i*p.rows.Stride+p.rows.Answers:]
			answers[3], answers[25] = 5+byte(rng.IntN(2)), 5+byte(rng.IntN(2))
		}
		exact := p.truth()
		_, out := p.release(t, model.Prior{Companies: 150}, 0.26, 0.79, false, rng)
		for _, q := range []int{3, 25} {
			n := out[0].Questions[q].Mean
			total++
			if n.Low <= exact[0].questions[q].mean && exact[0].questions[q].mean <= n.High {
				covered++
			}
		}
	}
	if covered < 0.8*total {
		t.Errorf("%v of %v intervals of extreme questions hold the exact mean", covered, total)
	}
}
