package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

// changesOf is a change with everything in it: up, down and neither, a cohort
// that is suppressed, an item with another id and one that is not compared.
func changesOf(t testing.TB) *compare.Changes {
	t.Helper()
	earlier, later := waves(t)
	suppressed := &later.Cohorts[len(later.Cohorts)-1]
	*suppressed = publication.Cohort{ID: suppressed.ID, Status: publication.Suppressed}
	c, err := compare.Trend(earlier, later)
	if err != nil {
		t.Fatal(err)
	}
	step := &c.Steps[0]
	for i := range step.Changes {
		if step.Changes[i].Item == later.Instrument.Domains[0].Questions[0].ID {
			step.Changes[i].OldItem = "old|id"
		}
	}
	step.NotCompared = append(step.NotCompared, compare.NotCompared{Item: "gone", Reason: "retired"})
	return c
}

func TestChangesGoldens(t *testing.T) {
	for extension, write := range map[string]func(io.Writer, *compare.Changes) error{
		".csv": ChangesCSV,
		".md":  func(w io.Writer, c *compare.Changes) error { return ChangesMarkdown(w, c, Options{}) },
	} {
		var out bytes.Buffer
		if err := write(&out, changesOf(t)); err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join("testdata", "changes"+extension), out.Bytes())
		if err := write(&full{100}, changesOf(t)); !errors.Is(err, errFull) {
			t.Errorf("%s: the error of the writer is %v", extension, err)
		}
	}
}

// Every change is one row, and a number is there exactly if it is published.
func TestChangesCSVHasEveryChange(t *testing.T) {
	c := changesOf(t)
	for i := range c.Steps[0].Changes { // so that no number stands for another one
		c.Steps[0].Changes[i].From.Value += 0.125
	}
	var out bytes.Buffer
	if err := ChangesCSV(&out, c); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	step := c.Steps[0]
	if len(rows) != 1+len(step.Changes)+len(step.NotCompared) {
		t.Fatalf("%d rows of %d changes and %d items that are not compared", len(rows), len(step.Changes), len(step.NotCompared))
	}
	for i, change := range step.Changes {
		row := rows[1+i]
		published := change.Status == publication.Published
		if row[2] != change.Cohort || row[3] != change.Item || (row[14] == "true") != change.Joint || (row[9] != "") != published || (row[12] != "") != published {
			t.Errorf("row %q of %+v", row, change)
		}
		for at, e := range map[int]publication.Estimate{7: change.From, 8: change.To, 9: change.Change, 15: change.Difference} {
			if e.Status == publication.Published && row[at] != number(e.Value) {
				t.Errorf("column %s of %+v is %s", rows[0][at], change, row[at])
			}
		}
	}
}

func TestChangesMarkdownOptions(t *testing.T) {
	var out bytes.Buffer
	o := Options{Title: "A <title>", Texts: map[string]string{"changes.suppressed": "Nicht gezeigt."}}
	if err := ChangesMarkdown(&out, changesOf(t), o); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# A &lt;title&gt;\n", "Nicht gezeigt."} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the text lacks %q", want)
		}
	}
	c := changesOf(t)
	c.Waves[0].Noise = publication.TestNoise
	out.Reset()
	if err := ChangesMarkdown(&out, c, Options{}); err != nil || !strings.Contains(out.String(), "\n> ") {
		t.Errorf("the text does not warn of test noise: %v", err)
	}
	if err := ChangesMarkdown(&out, changesOf(t), Options{Texts: map[string]string{"nowhere": ""}}); err == nil {
		t.Error("a text without a place was taken")
	}
}
