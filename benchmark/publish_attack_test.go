package benchmark

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

// attacked are the two publishers of an attack: exact numbers, where it must
// succeed, and ours, where it must not. The exact one is held to our loss. The
// probability that an attack on ours is a false alarm is 1e-9 each, see
// [audit.Alarm].
//
// Where the loss allows a success of 0.58 to 0.66, as of guesses between three, 38 to 50 trials
// that all succeed are a violation, and the normal run has as many. Where it allows more, up to
// 0.95, only the deep tier has enough; the normal one sees that the attack reads our releases.
func attacked(t *testing.T, plan *Plan, trials int, attack func(audit.Setup[wavePanel], func([]byte) table, int) (audit.Outcome, error)) {
	t.Helper()
	if testing.Short() {
		t.Skip("statistical tier")
	}
	exact := auditSetup(publishExactly, plan.spec.Roster)
	exact.Claim = plan.charge.loss
	o, err := attack(exact, readExact, 1500)
	if err != nil {
		t.Fatal(err)
	}
	if !o.Violation() {
		t.Errorf("exact numbers withstand the attack: %+v", o)
	}
	ours := auditSetup(publishRelease, plan.spec.Roster)
	if o, err = attack(ours, readTable, trials); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: success %.2f, chance %.2f, bound %.2f", o.Attack, o.Rate, o.Chance, o.Bound)
	if o.Violation() {
		t.Errorf("the attack succeeds: %+v", o)
	}
}

// withAnswer is rows and one company of a value of the attribute that gave
// every question the same answer.
func withAnswer(in *instrument.Instrument, rows [][]byte, value, level int) [][]byte {
	row := []byte{byte(value)}
	for range in.Spec().Questions() {
		row = append(row, byte(1+level))
	}
	return append(append([][]byte(nil), rows...), row)
}

// TestAttackCohortDifferencing: one company does not state its size; all minus
// both sizes is that company.
func TestAttackCohortDifferencing(t *testing.T) {
	t.Parallel()
	in := fixture.PairInstrument(t)
	plan := auditPlan(t, in, privacy.SecretRoster, 200)
	var candidates []wavePanel
	for level := range len(in.Spec().Scale) {
		candidates = append(candidates, wavePanel{plan, fixture.PackedPanel(in, withAnswer(in, fixture.Rotating(in, 60), 0, level)...)})
	}
	attacked(t, plan, tier(55, 2000), func(s audit.Setup[wavePanel], read func([]byte) table, trials int) (audit.Outcome, error) {
		return audit.CohortDifferencing(t.Context(), s, candidates, func(artefact []byte) int {
			released := read(artefact)
			return largest(minus(released.counts("all", 0, 3), released.counts("size=s", 0, 3), released.counts("size=l", 0, 3)))
		}, trials)
	})
}

// TestAttackSuppressedSibling: a value with a company less than the threshold
// is not shown; all minus the other value would be its companies.
func TestAttackSuppressedSibling(t *testing.T) {
	in := fixture.PairInstrument(t)
	plan := auditPlan(t, in, privacy.PublicRoster, 60, func(s *PlanSpec) { s.MinCompanies = 5 })
	var rows [][]byte
	for i := range 60 {
		rows = append(rows, []byte{1, byte(1 + i%3), byte(1 + i%3)})
	}
	var candidates []wavePanel
	for level := range len(in.Spec().Scale) {
		candidates = append(candidates, wavePanel{plan, fixture.PackedPanel(in, withAnswer(in, rows, 2, level)...)})
	}
	attacked(t, plan, tier(55, 1000), func(s audit.Setup[wavePanel], read func([]byte) table, trials int) (audit.Outcome, error) {
		return audit.CohortDifferencing(t.Context(), s, candidates, func(artefact []byte) int {
			released := read(artefact)
			if _, ours := released["size=s"]; ours && released["all"].N != 61 {
				t.Error("the exact number of companies is not published")
			}
			return largest(minus(released.counts("all", 0, 3), released.counts("size=s", 0, 3)))
		}, trials)
	})
	// Under a public roster the numbers are exact, so the statuses are certain.
	release, err := publishRelease(t.Context(), openLedger(t, privacy.PublicRoster), candidates[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, shown := readTable(release)["size=s"]; shown {
		t.Error("a value is shown beside a single suppressed one")
	}
}

func openLedger(t *testing.T, roster privacy.Roster) privacy.Ledger {
	t.Helper()
	ledger := privacy.NewMemoryLedger()
	if err := ledger.OpenAccount(t.Context(), auditSetup(nil, roster).Account); err != nil {
		t.Fatal(err)
	}
	return ledger
}

// TestAttackWaveDifferencing: a company joins between two waves in which
// nobody else changes anything.
func TestAttackWaveDifferencing(t *testing.T) {
	t.Parallel()
	in := fixture.PairInstrument(t)
	before := auditPlan(t, in, privacy.SecretRoster, 200, func(s *PlanSpec) { s.Epsilon = 2 })
	after := auditPlan(t, in, privacy.SecretRoster, 200, func(s *PlanSpec) { s.Epsilon, s.Wave = 2, "x" })
	var candidates [][2]wavePanel
	for level := range len(in.Spec().Scale) {
		candidates = append(candidates, [2]wavePanel{
			{before, fixture.PackedPanel(in, fixture.Rotating(in, 60)...)}, {after, fixture.PackedPanel(in, withAnswer(in, fixture.Rotating(in, 60), 1, level)...)},
		})
	}
	attacked(t, after, tier(40, 1000), func(s audit.Setup[wavePanel], read func([]byte) table, trials int) (audit.Outcome, error) {
		return audit.WaveDifferencing(t.Context(), s, candidates, func(one, two []byte) int {
			return largest(minus(read(two).counts("all", 0, 3), read(one).counts("all", 0, 3)))
		}, trials)
	})
}

// TestAttackReconstruction: a random answer of a company in a cohort,
// whose histogram is published. The cohort answers alike half of the time; from
// exact histograms the attacker then is certain, and never wrong; as noisy
// ones show nothing exactly, nobody is.
func TestAttackReconstruction(t *testing.T) {
	t.Parallel()
	in := fixture.PairInstrument(t)
	plan := auditPlan(t, in, privacy.SecretRoster, 200)
	certain := func(s audit.Setup[wavePanel], read func([]byte) table, trials int) (audit.Outcome, error) {
		_, o, err := audit.Reconstruction(t.Context(), s, func() audit.Secret[wavePanel] {
			// All of size s answer alike with a probability of a half.
			rng := rand.New(rand.NewPCG(rand.Uint64(), 1))
			rows, common := fixture.Rotating(in, 60), byte(1+rng.IntN(3))
			alike := rng.IntN(2) == 0
			for _, row := range rows {
				if row[0] == 1 {
					if row[1] = byte(1 + rng.IntN(3)); alike {
						row[1] = common
					}
				}
			}
			return audit.Secret[wavePanel]{Data: wavePanel{plan, fixture.PackedPanel(in, rows...)}, Answer: int(rows[0][1]) - 1}
		}, func(artefact []byte, _ any) (int, bool) {
			counts := read(artefact).counts("size=s", 0, 3)
			if at := only(counts); at >= 0 {
				return at, true
			}
			return largest(counts), false
		}, 1.0/3, trials)
		return o, err
	}
	attacked(t, plan, tier(10, 1000), certain)
}

// TestAttackMembership: the score adds up how often the released counts of the
// company's answers are above those of the others (Homer et al., Resolving
// Individuals Contributing Trace Amounts of DNA, 2008).
func TestAttackMembership(t *testing.T) {
	t.Parallel()
	in := fixture.Tiny(t)
	plan := auditPlan(t, in, privacy.SecretRoster, 200)
	target := []byte{1, 3, 1, 3, 1}
	rows := fixture.Rotating(in, 60)
	with, without := wavePanel{plan, fixture.PackedPanel(in, append(rows, target)...)}, wavePanel{plan, fixture.PackedPanel(in, rows...)}
	attacked(t, plan, tier(10, 2000), func(s audit.Setup[wavePanel], read func([]byte) table, trials int) (audit.Outcome, error) {
		return audit.Membership(t.Context(), s, with, without, func(artefact []byte) float64 {
			released, score := read(artefact), 0.0
			for q := range in.Spec().Questions() {
				counts := released.counts("all", q, 3)
				score += counts[target[1+q]-1] - released["all"].N/3
			}
			return score
		}, trials)
	})
}

// TestAttackHomogeneity: a cohort that answers alike, against one with one
// other answer.
func TestAttackHomogeneity(t *testing.T) {
	t.Parallel()
	in := fixture.PairInstrument(t)
	plan := auditPlan(t, in, privacy.SecretRoster, 200)
	uniform := make([][]byte, 0, 60)
	for range 60 {
		uniform = append(uniform, []byte{1, 2, 2})
	}
	broken := append([][]byte{{1, 3, 3}}, uniform[1:]...)
	attacked(t, plan, tier(10, 1000), func(s audit.Setup[wavePanel], read func([]byte) table, trials int) (audit.Outcome, error) {
		return audit.Homogeneity(t.Context(), s, wavePanel{plan, fixture.PackedPanel(in, uniform...)}, wavePanel{plan, fixture.PackedPanel(in, broken...)},
			func(artefact []byte) bool { return only(read(artefact).counts("size=s", 0, 3)) == 1 }, trials)
	})
}

// TestAttackThresholdBoundary: three companies are the minimum; their cohort
// may be shown with a probability of 1e-7, and a cohort of two never. A test
// of raw counts shows it always.
func TestAttackThresholdBoundary(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	in := fixture.PairInstrument(t)
	for _, expected := range []int{20, 200} {
		plan := auditPlan(t, in, privacy.SecretRoster, expected)
		panel := func(n int) wavePanel { return wavePanel{plan, fixture.PackedPanel(in, fixture.Rotating(in, n)...)} }
		shown := func(artefact []byte) bool {
			var m measurement
			if err := json.Unmarshal(artefact, &m); err != nil {
				t.Fatal(err)
			}
			return m.Kept[0]
		}
		delta := float64(plan.charge.deltaSelect) / 1e18
		setup := auditSetup(publishMeasurement, privacy.SecretRoster)
		o, err := audit.ThresholdBoundary(t.Context(), setup, panel(2), panel(3), shown, delta, tier(30, 5000))
		if err != nil {
			t.Fatal(err)
		}
		if o.Violation() || o.Rate > 0 {
			t.Errorf("%d expected: %+v", expected, o)
		}
		// The attack can see what it looks for: a cohort far above the threshold.
		if o, err = audit.ThresholdBoundary(t.Context(), setup, panel(2), panel(3000), shown, delta, 30); err != nil || !o.Violation() {
			t.Errorf("%d expected: a large cohort is not seen: %+v, %v", expected, o, err)
		}
	}
}

// TestAttackAveraging: a hundred reprints are one publication.
func TestAttackAveraging(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	in := fixture.PairInstrument(t)
	for roster, expected := range stages {
		p := wavePanel{auditPlan(t, in, roster, expected), fixture.PackedPanel(in, fixture.Rotating(in, 50)...)}
		r, err := audit.Averaging(t.Context(), auditSetup(publishRelease, roster), p, tier(100, 1000))
		if err != nil {
			t.Fatal(err)
		}
		if r.Violation() || r.Distinct != 1 || r.Charges != 1 || r.Loss != p.plan.charge.loss {
			t.Errorf("%s, %d expected: %+v", roster, expected, r)
		}
	}
}

// TestAttackPlanLeak: whatever the data, the ledger is told one plan, and the
// release lists the same cohorts in the same order.
func TestAttackPlanLeak(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	in := fixture.PairInstrument(t)
	for roster, expected := range stages {
		plan := auditPlan(t, in, roster, expected)
		var data []wavePanel
		for _, n := range []int{1, 4, 5, 30, 300} {
			data = append(data, wavePanel{plan, fixture.PackedPanel(in, fixture.Rotating(in, n)...)}, wavePanel{plan, fixture.PackedPanel(in, withAnswer(in, nil, 0, n%3)...)})
		}
		plans, err := audit.PlanLeak(t.Context(), auditSetup(publishRelease, roster), data, func(artefact []byte) string {
			release, err := publication.Parse(artefact)
			if err != nil {
				t.Fatal(err)
			}
			layout := []string{release.ID}
			for _, c := range release.Cohorts {
				layout = append(layout, c.ID)
			}
			return strings.Join(layout, " ")
		})
		if err != nil || plans != 1 {
			t.Errorf("%s, %d expected: %d plans, %v", roster, expected, plans, err)
		}
	}
}

// TestAttackCanary plants a company with an extreme sheet and looks for it in
// the noisy numbers of a small panel, along the exact difference that it
// makes. The attack on noise of a sixteenth shows that it would be found.
func TestAttackCanary(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	in := fixture.PairInstrument(t)
	plan := auditPlan(t, in, privacy.PublicRoster, 20)
	small := plan.scheme.(*smallScheme)
	rows := fixture.Rotating(in, 20)
	blank, canary := append(rows[:20:20], []byte{1, 0, 0}), append(rows[:20:20], []byte{1, 3, 3})
	without := small.encoding.Totals(plan.rows(fixture.Rows(fixture.PackedPanel(in, blank...))))
	with := small.encoding.Totals(plan.rows(fixture.Rows(fixture.PackedPanel(in, canary...))))
	score := func(artefact []byte) float64 {
		var m measurement
		if err := json.Unmarshal(artefact, &m); err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i, v := range m.Small {
			sum += float64(v-without[i]) * float64(with[i]-without[i])
		}
		return sum
	}
	weak := auditPlan(t, in, privacy.PublicRoster, 20, func(s *PlanSpec) { s.Epsilon = 0.5 })
	loud := auditPlan(t, in, privacy.PublicRoster, 20, func(s *PlanSpec) { s.Epsilon = 8 })
	for _, c := range []struct {
		name        string
		plan, claim *Plan
		want        bool
	}{{"ε = 4", plan, plan, false}, {"ε = 0.5", weak, weak, false}, {"ε = 8 for 0.5", loud, weak, true}} {
		setup := auditSetup(publishMeasurement, privacy.PublicRoster)
		setup.Claim = c.claim.charge.loss
		o, d, err := audit.Canary(t.Context(), setup, wavePanel{c.plan, fixture.PackedPanel(in, canary...)}, wavePanel{c.plan, fixture.PackedPanel(in, blank...)}, score, tier(400, 20_000))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: ε ≥ %.2f shown", c.name, d.Epsilon)
		if o.Violation() != c.want {
			t.Errorf("%s: %+v", c.name, d)
		}
	}
}

// TestAttackImpossibleOutputs: last bits, signs and lengths of the noisy
// numbers of a panel and of one with a company less. They betray nothing, unless
// a total of zero, which some of the panel are, gets no noise.
func TestAttackImpossibleOutputs(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	t.Parallel()
	in := fixture.PairInstrument(t)
	events := func(artefact []byte) (events []string) {
		var m measurement
		if err := json.Unmarshal(artefact, &m); err != nil {
			t.Fatal(err)
		}
		for i, v := range append(m.Pilot, m.Small...) {
			events = append(events, fmt.Sprint("low bits ", i, v&7), fmt.Sprint("sign ", i, v > 0), fmt.Sprint("zero ", i, v == 0))
		}
		return append(events, fmt.Sprint("lengths ", len(m.Pilot), len(m.Small), m.Exact))
	}
	for roster, expected := range stages {
		rows := fixture.Rotating(in, 20)
		for name, c := range map[string]struct {
			publish audit.Publisher[wavePanel]
			epsilon float64
			trials  int
			want    bool
		}{"ours": {publishMeasurement, 4, tier(10, 5000), false}, "no noise on zero": {publishZeros, 1, 90, true}} {
			if c.want && roster != privacy.PublicRoster {
				continue // the attack is seen to work, which no roster changes
			}
			plan := auditPlan(t, in, roster, expected, func(s *PlanSpec) { s.Epsilon = c.epsilon })
			with, without := wavePanel{plan, fixture.PackedPanel(in, rows...)}, wavePanel{plan, fixture.PackedPanel(in, fixture.Blanked(in, rows, 3)...)}
			o, err := audit.ImpossibleOutputs(t.Context(), auditSetup(c.publish, roster), with, without, events, c.trials)
			if err != nil {
				t.Fatal(err)
			}
			if o.Violation() != c.want {
				t.Errorf("%s, %d expected, %s: %+v", roster, expected, name, o)
			}
		}
	}
}
