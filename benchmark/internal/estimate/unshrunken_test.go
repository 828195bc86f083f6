package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// exactMeans are the exact means of every question, cohort × question.
func (p panel) exactMeans() [][]float64 {
	questions := p.shape.Questions()
	sum, count := grid(p.shape.Cohorts(), questions), grid(p.shape.Cohorts(), questions)
	for i := range p.companies() {
		answers := p.rows.Data[i*p.rows.Stride+p.rows.Answers:][:questions]
		for g, in := range p.cohortOf(i) {
			for q, a := range answers {
				if in && a > 0 {
					sum[g][q] += float64(a) - 1
					count[g][q]++
				}
			}
		}
	}
	for g := range sum {
		for q := range sum[g] {
			sum[g][q] /= count[g][q]
		}
	}
	return sum
}

// TestUnshrunken: among the questions that lie furthest from the others, where
// shrinkage shows most, the estimates are biased towards the middle and the
// unshrunken ones are not. Seeds are fixed.
func TestUnshrunken(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	rng := rand.New(rand.NewPCG(7, 8))
	var covered, total, shrunken, flat float64
	for range 60 {
		p := typical.draw(jsp, 100, rng)
		p.lean = true
		_, cohorts := p.release(t, model.Prior{Companies: 100}, 0.25, 0.8, false, rng)
		truth := p.exactMeans()[0]
		mean := 0.0
		for _, v := range truth {
			mean += v / float64(len(truth))
		}
		for q, u := range cohorts[0].Unshrunken.Questions {
			total++
			if u.Low <= truth[q] && truth[q] <= u.High {
				covered++
			}
			outward := math.Copysign(1, truth[q]-mean)
			if math.Abs(truth[q]-mean) > 0.7 {
				shrunken += outward * (cohorts[0].Questions[q].Mean.Value - truth[q])
				flat += outward * (u.Value - truth[q])
			}
		}
	}
	if covered/total < 0.87 {
		t.Errorf("intervals of 90 %% cover %.2f of the means", covered/total)
	}
	if math.Abs(flat) > -shrunken/2 {
		t.Errorf("the outermost questions are off by %.2f levels in all without a prior, %.2f with it", flat, shrunken)
	}
	t.Logf("coverage %.3f, outward bias %.2f without and %.2f with prior", covered/total, flat, shrunken)
}

// TestUnshrunkenAgrees: what was measured without doubt is the same with and
// without a prior.
func TestUnshrunkenAgrees(t *testing.T) {
	p := typical.draw(jsp, 4000, rand.New(rand.NewPCG(9, 10)))
	_, cohorts := p.release(t, model.Prior{Companies: 4000}, 0.8, 3, true, rand.New(rand.NewPCG(11, 12)))
	for g, c := range cohorts {
		near := func(what string, a, b Number) {
			if math.Abs(a.Value-b.Value) > 0.03 {
				t.Errorf("cohort %d, %s: %.3f with and %.3f without a prior", g, what, a.Value, b.Value)
			}
		}
		near("overall", c.Overall.Mean, c.Unshrunken.Overall)
		for d := range c.Domains {
			near("domain", c.Domains[d].Mean, c.Unshrunken.Domains[d])
		}
		for q := range c.Questions {
			near("question", c.Questions[q].Mean, c.Unshrunken.Questions[q])
		}
	}
}
