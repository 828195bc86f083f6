package report

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"maturitybench/benchmark/publication"
)

func workbookOf(t *testing.T, r *publication.Release, o Options) *excelize.File {
	t.Helper()
	var first, second bytes.Buffer
	if err := errors.Join(Workbook(&first, r, o), Workbook(&second, r, o)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same release makes two workbooks")
	}
	f, err := excelize.OpenReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// Every number of the sheets is that of the release, cell by cell; what is not
// shown is empty.
func TestWorkbook(t *testing.T) {
	for _, name := range fixtures {
		r := load(t, name)
		f := workbookOf(t, r, Options{})
		if got := f.GetSheetList(); !slices.Equal(got, []string{"Summary", "Domains", "Practices", "Groups", "Privacy statement"}) {
			t.Fatalf("%s: sheets %q", name, got)
		}
		all, _ := r.Cohort("all")
		check := func(sheet string, row, column int, estimates ...publication.Estimate) {
			t.Helper()
			for i, e := range estimates {
				for j, want := range []float64{e.Value, e.Low, e.High} {
					at, err := excelize.CoordinatesToCellName(column+3*i+j, row)
					if err != nil {
						t.Fatal(err)
					}
					cell, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
					if err != nil {
						t.Fatal(err)
					}
					got, err := strconv.ParseFloat(cell, 64)
					if shown := e.Status == publication.Published; shown != (err == nil) || shown && math.Abs(got-want) > 1e-12 {
						t.Errorf("%s: %s %s holds %q, want %v of %v", name, sheet, at, cell, want, e)
					}
				}
			}
		}
		if all.Status == publication.Published {
			check("Domains", 2, 3, append([]publication.Estimate{all.Overall.Mean}, all.Overall.Percentiles...)...)
			for i, d := range all.Domains {
				check("Domains", 3+i, 3, append([]publication.Estimate{d.Mean}, d.Percentiles...)...)
			}
		}
		for i, q := range all.Questions {
			check("Practices", 2+i, 4, append(append([]publication.Estimate{q.Mean}, q.Shares...), q.AtLeast...)...)
		}
		for i, c := range r.Cohorts {
			check("Groups", 2+i, 4, c.Companies, c.Overall.Mean)
			if id, err := f.GetCellValue("Groups", "A"+strconv.Itoa(2+i)); err != nil || id != c.ID {
				t.Errorf("%s: group %q, want %q", name, id, c.ID)
			}
		}
	}
}

// A text that begins like a formula is a text.
func TestWorkbookHasNoFormulas(t *testing.T) {
	r := load(t, "secret")
	r.Instrument.Domains[0].Title = "=1+1"
	f := workbookOf(t, r, Options{Title: "=HYPERLINK(\"https://example.org\")", Publisher: "+2"})
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x := range row {
				at, err := excelize.CoordinatesToCellName(x+1, y+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := f.GetCellFormula(sheet, at); err != nil || formula != "" {
					t.Errorf("%s %s is a formula: %s", sheet, at, formula)
				}
			}
		}
	}
	if title, err := f.GetCellValue("Domains", "B3"); err != nil || title != "=1+1" {
		t.Errorf("title %q", title)
	}
	if err := Workbook(&full{100}, r, Options{}); !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
}
