package benchmark

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// stages are the rosters and schemes: expected companies of 20 have the
// scheme of small panels, those of 200 pilot and main stage, and cohorts also under a secret roster.
func stages(yield func(privacy.Roster, int) bool) {
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		for _, expected := range []int{20, 200} {
			if !yield(roster, expected) {
				return
			}
		}
	}
}

// freeze draws the noisy numbers that panels are replayed with: those of an
// empty panel or, where sizes are public, of one with the same companies and
// attributes, all of them blank.
func freeze(t *testing.T, frozens map[string]*audit.Transcript, setup audit.Setup[wavePanel], plan *Plan, rows [][]byte) *audit.Transcript {
	t.Helper()
	var blank [][]byte
	if plan.spec.Roster.ExactSizes() {
		blank = slices.Clone(rows)
		for i := range blank {
			blank = fixture.Blanked(plan.in, blank, i)
		}
	}
	key := fmt.Sprint(blank)
	if frozens[key] == nil {
		frozens[key] = audit.Record(t.Context(), setup, wavePanel{plan, fixture.PackedPanel(plan.in, blank...)}, 1)
	}
	return frozens[key]
}

// TestNeighboursOfTheBuiltInInstrument compares random panels of 1, 2, 17 and
// 200 companies, 44 questions and three attributes with neighbours: a company
// less, a blank sheet. The normal run compares the releases of a few, of 2 and of 200
// companies, and the noisy measurements of some dozens, the deep one those of 10,000.
func TestNeighboursOfTheBuiltInInstrument(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	t.Parallel()
	in := instrument.JSP()
	rng := rand.New(rand.NewPCG(2, 2))
	for roster, expected := range stages {
		plan := auditPlan(t, in, roster, expected)
		releases, measurements := map[string]*audit.Transcript{}, map[string]*audit.Transcript{}
		for _, n := range []int{1, 2, 17, 200} {
			if n == 2 || n == 200 || deep() {
				compareRandom(t, rng, auditSetup(publishRelease, roster), releases, plan, n, tier(1, 20))
			}
			compareRandom(t, rng, auditSetup(publishMeasurement, roster), measurements, plan, n, tier(3, 625))
		}
	}
}

// compareRandom compares pairs of panels of n companies. What is frozen of a setup is
// the same for every size where sizes are secret.
func compareRandom(t *testing.T, rng *rand.Rand, setup audit.Setup[wavePanel], frozens map[string]*audit.Transcript, plan *Plan, n, pairs int) {
	t.Helper()
	in, largest := plan.in, 0.0
	for range pairs {
		var rows [][]byte
		for range n {
			rows = append(rows, fixture.RandomRow(in, rng))
		}
		if rng.IntN(2) == 0 { // an extreme sheet
			for q := range in.Spec().Questions() {
				rows[0][len(in.Spec().Attributes)+q] = byte(1 + rng.IntN(2)*(len(in.Spec().Scale)-1))
			}
		}
		other := fixture.Blanked(in, rows, 0)
		if plan.spec.Roster == privacy.SecretRoster && rng.IntN(2) == 0 {
			other = fixture.Without(rows, 0)
		}
		frozen := freeze(t, frozens, setup, plan, rows)
		a := audit.Replay(t.Context(), setup, frozen, wavePanel{plan, fixture.PackedPanel(in, rows...)})
		b := audit.Replay(t.Context(), setup, frozen, wavePanel{plan, fixture.PackedPanel(in, other...)})
		// Cohorts that pass are compared by TestNeighboursAtTheThreshold; here
		// the frozen noisy counts are those of empty cohorts, which do not.
		report := a.Compare(b)
		if err := report.Err(); err != nil {
			t.Fatalf("%s, %d expected, %d companies: %v", plan.spec.Roster, plan.spec.ExpectedCompanies, n, err)
		}
		for _, d := range report.Draws {
			largest = max(largest, d.Distance)
		}
	}
	if pairs >= 10 && largest < 0.3 {
		t.Errorf("%d companies: the totals move by %.2f of the sensitivity at most: the audit sees nothing", n, largest)
	}
}
