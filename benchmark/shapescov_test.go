package benchmark_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

type tally2 struct{ n, hit float64 }

func TestShapesCoverage(t *testing.T) {
	runs, _ := strconv.Atoi(os.Getenv("COV"))
	if runs == 0 {
		t.Skip()
	}
	seed, _ := strconv.Atoi(os.Getenv("SEED"))
	res := map[string]*tally2{}
	for i := range runs {
		rng := rand.New(rand.NewPCG(uint64(seed), uint64(i)))
		spec := randomInstrument(rng)
		in, err := benchmark.NewInstrument(spec)
		if err != nil {
			t.Fatal(err)
		}
		n := []int{50, 100, 300, 1000}[rng.IntN(4)]
		panel := synthetic.NewPanel(n, uint64(i))
		panel.Missing = rng.Float64() * .6
		panel.NotStated = rng.Float64() * .3
		panel.Shift = rng.NormFloat64()
		eps := []float64{1, 4}[rng.IntN(2)]
		plan := benchmark.PlanSpec{Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: eps, Delta: 1e-6, ExpectedCompanies: n}
		if rng.IntN(2) == 0 {
			plan.Roster = privacy.PublicRoster
		}
		for _, a := range spec.Attributes {
			if rng.IntN(3) > 0 {
				plan.Cohorts = append(plan.Cohorts, a.ID)
			}
		}
		p, err := benchmark.NewPlan(in, plan)
		if err != nil {
			t.Fatal(i, err)
		}
		sample, err := synthetic.NewSample(in, panel)
		if err != nil {
			t.Fatal(err)
		}
		data, err := benchmark.NewDataset(context.Background(), in, sample.Responses())
		if err != nil {
			t.Fatal(err)
		}
		est, err := p.EstimateSynthetic(data, uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		base := float64(spec.Scale[0].Level)
		truth := sample.Cohorts(plan.Cohorts...)
		mine := map[string]*tally2{}
		for g, c := range est {
			if truth[g].Companies < 5 {
				continue
			}
			where := " seg"
			if g == 0 {
				where = " all"
			}
			add := func(name string, e estimate.Number, v float64, limit float64) {
				if !(e.Error <= limit && e.Information >= .5) || v != v {
					return
				}
				for _, m := range []map[string]*tally2{res, mine} {
					x := m[name+where]
					if x == nil {
						x = &tally2{}
						m[name+where] = x
					}
					x.n++
					if v >= e.Low-1e-9 && v <= e.High+1e-9 {
						x.hit++
					}
				}
			}
			tr := truth[g]
			add("n", e0(c.Companies), float64(tr.Companies), 1e9)
			add("OM", c.Overall.Mean, tr.Overall.Mean-base, .25)
			for k := range 3 {
				add("OQT", c.Overall.Quartiles[k], tr.Overall.Quartiles[k]-base, .25)
			}
			for d := range c.Domains {
				add("DM", c.Domains[d].Mean, tr.Domains[d].Mean-base, .25)
				for k := range 3 {
					add("DQT", c.Domains[d].Quartiles[k], tr.Domains[d].Quartiles[k]-base, .25)
				}
			}
			for q := range c.Questions {
				add("ans", c.Questions[q].Answers, float64(tr.Questions[q].Answers), 1e9)
				add("QM", c.Questions[q].Mean, tr.Questions[q].Mean-base, .25)
				for l := range c.Questions[q].Shares {
					add("H", c.Questions[q].Shares[l], tr.Questions[q].Shares[l], .1)
				}
				for l := range c.Questions[q].AtLeast {
					add("A", c.Questions[q].AtLeast[l], tr.Questions[q].AtLeast[l], .1)
				}
			}
		}
		for k, v := range mine {
			if v.n >= 5 && v.hit/v.n < .7 {
				fmt.Println("low", i, k, v.n, v.hit/v.n, "L", len(spec.Scale), "D", len(spec.Domains), "Q", len(est[0].Questions), "N", n, "eps", eps, plan.Roster, "miss", panel.Missing, "shift", panel.Shift)
			}
		}
	}
	for k, v := range res {
		fmt.Printf("%s %.3f (%v)\n", k, v.hit/v.n, v.n)
	}
}

func e0(n estimate.Number) estimate.Number { n.Information = 1; return n }
