package outside_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/privacy"
	"maturitybench/privacy/audit"
	"os"
	"slices"
	"testing"
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

// everyRow lists all packed rows of an instrument, blank ones included; with
// attributes of all values and not stated.
func everyRow(in *instrument.Instrument, attributes bool) [][]byte {
	var limits []byte
	for _, a := range in.Spec().Attributes {
		limit := 0
		if attributes {
			limit = len(a.Values)
		}
		limits = append(limits, byte(limit))
	}
	for range in.Spec().Questions() {
		limits = append(limits, byte(len(in.Spec().Scale)))
	}
	rows := [][]byte{nil}
	for _, limit := range limits {
		var longer [][]byte
		for _, row := range rows {
			for v := range limit + 1 {
				longer = append(longer, append(slices.Clone(row), v))
			}
		}
		rows = longer
	}
	return rows
}

// TestEveryPanelOfUpToThree publishes all panels of up to three companies, two
// questions and three levels, blank sheets included, with the same noisy
// numbers, under all rosters and both schemes, and compares every panel with
// its neighbours: one company less, one sheet blank, or another one in its place. The normal run takes
// every panel of up to two and a sample of those of three, without attributes;
// the deep one all of them, with every value of an attribute.
//
// No cohort of these passes the threshold: pairs at the boundary are those of
// TestNeighboursAtTheThreshold.
func TestEveryPanelOfUpToThree(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	t.Parallel()
	in := fixture.PairInstrument(t)
	deep, sample := os.Getenv("MATURITYBENCH_DEEP") == "1", 89
	if deep {
		sample = 1
	}
	rows := everyRow(in, deep)
	sheets := 1
	for range in.Spec().Questions() {
		sheets *= len(in.Spec().Scale) + 1
	}
	for roster, expected := range stages {
		t.Run(fmt.Sprintf("%s %d", roster, expected), func(t *testing.T) {
			asked := plan(t, in, roster, expected)
			audited := setup(roster)
			seen, frozens := map[string]*audit.Transcript{}, map[string]*audit.Transcript{}
			replay := func(panel []int) *audit.Transcript {
				key := fmt.Sprint(panel)
				if seen[key] == nil {
					var sheets [][]byte
					for _, i := range panel {
						sheets = append(sheets, rows[i])
					}
					frozen := freeze(t, frozens, audited, in, asked, sheets)
					seen[key] = audit.Replay(t.Context(), audited, frozen, wave{asked, fixture.PackedPanel(in, sheets...)})
				}
				return seen[key]
			}
			pairs := 0
			eachPanel(len(rows), sample, func(panel []int) {
				for i := range panel {
					less := slices.Delete(slices.Clone(panel), i, i+1)
					blank := slices.Clone(panel)
					for !isBlank(in, rows[blank[i]]) {
						blank[i]-- // answers vary fastest: the blank sheet of the same attributes
					}
					slices.Sort(blank)
					neighbours := [][]int{blank}
					switch roster {
					case privacy.SecretRoster:
						neighbours = append(neighbours, less)
					case privacy.CountedRoster:
						// The sheet of the same attributes at the other end of their rows.
						replaced := slices.Clone(panel)
						replaced[i] = panel[i] - panel[i]%sheets + sheets - 1 - panel[i]%sheets
						slices.Sort(replaced)
						neighbours = append(neighbours, replaced)
					}
					for _, other := range neighbours {
						pairs++
						if err := replay(panel).Compare(replay(other)).Err(); err != nil {
							t.Fatalf("%v and %v: %v", panel, other, err)
						}
					}
				}
			})
			t.Logf("%d pairs of %d panels", pairs, len(seen))
		})
	}
}

// freeze draws the noisy numbers that panels are replayed with: those of an
// empty panel or, where sizes are public, of one with the same companies and
// attributes, all of them blank.
func freeze(t *testing.T, frozens map[string]*audit.Transcript, setup audit.Setup[wave], in *instrument.Instrument, plan *benchmark.Plan, rows [][]byte) *audit.Transcript {
	t.Helper()
	var blank [][]byte
	if plan.Spec().Roster.ExactSizes() {
		blank = slices.Clone(rows)
		for i := range blank {
			blank = fixture.Blanked(in, blank, i)
		}
	}
	key := fmt.Sprint(blank)
	if frozens[key] == nil {
		frozens[key] = audit.Record(t.Context(), setup, wave{plan, fixture.PackedPanel(in, blank...)}, 1)
	}
	return frozens[key]
}

func isBlank(in *instrument.Instrument, row []byte) bool {
	return len(bytes.Trim(row[len(in.Spec().Attributes):], "\x00")) == 0
}

// eachPanel yields the multisets of up to three of n rows, and of those of
// three every sample-th.
func eachPanel(n, sample int, yield func([]int)) {
	at := 0
	for a := range n {
		yield([]int{a})
		for b := a; b < n; b++ {
			if at++; sample == 1 || at%4 == 0 {
				yield([]int{a, b})
			}
			for c := b; c < n; c++ {
				if at++; at%sample == 0 {
					yield([]int{a, b, c})
				}
			}
		}
	}
}

// twoAttributes is the pair instrument with another attribute of two values.
func twoAttributes(t *testing.T) *instrument.Instrument {
	t.Helper()
	spec := fixture.PairInstrument(t).Spec()
	spec.Attributes = append(spec.Attributes, instrument.Attribute{ID: "region", Title: "Region", Values: []instrument.Value{{ID: "n"}, {ID: "s"}}})
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestNeighboursAtTheThreshold: at k companies a cohort may be shown, at k − 1
// never. All else is the same. A company is in a segment of either attribute, whose counts move together.
func TestNeighboursAtTheThreshold(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	in := twoAttributes(t)
	rng := rand.New(rand.NewPCG(1, 1))
	for roster, expected := range stages {
		asked, audited := plan(t, in, roster, expected), setup(roster)
		for n := 2; n <= 4; n++ {
			var rows [][]byte
			for range n {
				row := fixture.RandomRow(in, rng)
				row[0], row[1] = 1, 1
				rows = append(rows, row)
			}
			one := wave{asked, fixture.PackedPanel(in, rows...)}
			others := []wave{{asked, fixture.PackedPanel(in, fixture.Blanked(in, rows, 0)...)}}
			if roster == privacy.SecretRoster {
				others = append(others, wave{asked, fixture.PackedPanel(in, fixture.Without(rows, 0)...)})
			}
			for _, other := range others {
				if err := audit.Neighbours(t.Context(), audited, one, other, 3).Err(); err != nil {
					t.Errorf("%s, %d expected, %d companies: %v", roster, expected, n, err)
				}
			}
		}
	}
}
