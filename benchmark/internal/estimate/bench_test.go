package estimate

import (
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

func BenchmarkEstimate(b *testing.B) {
	wide := model.Shape{Levels: 6, Domains: []int{15, 15, 15, 15, 15, 15, 15, 15, 15, 15}, Attributes: []int{6, 6, 6, 6, 6, 6, 3}}
	eleven := model.Shape{Levels: 11, Domains: []int{15, 15, 15, 15, 15, 15, 15, 15, 15, 15}, Attributes: []int{6, 6, 6, 6, 6, 6}}
	for _, c := range []struct {
		name      string
		shape     model.Shape
		companies int
	}{
		{"44 questions, 10 cohorts, 100 companies", jsp, 100},
		{"44 questions, 10 cohorts, 5000 companies", jsp, 5000},
		{"150 questions, 40 cohorts, 20000 companies", wide, 20000},
		{"150 questions of 11 levels, 37 cohorts, 20000 companies", eleven, 20000},
	} {
		b.Run(c.name, func(b *testing.B) {
			rng := rand.New(rand.NewPCG(1, 2))
			in, _ := typical.draw(c.shape, c.companies, rng).
				release(b, model.Prior{Companies: float64(c.companies)}, 0.25, 0.8, false, rng)
			for b.Loop() {
				Estimate(in)
			}
		})
	}
}
