package report

import (
	"bytes"

	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// scaleOfItem are the scales of domains, functions and questions by their ids and titles.
func scaleOfItem(in instrument.Spec) map[string]string {
	of := map[string]string{}
	for _, d := range in.Domains {
		of[d.ID], of[clean(d.Title)] = d.Scale, d.Scale
		for _, q := range d.Questions {
			of[q.ID], of[clean(q.ID+" "+q.Text)] = d.Scale, d.Scale
		}
	}
	for i, f := range in.Functions {
		of[f.ID], of[clean(f.Title)] = in.Domains[in.FunctionDomains()[i][0]].Scale, in.Domains[in.FunctionDomains()[i][0]].Scale
	}
	return of
}

// Every table of scores or practices, and every figure, is on one scale: no two of its rows are on
// different ones. Names and ids of figures and tables are their own.
func TestNothingMixesScales(t *testing.T) {
	r := forms(t)["several"]
	last := *r
	last.Wave, last.ID = "2025", strings.Repeat("1", 32)
	own := compare.Own{Attributes: map[string]string{"size": "small"}, Scores: map[string]int{"reviews-1": 5, "speaking-1": 1, "inventory-1": 1, "contracts-1": 0}}
	standing, err := compare.NewStanding(r, own)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := newDocument(r, Options{Earlier: []*publication.Release{&last}})
	if err != nil {
		t.Fatal(err)
	}
	single, err := newStanding(r, standing, Options{})
	if err != nil {
		t.Fatal(err)
	}
	of, mixed := scaleOfItem(r.Instrument), 0
	for name, d := range map[string]document{"report": whole, "standing": single} {
		names, known := map[string]bool{}, 0
		for _, p := range d.plates() {
			if names[p.Figure.Name] {
				t.Errorf("%s: two figures are called %s", name, p.Figure.Name)
			}
			names[p.Figure.Name] = true
			for _, table := range append([]table{p.Figure.table}, p.More...) {
				scales := map[string]bool{}
				for _, row := range table.Rows {
					if scale, ok := of[row[0].String()]; ok {
						scales[scale] = true
						known++
					}
					if strings.EqualFold(row[0].String(), "overall") {
						t.Errorf("%s: an overall score in %s", name, table.ID)
					}
				}
				if len(scales) > 1 {
					mixed++
					t.Errorf("%s: %s is on the scales %v", name, table.ID, scales)
				}
			}
		}
		if known < 30 {
			t.Errorf("%s: %d rows are of the instrument's items", name, known)
		}
	}
	for name, want := range map[string]string{"domains-frequency": "How often: ", "domains-agreement": "Agreement: ", "domains-done": "Done or not: "} {
		i := slices.IndexFunc(whole.figures(), func(f Figure) bool { return f.Name == name })
		if i < 0 || !strings.HasPrefix(whole.figures()[i].Title, want) {
			t.Errorf("the figure %s is not titled %q", name, want)
		}
	}
}

// Three domains of a scale that differ by more than the noise are a finding with the name of the
// scale; domains of two scales never are, however far apart.
func TestFindingsOfScales(t *testing.T) {
	r := forms(t)["several"]
	b, err := newBuilder(r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range b.findings() {
		named := false
		for _, s := range r.Instrument.Scales {
			named = named || strings.HasPrefix(found.String(), s.Title+": ")
		}
		if !named {
			t.Errorf("a finding without its scale: %s", found)
		}
	}
	apart := *r
	apart.Cohorts = slices.Clone(r.Cohorts)
	all := &apart.Cohorts[0]
	all.Domains = slices.Clone(all.Domains)
	set := func(domain int, value float64) {
		all.Domains[domain].Mean = publication.Estimate{Value: value, Low: value - 0.01, High: value + 0.01, Status: publication.Published}
	}
	set(0, 2)   // how often
	set(3, 4)   // how often
	set(1, 6)   // agreement
	set(2, 0.5) // done
	set(4, 0.5)
	if b, err = newBuilder(&apart, Options{}); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, v := range b.views() {
		if found := v.said(v.domainFinding()); len(found) > 0 {
			said = append(said, found.String())
		}
	}
	if len(said) != 1 || !strings.HasPrefix(said[0], "How often: Of the domains, Incidents (4.00 ") {
		t.Errorf("%q", said)
	}
}

// The levels in tables.csv have the names of their own scale, and every scale has its sheets in
// the workbook.
func TestTablesOfScales(t *testing.T) {
	r := forms(t)["several"]
	var tables, book bytes.Buffer
	if err := CSV(&tables, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{",reviews-1,share,2,", ",Rarely\n", ",inventory-1,at_least,1,", ",Yes\n", ",speaking-1,share,7,", ",Strongly agree\n"} {
		if !strings.Contains(tables.String(), want) {
			t.Errorf("tables.csv has no %q", want)
		}
	}
	for line := range strings.Lines(tables.String()) {
		if strings.Contains(line, ",inventory-1,share,1,") && !strings.HasSuffix(line, ",Yes\n") {
			t.Errorf("a level of another scale: %s", line)
		}
	}
	if err := Workbook(&book, r, Options{}); err != nil {
		t.Fatal(err)
	}
	b, err := newBuilder(r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range b.views() {
		sheet := v.practiceSheet()
		if want := []string{"Practices 1", "Practices 2", "Practices 3"}[i]; sheet.name != want || len(sheet.rows) != 1+[]int{9, 5, 8}[i] {
			t.Errorf("sheet %s with %d rows", sheet.name, len(sheet.rows))
		}
		for _, row := range sheet.rows[1:] {
			if len(row) != len(sheet.rows[0]) {
				t.Errorf("sheet %s: a row of %d cells below %d heads", sheet.name, len(row), len(sheet.rows[0]))
			}
		}
	}

}
