package benchmark_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

// randomInstrument draws an instrument of any permitted shape.
func randomInstrument(rng *rand.Rand) instrument.Spec {
	spec := instrument.Spec{ID: "random", Version: "1", Title: "Random instrument"}
	levels, start := 2+rng.IntN(10), rng.IntN(7)-3
	for l := range levels {
		spec.Scale = append(spec.Scale, instrument.Level{Level: start + l, Name: fmt.Sprintf("level %d", l)})
	}
	domains := 1 + rng.IntN(12)
	questions := max(3, domains) + rng.IntN(148)
	if rng.IntN(2) == 0 {
		questions = max(3, domains) + rng.IntN(20)
	}
	questions = min(questions, 150)
	for d := range domains {
		domain := instrument.Domain{ID: fmt.Sprintf("d%d", d), Title: fmt.Sprintf("Domain %d", d)}
		n := 1
		if d == domains-1 {
			n = questions
		} else if spare := questions - (domains - d); spare > 0 {
			n += rng.IntN(1 + min(spare, 2*questions/domains))
		}
		questions -= n
		for q := range n {
			domain.Questions = append(domain.Questions, instrument.Question{ID: fmt.Sprintf("d%d-q%d", d, q), Text: "A practice"})
		}
		spec.Domains = append(spec.Domains, domain)
	}
	for a := range rng.IntN(7) {
		attribute := instrument.Attribute{ID: fmt.Sprintf("a%d", a), Title: "Attribute"}
		for v := range 2 + rng.IntN(5) {
			attribute.Values = append(attribute.Values, instrument.Value{ID: fmt.Sprintf("v%d", v), Title: "Value"})
		}
		spec.Attributes = append(spec.Attributes, attribute)
	}
	return spec
}

func TestRandomShapes(t *testing.T) {
	runs, seed := 12, uint64(1)
	if v, err := strconv.Atoi(os.Getenv("SHAPES")); err == nil {
		runs = v
	}
	if v, err := strconv.Atoi(os.Getenv("SEED")); err == nil {
		seed = uint64(v)
	}
	for i := range runs {
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		spec := randomInstrument(rng)
		in, err := instrument.New(spec)
		if err != nil {
			t.Fatal(err)
		}
		n := []int{17, 20, 50, 100, 300, 1000, 10000}[rng.IntN(7)]
		panel := synthetic.NewPanel(n, uint64(i))
		panel.Missing = rng.Float64() * .6
		panel.NotStated = rng.Float64() * .4
		panel.Shift = rng.NormFloat64()
		plan := benchmark.PlanSpec{Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: []float64{.01, .5, 1, 4, 8, 11}[rng.IntN(6)], Delta: 1e-6, Override: true}
		plan.ExpectedCompanies = []int{9, 20, 100, 1000, 10000}[rng.IntN(5)]
		if rng.IntN(2) == 0 {
			plan.Roster = privacy.PublicRoster
		}
		for _, a := range spec.Attributes {
			if rng.IntN(3) > 0 {
				plan.Cohorts = append(plan.Cohorts, a.ID)
			}
		}
		t0 := time.Now()
		p, err := benchmark.NewPlan(in, plan)
		if err != nil {
			t.Fatal(i, err)
		}
		data, err := responses.NewDataset(context.Background(), in, panel.Responses(in))
		if err != nil {
			t.Fatal(i, err)
		}
		ledger := privacy.NewMemoryLedger()
		if err := ledger.OpenAccount(context.Background(), privacy.Account{ID: "a", Unit: "company", Roster: plan.Roster, Epsilon: 21, Delta: 1e-5, Window: "3y"}); err != nil {
			t.Fatal(err)
		}
		r, err := benchmark.Publish(context.Background(), ledger, p, data)
		if err != nil {
			t.Fatal(i, err)
		}
		shown := 0
		for _, c := range r.Cohorts {
			if c.Status == publication.Published {
				shown++
			}
		}
		if os.Getenv("SHAPES") != "" {
			q := 0
			for _, d := range spec.Domains {
				q += len(d.Questions)
			}
			fmt.Println(i, "L", len(spec.Scale), "D", len(spec.Domains), "Q", q, "A", len(plan.Cohorts), "cohorts", len(r.Cohorts), "shown", shown, "N", n, "eps", plan.Epsilon, plan.Roster, time.Since(t0).Round(time.Millisecond))
		}
	}
}
