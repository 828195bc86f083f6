package benchmark_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"
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

// hit counts numbers that lie within their intervals.
type hit struct{ in, of int }

// checkValues holds a release of any shape to the exact numbers: its format, every
// number within a multiple of its interval, and most within the interval. The noise is
// seeded: nothing here is up to chance.
func checkValues(t *testing.T, name string, in *instrument.Instrument, sample *synthetic.Sample, cohorts []string, r *publication.Release) (near hit) {
	t.Helper()
	for _, problem := range fixture.Contract(r.Bytes()) {
		t.Errorf("%s: %s", name, problem)
	}
	truth := map[string]float64{}
	for _, c := range sample.Cohorts(cohorts...) {
		exactCells(in, c, truth)
	}
	for cell := range r.Cells() {
		exact, known := truth[cellKey(cell.Cohort, cell.Item, cell.Statistic, cell.Level)]
		if cell.Status != publication.Published || !known || math.IsNaN(exact) {
			continue
		}
		if cell.Estimate.Low <= exact+2e-6 && exact <= cell.Estimate.High+2e-6 {
			near.in++
		}
		near.of++
		if most := 4*max(cell.Estimate.High-cell.Estimate.Value, cell.Estimate.Value-cell.Estimate.Low) + 2e-6; math.Abs(exact-cell.Estimate.Value) > most {
			t.Errorf("%s: %s %s %s %d is %v, and exactly %v", name, cell.Cohort, cell.Item, cell.Statistic, cell.Level, cell.Estimate, exact)
		}
	}
	return near
}

func TestRandomShapes(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical and exhaustive tier")
	}
	t.Parallel()
	runs, seed := 12, uint64(1)
	if v, err := strconv.Atoi(os.Getenv("SHAPES")); err == nil {
		runs = v
	}
	if v, err := strconv.Atoi(os.Getenv("SEED")); err == nil {
		seed = uint64(v)
	}
	var total hit
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
		sample, err := synthetic.NewSample(in, panel)
		if err != nil {
			t.Fatal(i, err)
		}
		data, err := responses.NewDataset(context.Background(), in, sample.Responses())
		if err != nil {
			t.Fatal(i, err)
		}
		ledger := privacytest.NewLedger(t, uint64(i))
		if err := ledger.OpenAccount(context.Background(), privacy.Account{ID: "a", Unit: "company", Roster: plan.Roster, Epsilon: 21, Delta: 1e-5, Window: "3y"}); err != nil {
			t.Fatal(err)
		}
		r, err := benchmark.Publish(context.Background(), ledger, p, data)
		if err != nil {
			t.Fatal(i, err)
		}
		near := checkValues(t, fmt.Sprint(i), in, sample, plan.Cohorts, r)
		total.in, total.of = total.in+near.in, total.of+near.of
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
			fmt.Println(i, "L", len(spec.Scale), "D", len(spec.Domains), "Q", q, "A", len(plan.Cohorts), "cohorts", len(r.Cohorts), "shown", shown, near, "N", n, "eps", plan.Epsilon, plan.Roster, time.Since(t0).Round(time.Millisecond))
		}
	}
	if total.of < 100*runs || float64(total.in) < 0.85*float64(total.of) {
		t.Errorf("%d of %d numbers lie within their intervals", total.in, total.of)
	}
}
