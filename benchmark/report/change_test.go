package report

import (
	"bytes"
	"image/color"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

// twoSteps is a builder with two steps, of which the last is a change with everything in
// it: one question up by 1, one down by 1.5, one neither, and one without a number.
func twoSteps(t *testing.T) (*builder, []string) {
	t.Helper()
	_, later := waves(t)
	b, err := newBuilder(later, Options{})
	if err != nil {
		t.Fatal(err)
	}
	exactly := func(x float64) publication.Estimate {
		return publication.Estimate{Value: x, Low: x - 0.25, High: x + 0.25, Status: publication.Published}
	}
	change := func(item string, from, to float64, verdict compare.Verdict) compare.Change {
		return compare.Change{Cohort: "all", Item: item, Statistic: publication.StatisticMean, From: exactly(from), To: exactly(to), Change: exactly(to - from), Verdict: verdict}
	}
	var ids []string
	for _, q := range later.Instrument.Questions()[:4] {
		ids = append(ids, q.ID)
	}
	none := compare.Change{Cohort: "all", Item: ids[3], Statistic: publication.StatisticMean, From: publication.NoEstimate(), To: exactly(1), Change: publication.NoEstimate(), Verdict: compare.NoVerdict}
	b.changes = &compare.Changes{Steps: []compare.TrendStep{
		{From: "2024", To: "2025", Confidence: 0.9, Changes: []compare.Change{change("overall", 2, 1, compare.Down)}},
		{From: "2025", To: "2026", Confidence: 0.9, Changes: []compare.Change{
			change("overall", 1, 1.5, compare.Up), change(ids[0], 1, 2, compare.Up), change(ids[1], 2, 0.5, compare.Down),
			change(ids[2], 1, 1.1, compare.Indistinguishable), none,
		}},
	}}
	return b, ids
}

// The words are about the last step: where the overall mean was before and is now, and
// how many of the practices that are compared moved which way.
func TestChangeWords(t *testing.T) {
	b, _ := twoSteps(t)
	var said []string
	for _, block := range b.change() {
		if p, ok := block.(paragraph); ok {
			said = append(said, p.Text.String())
		}
	}
	text := strings.Join(said, "\n")
	for _, want := range []string{
		"From wave 2025 to wave 2026", "went up by +0.5 [0.2, 0.8], from 1.0 [0.7, 1.3] to 1.5 [1.2, 1.8]",
		"Of 4 practices that can be compared, 1 went up and 1 went down; 1 cannot be told apart", "For 1 a number is not shown",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the words lack %q:\n%s", want, text)
		}
	}
}

// A row of the figures' tables has the earlier number below the earlier wave, and a
// mark in the colour of its verdict.
func TestChangeRows(t *testing.T) {
	b, ids := twoSteps(t)
	step := b.changes.Steps[1]
	s := stepOf{b, step, map[string]compare.Change{}}
	for _, c := range step.Changes {
		s.changes[c.Item] = c
	}
	rows := s.newRows("column.practice")
	for _, id := range ids {
		s.add(rows, id, label{}, foreign(id))
	}
	if got := []string{rows.table.Header[1].String(), rows.table.Header[2].String()}; got[0] != "2025" || got[1] != "2026" {
		t.Errorf("the columns are %q", got)
	}
	for i, id := range ids {
		row, c := rows.table.Rows[i], s.changes[id]
		if row[1].String() != s.level(c.From).String() || row[2].String() != s.level(c.To).String() {
			t.Errorf("%s: %v was %v before", id, row[2], row[1])
		}
	}
	for i, want := range []color.NRGBA{accent, second, muted} {
		drawn := &scene{}
		rows.chart.rows[i].mark(drawn, func(x float64) float64 { return x }, 0)
		at := drawn.shapes[len(drawn.shapes)-1].(dot)
		if c := s.changes[ids[i]].Change; at.fill != want || at.at.x != c.Value {
			t.Errorf("%s: the mark %+v, want %v at %v", ids[i], at, want, c.Value)
		}
	}
	table := b.names.changesTable(step, step.Changes[1:]).(table)
	for i, id := range ids {
		c := s.changes[id]
		if row := table.Rows[i]; row[1].String() != b.estimate(c.From).String() || row[2].String() != b.estimate(c.To).String() {
			t.Errorf("%s, in the table of all changes: %v was %v before", id, row[2], row[1])
		}
	}
}

// The practices that moved most, whichever way, come first; those that did not are in the
// tables only.
func TestChangeMostMoved(t *testing.T) {
	b, ids := twoSteps(t)
	step := b.changes.Steps[1]
	s := stepOf{b, step, map[string]compare.Change{}}
	for _, c := range step.Changes {
		s.changes[c.Item] = c
	}
	moved := s.practices()[0].(plate)
	var got []string
	for _, row := range moved.Figure.table.Rows {
		got = append(got, row[0].String())
	}
	if diff := cmp.Diff([]string{s.names.full(ids[1]).String(), s.names.full(ids[0]).String()}, got); diff != "" {
		t.Errorf("moved most (-want +got):\n%s", diff)
	}
}

func TestChangeSays(t *testing.T) {
	earlier, later := waves(t)
	var out bytes.Buffer
	if err := MarkdownWith(&out, later, Options{Earlier: []*publication.Release{earlier}}); err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(out.String(), "## Change since the last wave")
	section, _, _ = strings.Cut(section, "\n## ")
	for _, want := range []string{
		"From wave 2025 to wave 2026", "The overall mean went up by +0.3", "1 went up and 0 went down; 7 cannot", "| down |", "need not be the same ones", "The losses of the 2 waves add up", "cannot be told apart from no change",
	} {
		if !strings.Contains(section, want) {
			t.Errorf("the section lacks %q:\n%s", want, section)
		}
	}
}

// Releases without anything in common leave a section that says so.
func TestNothingToCompare(t *testing.T) {
	earlier, later := load(t, "suppressed"), load(t, "secret")
	earlier.Wave, earlier.ID = "2025", "1"+earlier.ID[1:]
	var out bytes.Buffer
	if err := MarkdownWith(&out, later, Options{Earlier: []*publication.Release{earlier}}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "Nothing is the same in both waves, or shown in both.") {
		t.Error("the section does not say that nothing is compared")
	}
}
