package benchmark

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// oneRunPlan is a plan at ε = 1.5, and at a δ that an audit with one
// publication can see below.
func oneRunPlan(t *testing.T, in *instrument.Instrument, roster privacy.Roster) *Plan {
	t.Helper()
	return auditPlan(t, in, roster, 800, func(s *PlanSpec) { s.Epsilon, s.Delta = 1.5, 1e-10 })
}

// manyValues is the built-in instrument with one attribute of twenty values,
// so that companies differ in hundreds of measured numbers.
func manyValues(t *testing.T) *instrument.Instrument {
	t.Helper()
	spec := instrument.JSP().Spec()
	spec.Attributes = []instrument.Attribute{{ID: "group", Title: "Group"}}
	for i := range 20 {
		id := fmt.Sprint("g", i)
		spec.Attributes[0].Values = append(spec.Attributes[0].Values, instrument.Value{ID: id, Title: id})
	}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// quieter is the plan with a sixteenth of its noise, or a thirty-second under a
// counted roster, whose canaries are less far apart than it protects, and a charge
// that covers what it draws.
func quieter(t *testing.T, plan *Plan) *Plan {
	t.Helper()
	full, err, times := plan.scheme.(*fullScheme), error(nil), int64(16)
	if plan.spec.Roster == privacy.CountedRoster {
		times = 32
	}
	for _, noise := range []*privacy.Gaussian{&full.pilotNoise, &full.mainNoise} {
		if *noise, err = privacy.NewGaussian(noise.Sensitivity(), privacy.Mu(times)*noise.Mu()); err != nil {
			t.Fatal(err)
		}
	}
	loss := &plan.charge.loss
	loss.MuSquared *= times * times
	loss.Delta += privacy.SamplerCharge(loss.MuSquared, privacy.MaxNumbers)
	return plan
}

// sheetCanaries are random answer sheets. The reader has the noisy numbers from
// which the release is made, which is more than the release; it knows the
// encoding, and solves for the presence of every sheet.
func sheetCanaries(t *testing.T, plan *Plan, m, guesses int) audit.Canaries[wavePanel] {
	t.Helper()
	rng := rand.New(rand.NewPCG(23, 5))
	in, rows, others := plan.in, make([][]byte, m), make([][]byte, m)
	for i := range rows {
		rows[i] = fixture.RandomRow(in, rng)
		others[i] = fixture.Blanked(in, rows, i)[i]
		if plan.spec.Roster == privacy.CountedRoster {
			others[i] = mirrored(in, rows[i])
		}
	}
	return audit.Canaries[wavePanel]{
		Count: m, Guesses: guesses,
		Data: func(included []bool) wavePanel {
			var panel [][]byte
			for i, there := range included {
				switch {
				case there:
					panel = append(panel, rows[i])
				case plan.spec.Roster.ExactSizes():
					panel = append(panel, others[i])
				}
			}
			return wavePanel{plan, fixture.PackedPanel(in, panel...)}
		},
		Scores: func(artefact []byte) []float64 {
			var stored measurement
			if err := json.Unmarshal(artefact, &stored); err != nil {
				t.Fatal(err)
			}
			full := plan.scheme.(*fullScheme)
			encoding, err := full.encoding(&stored)
			if err != nil {
				t.Fatal(err)
			}
			known := map[string][]int64{} // blank sheets of the same attributes are the same
			encoded := func(row []byte) []int64 {
				if totals := known[string(row)]; totals != nil {
					return totals
				}
				totals, err := tally(t.Context(), encoding, plan.rows(fixture.Rows(fixture.PackedPanel(in, row))))
				if err != nil {
					t.Fatal(err)
				}
				known[string(row)] = totals
				return totals
			}
			// What a sheet adds to the one that is there in its place, blank ones to nothing.
			sheets := mat.NewDense(len(stored.Main), m, nil)
			for i, row := range rows {
				other := encoded(others[i])
				for c, v := range encoded(row) {
					sheets.Set(c, i, float64(v-other[c])/(1<<30))
					stored.Main[c] -= other[c]
				}
			}
			return presence(sheets, stored.Main, full.mainNoise.Sigma()/(1<<30))
		},
	}
}

// presence is the posterior mean of which sheets are in, under a prior of one
// half with variance ¼ each: (EᵀE + 4σ²)⁻¹Eᵀ(y − ½Σe), by conjugate gradients.
func presence(sheets *mat.Dense, noisy []int64, sigma float64) []float64 {
	d, m := sheets.Dims()
	rest := mat.NewVecDense(d, nil)
	for c, v := range noisy {
		rest.SetVec(c, float64(v)/(1<<30)-mat.Sum(sheets.RowView(c))/2)
	}
	residual, times, seen := mat.NewVecDense(m, nil), mat.NewVecDense(m, nil), mat.NewVecDense(d, nil)
	residual.MulVec(sheets.T(), rest)
	x, step := mat.NewVecDense(m, nil), mat.VecDenseCopyOf(residual)
	norm := mat.Dot(residual, residual)
	for start := norm; norm > 1e-12*start; {
		seen.MulVec(sheets, step)
		times.MulVec(sheets.T(), seen)
		times.AddScaledVec(times, 4*sigma*sigma, step)
		length := norm / mat.Dot(step, times)
		x.AddScaledVec(x, length, step)
		residual.AddScaledVec(residual, -length, times)
		next := mat.Dot(residual, residual)
		step.AddScaledVec(residual, next/norm, step)
		norm = next
	}
	return x.RawVector().Data
}

// TestAuditOneRun audits one publication, of the noisy numbers that a release
// is made of, with 1200 companies that are in or not, of which 400 are guessed. The
// right plan is found in violation with a probability of 1e-9. A plan with a
// sixteenth of the noise must be: 379 right guesses are enough, and at most one
// in a hundred is wrong, so it is missed with a probability below 1e-9.
func TestAuditOneRun(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	in := manyValues(t)
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		right := oneRunPlan(t, in, roster)
		for name, c := range map[string]struct {
			plan *Plan
			want bool
		}{"right": {right, false}, "too little noise": {quieter(t, oneRunPlan(t, in, roster)), true}} {
			if c.want && roster != privacy.SecretRoster {
				continue // the audit is seen to work, which no roster changes
			}
			setup := auditSetup(publishMeasurement, roster)
			setup.Claim, setup.Account.Epsilon = right.charge.loss, 1000
			e, err := audit.OneRun(t.Context(), setup, sheetCanaries(t, c.plan, 1200, 400))
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s, %s: %d of %d right, ε ≥ %.3f, claimed %.3f", roster, name, e.Right, e.Guesses, e.Epsilon, e.Claimed)
			if e.Violation() != c.want {
				t.Errorf("%s, %s: %+v", roster, name, e)
			}
		}
	}
}
