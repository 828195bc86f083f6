package benchmark

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// mirrored is a sheet with the same attributes and the scale turned round: far
// from the one that it takes the place of.
func mirrored(in *instrument.Instrument, row []byte) []byte {
	other, spec := slices.Clone(row), in.Spec()
	for i := len(spec.Attributes); i < len(row); i++ {
		if row[i] > 0 {
			other[i] = byte(len(spec.Scale)) + 1 - row[i]
		}
	}
	return other
}

// TestCountedReplacements: under a counted roster another company in the place of
// one, with the same attributes and other answers or none, changes nothing but
// totals, by at most the sensitivity that the noise is drawn for, and by more than
// half of that for some. The cohorts are below k, at k and above.
func TestCountedReplacements(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical and exhaustive tier")
	}
	t.Parallel()
	rng := rand.New(rand.NewPCG(8, 8))
	small := fixture.PairInstrument(t)
	for _, in := range []*instrument.Instrument{small, instrument.JSP()} {
		for _, expected := range []int{20, 50} {
			plan := auditPlan(t, in, privacy.CountedRoster, expected)
			publish, sizes := publishRelease, []int{1, 3, 4, 30}
			if in != small {
				publish, sizes = publishMeasurement, []int{30}
			}
			setup, largest := auditSetup(publish, privacy.CountedRoster), 0.0
			for _, n := range sizes {
				var rows [][]byte
				for range n {
					rows = append(rows, fixture.RandomRow(in, rng))
				}
				for q := len(in.Spec().Attributes); q < len(rows[0]); q++ {
					rows[0][q] = byte(len(in.Spec().Scale))
				}
				for _, sheet := range [][]byte{mirrored(in, rows[0]), fixture.Blanked(in, rows, 0)[0]} {
					other := slices.Clone(rows)
					other[0] = sheet
					report := audit.Neighbours(t.Context(), setup, wavePanel{plan, fixture.PackedPanel(in, rows...)}, wavePanel{plan, fixture.PackedPanel(in, other...)}, 5)
					if err := report.Err(); err != nil {
						t.Errorf("%s, %d expected, %d companies: %v", in.Spec().ID, expected, n, err)
					}
					for _, d := range report.Draws {
						largest = max(largest, d.Distance)
					}
				}
			}
			if largest <= 0.5 {
				t.Errorf("%s, %d expected: the totals move by %.3f of the sensitivity: half of the noise would do", in.Spec().ID, expected, largest)
			}
		}
	}
}

// TestCountedHidesNoSize: one company more, or one with other attributes, makes no
// neighbours under a counted roster, and the audit sees the difference.
func TestCountedHidesNoSize(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	in := fixture.PairInstrument(t)
	plan, rows := auditPlan(t, in, privacy.CountedRoster, 50), fixture.Rotating(in, 30)
	moved := slices.Clone(rows)
	moved[0] = slices.Clone(rows[0])
	moved[0][0] = 3 - rows[0][0]
	for name, other := range map[string][][]byte{"a company less": fixture.Without(rows, 0), "another attribute": moved} {
		if neighbours(t, plan, rows, other) == nil {
			t.Errorf("%s: the audit finds no difference", name)
		}
	}
}

// TestCountedHasTheNoiseOfItsEpsilon: ε is about one sheet in the place of another,
// which is 2R, so that a counted roster has the noise that a public one has at half
// of μ, and publishes as much. The sizes are exact under both.
func TestCountedHasTheNoiseOfItsEpsilon(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	in := fixture.PairInstrument(t)
	// Percentiles, which take most of a forecast's time, follow from the same sums.
	statistics := func(s *PlanSpec) { s.Statistics = []string{"scores", "questions", "shares"} }
	for _, expected := range []int{20, 100} {
		counted := auditPlan(t, in, privacy.CountedRoster, expected, statistics)
		half := 2.0 // pure ε
		if expected >= smallPanel {
			half = math.Floor(privacy.GaussianEpsilon(counted.charge.mu/2, 1e-6)*1e6) / 1e6
		}
		public := auditPlan(t, in, privacy.PublicRoster, expected, statistics, func(s *PlanSpec) { s.Epsilon = half })
		if counted.charge.between != 4 || counted.charge.loss.Epsilon(1e-6) > 4 {
			t.Errorf("ε = %v, between two answers %v", counted.charge.loss.Epsilon(1e-6), counted.charge.between)
		}
		if b := public.charge.between; math.Abs(b-4) > 2e-3 {
			t.Errorf("the public plan has ε = %v between two answers, want 4", b)
		}
		one, err := counted.Forecast(expected)
		if err != nil {
			t.Fatal(err)
		}
		other, err := public.Forecast(expected)
		if err != nil {
			t.Fatal(err)
		}
		for g, c := range one.Cohorts {
			if c.Passes != other.Cohorts[g].Passes {
				t.Errorf("%s passes with %v and %v", c.ID, c.Passes, other.Cohorts[g].Passes)
			}
			for i, s := range c.Statistics {
				if w := other.Cohorts[g].Statistics[i].HalfWidth; math.Abs(s.HalfWidth-w) > 0.02*w {
					t.Errorf("%s, %s: half-width %v, of a public roster %v", c.ID, s.Name, s.HalfWidth, w)
				}
			}
		}
	}
}
