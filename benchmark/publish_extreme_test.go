package benchmark

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// wildNoise is noise that no ledger draws: so many times the plan's, or, if
// ends is set, numbers that take the place of the totals, up to the ends of
// int64. Cohorts pass the threshold at random.
type wildNoise struct {
	rng   *rand.Rand
	times float64
	ends  bool
}

func (n wildNoise) add(totals []int64, sd float64) []int64 {
	ends := []int64{0, 1, -1, 1 << 30, -1 << 30, 1 << 40, -1 << 40, 1 << 52, -1 << 52, 1 << 61, -1 << 61, math.MaxInt64, math.MinInt64}
	same, noisy := n.rng.IntN(2*len(ends)), make([]int64, len(totals))
	for i, v := range totals {
		switch {
		case !n.ends:
			noise := n.rng.NormFloat64() * sd * n.times
			noisy[i] = v + int64(min(max(noise, -1<<61), 1<<61))
		case same < len(ends):
			noisy[i] = ends[same]
		default:
			noisy[i] = ends[n.rng.IntN(len(ends))]
		}
	}
	return noisy
}

func (n wildNoise) Gaussian(g privacy.Gaussian, totals []int64) []int64 {
	return n.add(totals, g.Sigma())
}

func (n wildNoise) SphericalLaplace(m privacy.SphericalLaplace, totals []int64) []int64 {
	at := m.InVectors()
	return append(n.add(totals[:at], m.Deviation()), n.add(totals[at:], m.DeviationBeside())...)
}

func (n wildNoise) Tested(t privacy.MeasuredThreshold, totals []int64) []int64 {
	if n.rng.IntN(4) == 0 {
		return nil
	}
	return n.SphericalLaplace(t.Noise(), totals)
}

func (n wildNoise) Threshold(_ privacy.Threshold, counts []int64) []bool {
	kept := make([]bool, len(counts))
	for i := range kept {
		kept[i] = n.rng.IntN(4) > 0
	}
	return kept
}

// anyInstrument draws a small instrument.
func anyInstrument(t *testing.T, rng *rand.Rand) *instrument.Instrument {
	t.Helper()
	spec := instrument.Spec{ID: "any", Version: "1", Title: "Any instrument"}
	first := rng.IntN(7) - 3
	for l := range 2 + rng.IntN(10) {
		spec.Scale = append(spec.Scale, instrument.Level{Level: first + l, Name: fmt.Sprint("level ", l)})
	}
	for d := range 1 + rng.IntN(5) {
		domain := instrument.Domain{ID: fmt.Sprint("d", d), Title: "Domain"}
		for q := range 1 + rng.IntN(1+rng.IntN(8)) {
			domain.Questions = append(domain.Questions, instrument.Question{ID: fmt.Sprint("d", d, "-q", q), Text: "A practice"})
		}
		spec.Domains = append(spec.Domains, domain)
	}
	for a := range rng.IntN(4) {
		attribute := instrument.Attribute{ID: fmt.Sprint("a", a)}
		for v := range 2 + rng.IntN(4) {
			attribute.Values = append(attribute.Values, instrument.Value{ID: fmt.Sprint("v", v)})
		}
		spec.Attributes = append(spec.Attributes, attribute)
	}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// anyPlan draws a plan from the range of what is permitted, its ends included.
func anyPlan(t *testing.T, rng *rand.Rand, in *instrument.Instrument) *Plan {
	t.Helper()
	pick := func(list ...float64) float64 { return list[rng.IntN(len(list))] }
	spec := PlanSpec{
		Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: pick(0.1, 0.1, 1, 4, 8), Delta: pick(1e-9, 1e-6),
		Override: true, ExpectedCompanies: int(pick(5, 20, 40, 100, 10000)), Confidence: pick(0.5, 0.9, 0.99), MinCompanies: int(pick(3, 5)),
	}
	if rng.IntN(2) == 0 {
		spec.Roster = privacy.PublicRoster
	}
	for _, a := range in.Spec().Attributes {
		if rng.IntN(3) > 0 {
			spec.Cohorts = append(spec.Cohorts, a.ID)
		}
	}
	if rng.IntN(3) == 0 {
		level := float64(in.Spec().Scale[0].Level) + rng.Float64()*float64(len(in.Spec().Scale)-1)
		spec.Prior = &Prior{Level: level, Spread: pick(1e-300, 0.1, 3, 1e300)}
	}
	plan, err := NewPlan(in, spec)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// anyRows draws sheets: all blank, all at one end, at both ends, one answer a
// sheet, or anything.
func anyRows(rng *rand.Rand, in *instrument.Instrument, companies int) []byte {
	spec := in.Spec()
	kind, top, questions := rng.IntN(6), len(spec.Scale), len(spec.Questions())
	var rows []byte
	for range companies {
		for _, a := range spec.Attributes {
			rows = append(rows, byte(rng.IntN(len(a.Values)+1)))
		}
		for q := range questions {
			answers := []int{0, top, 1, 1 + q%2*(top-1), 0, rng.IntN(top + 1)}
			rows = append(rows, byte(answers[kind]))
		}
		if kind == 4 {
			rows[len(rows)-1] = byte(top)
		}
	}
	return rows
}

// TestNoNoiseFailsAPublication measures any data of any plan with noise of any
// size, up to numbers that cannot be drawn, and publishes the result. A
// publication that failed for some noise could be tried again with other noise
// that nobody pays for, so there must be none: no error, no panic, and a
// release that can be read back.
func TestNoNoiseFailsAPublication(t *testing.T) {
	t.Parallel()
	instruments := tier(6, 60)
	if testing.Short() {
		instruments = 1
	}
	for i := range instruments {
		rng := rand.New(rand.NewPCG(uint64(i), 11))
		in := anyInstrument(t, rng)
		plan := anyPlan(t, rng, in)
		for j := range 12 {
			noise := wildNoise{rng: rng, times: []float64{0, 1, 100, 1e6}[j%4], ends: j%3 == 2}
			companies := []int{1, 2, 3, 4, 5, 60}[rng.IntN(6)]
			if err := publishWith(t, plan, noise, anyRows(rng, in, companies)); err != nil {
				t.Errorf("instrument %d, %+v, %d companies, noise times %v, ends %v: %v", i, plan.spec, companies, noise.times, noise.ends, err)
			}
		}
	}
}

// publishWith makes the release of packed responses and reads it back.
func publishWith(t *testing.T, plan *Plan, noise mechanism, rows []byte) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	m, _, err := plan.measure(t.Context(), noise, plan.rows(rows))
	if err != nil {
		return err
	}
	m.Noise = publication.TestNoise
	release, err := plan.release(m)
	if err != nil {
		return err
	}
	again, err := publication.Parse(release)
	if err == nil && !bytes.Equal(again.Bytes(), release) {
		err = fmt.Errorf("other bytes are read back")
	}
	return err
}

// TestAnyPriorSpread publishes with published figures that are all but certain
// and all but void.
func TestAnyPriorSpread(t *testing.T) {
	in, rng := fixture.Tiny(t), rand.New(rand.NewPCG(1, 12))
	for _, spread := range []float64{math.SmallestNonzeroFloat64, 1, 1e150, 1e300, math.MaxFloat64} {
		for _, expected := range []int{20, 100} {
			plan, err := NewPlan(in, PlanSpec{
				Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: expected,
				Prior: &Prior{Level: 0.5, Spread: spread},
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := publishWith(t, plan, wildNoise{rng: rng, times: 1}, anyRows(rng, in, 60)); err != nil {
				t.Errorf("spread %g, %d companies expected: %v", spread, expected, err)
			}
		}
	}
}
