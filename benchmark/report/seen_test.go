package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

// threeWaves are waves whose overall mean and first domain go up and down again.
func threeWaves(t testing.TB) []*publication.Release {
	t.Helper()
	var list []*publication.Release
	for i, wave := range []string{"2024", "2025", "2026"} {
		r := load(t, "profiles")
		r.Wave, r.ID = wave, strings.Repeat([]string{"12", "34", "56"}[i], 16)
		by := []float64{0, 0.3, 0.1}[i]
		all := &r.Cohorts[0]
		for _, e := range []*publication.Estimate{&all.Overall.Mean, &all.Unshrunken.Overall, &all.Domains[0].Mean, &all.Unshrunken.Domains[0]} {
			e.Value, e.Low, e.High = math.Round(1e6*(e.Value+by))/1e6, math.Round(1e6*(e.Low+by))/1e6, math.Round(1e6*(e.High+by))/1e6
		}
		list = append(list, r)
	}
	return list
}

// Three waves are drawn as published and, told apart from that, as seen from the last one; two are not.
func TestSlopesAsSeen(t *testing.T) {
	waves := threeWaves(t)
	f := figuresOf(t, waves[2], Options{Earlier: waves[:2]})["slopes"]
	var drawing bytes.Buffer
	if err := f.WriteSVG(&drawing); err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join("testdata", "figures", "slopes-seen.svg"), drawing.Bytes())
	_, rows := f.Table()
	published, seen := rows[0], rows[1]
	if !strings.HasSuffix(seen[0], "as seen from wave 2026") || strings.Contains(published[0], "seen") || seen[2] == published[2] {
		t.Errorf("the table has the rows %q and %q", published, seen)
	}
	if !strings.Contains(f.Title, "as seen from wave 2026") || !strings.Contains(f.Description, "not in its place") {
		t.Errorf("%s: %s", f.Title, f.Description)
	}
	two := figuresOf(t, waves[2], Options{Earlier: waves[1:2]})["slopes"]
	if _, rows := two.Table(); strings.Contains(two.Title, "seen") || len(rows) != 3 {
		t.Errorf("two waves: %s, %q", two.Title, rows)
	}
}

// The words have the change from the first wave to the last, and the series, which leaves the published
// numbers to the steps.
func TestChangesMarkdownOfThreeWaves(t *testing.T) {
	c, err := compare.Trend(threeWaves(t)...)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := ChangesMarkdown(&out, c, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"## From wave 2024 to wave 2026\n", "## As seen from wave 2026\n", "They are no correction of what was published", "| Item | 2024 | 2025 | 2026 |"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the text lacks %q", want)
		}
	}
}

// A row for every wave of a series, with what was published beside what is smoothed.
func TestSmoothedCSV(t *testing.T) {
	c, err := compare.Trend(threeWaves(t)...)
	if err != nil {
		t.Fatal(err)
	}
	c.Series[0].Points[1].Smoothed = publication.NoEstimate()
	var out bytes.Buffer
	if err := SmoothedCSV(&out, c); err != nil {
		t.Fatal(err)
	}
	if err := SmoothedCSV(&full{100}, c); !errors.Is(err, errFull) {
		t.Errorf("the error of the writer is %v", err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != 1+3*len(c.Series) {
		t.Fatalf("%d rows of %d series, %v", len(rows), len(c.Series), err)
	}
	for i, s := range c.Series {
		for w, p := range s.Points {
			row := rows[1+3*i+w]
			if row[0] != s.Cohort || row[1] != s.Item || row[2] != c.Waves[w].Wave || row[9] != "2026" {
				t.Errorf("row %q of %+v", row, s)
			}
			for at, e := range map[int]publication.Estimate{3: p.Published, 6: p.Smoothed} {
				want := []string{"", "", ""}
				if e.Status == publication.Published {
					want = []string{number(e.Value), number(e.Low), number(e.High)}
				}
				if strings.Join(row[at:at+3], " ") != strings.Join(want, " ") {
					t.Errorf("row %q, %s is %+v", row, rows[0][at], e)
				}
			}
		}
	}
}
