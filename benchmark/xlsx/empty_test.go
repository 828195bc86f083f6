package xlsx_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/xlsx"
)

// An empty answer sheet that is filled in can be read; every column says what it is about.
func TestWriteEmpty(t *testing.T) {
	in := instrument.JSP()
	var empty bytes.Buffer
	if err := xlsx.WriteEmpty(&empty, in); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&empty)
	if err != nil {
		t.Fatal(err)
	}
	const sheet = "Answers"
	rows, err := f.GetRows(sheet)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, want the header alone, %v", len(rows), err)
	}
	comments, err := f.GetComments(sheet)
	if err != nil || len(comments) != len(rows[0]) {
		t.Errorf("%d columns, %d of them with a note, %v", len(rows[0]), len(comments), err)
	}
	spec := in.Spec()
	question := spec.Domains[0].Questions[0]
	at := slices.Index(rows[0], question.ID)
	head, err := excelize.CoordinatesToCellName(at+1, 1)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(comments, func(c excelize.Comment) bool { return c.Cell == head })
	if i < 0 {
		t.Fatalf("%s has no note", head)
	}
	if text := comments[i].Text; !strings.Contains(text, question.Text) || !strings.Contains(text, "5: "+spec.Scale[5].Name) {
		t.Errorf("the note of %s: %q", question.ID, text)
	}
	offers, err := f.GetDataValidations(sheet)
	if err != nil || len(offers) != len(rows[0])-1 {
		t.Errorf("%d columns offer choices, want all but the company's, %v", len(offers), err)
	}
	for row, cells := range [][]any{{"c1", "small", "", "", 3}, {"c2", "", "", "", "NA"}} {
		cell, err := excelize.CoordinatesToCellName(1, row+2)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow(sheet, cell, &cells); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "filled.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	if _, err := xlsx.Load(t.Context(), in, path); err != nil {
		t.Errorf("filled in: %v", err)
	}
}

// A question offers the levels of its own scale.
func TestWriteEmptyOfScales(t *testing.T) {
	in := fixture.Several()
	for i, c := range emptyOf(t, in) {
		q := i - 2 // company and size come first
		if q < 0 {
			continue
		}
		var want []string
		for _, l := range in.Spec().OnQuestion(q).Scale {
			want = append(want, fmt.Sprint(l.Level))
		}
		if c != `"`+strings.Join(want, ",")+`"` {
			t.Errorf("question %d offers %s, want %v", q, c, want)
		}
	}
}

// emptyOf are the choices of the columns of an empty sheet, of those that have some.
func emptyOf(t *testing.T, in *instrument.Instrument) map[int]string {
	t.Helper()
	choices := map[int]string{}
	for _, o := range offersOf(t, in) {
		first, _, _ := strings.Cut(o.Sqref, ":")
		column, _, err := excelize.CellNameToCoordinates(first)
		if err != nil {
			t.Fatal(err)
		}
		choices[column-1] = o.Formula1
	}
	if want := len(in.Spec().Questions()) + 1; len(choices) != want {
		t.Fatalf("%d columns offer choices, want %d", len(choices), want)
	}
	return choices
}

// Choices that Excel has no room for are not offered, and the sheet is written all the same.
func TestWriteEmptyWithManyValues(t *testing.T) {
	spec := instrument.JSP().Spec()
	spec.Attributes = spec.Attributes[:1]
	spec.Attributes[0].Values = nil
	for id := range strings.FieldsSeq(manyIDs()) {
		spec.Attributes[0].Values = append(spec.Attributes[0].Values, instrument.Value{ID: id, Title: id})
	}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	if offers, want := offersOf(t, in), 44; len(offers) != want {
		t.Errorf("%d columns offer choices, want the %d of the questions", len(offers), want)
	}
}

// offersOf are the choices that an empty sheet offers.
func offersOf(t *testing.T, in *instrument.Instrument) []*excelize.DataValidation {
	t.Helper()
	var empty bytes.Buffer
	if err := xlsx.WriteEmpty(&empty, in); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&empty)
	if err != nil {
		t.Fatal(err)
	}
	offers, err := f.GetDataValidations("Answers")
	if err != nil {
		t.Fatal(err)
	}
	return offers
}

func manyIDs() string {
	var b strings.Builder
	for i := range 60 {
		b.WriteString(" value-" + string(rune('a'+i/26)) + string(rune('a'+i%26)))
	}
	return b.String()
}
