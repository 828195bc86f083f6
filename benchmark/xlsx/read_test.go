package xlsx_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/exports"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/xlsx"

	"github.com/xuri/excelize/v2"
)

func tiny(t testing.TB) *instrument.Instrument {
	t.Helper()
	in, err := instrument.New(instrument.Spec{
		ID: "tiny", Version: "1", Title: "Tiny",
		Scale:      []instrument.Level{{Level: 0, Name: "None"}, {Level: 1, Name: "Some"}, {Level: 2, Name: "All"}},
		Domains:    []instrument.Domain{{ID: "d", Title: "D", Questions: []instrument.Question{{ID: "q1", Text: "There is a plan"}, {ID: "q2", Text: "It is tested"}}}},
		Attributes: []instrument.Attribute{{ID: "size", Title: "Size", Values: []instrument.Value{{ID: "small", Title: "2-50"}, {ID: "large", Title: "51+"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// workbook writes sheets of rows.
func workbook(t testing.TB, sheets map[string][][]any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow(name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, ok := sheets["Sheet1"]; !ok {
		if err := f.DeleteSheet("Sheet1"); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "export.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

var answers = [][]any{
	{"Organisation", "Size", "There is a plan", "It is tested"},
	{"A", "2-50", "Some", 2},
	{"B", "51+", "0 - None", nil},
	nil,
	{"C", nil, 1.0, "All"},
}

func options(t testing.TB, text string) responses.Options {
	t.Helper()
	m, err := mapping.Parse("import.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return responses.Options{Mapping: m, Counts: &responses.Counts{}}
}

func TestLoad(t *testing.T) {
	in := tiny(t)
	path := workbook(t, map[string][][]any{"Sheet1": answers})
	o := options(t, "company: organisation")
	if _, err := xlsx.Load(context.Background(), in, path, o); err != nil || o.Counts.Sheets != 3 || o.Counts.Rows != 3 {
		t.Errorf("error %v, counts %+v", err, o.Counts)
	}
	if _, err := xlsx.Load(context.Background(), in, path); err == nil || !strings.Contains(err.Error(), path+":1: company: expected a column of this name") {
		t.Errorf("without a mapping: %v", err)
	}
	if _, err := xlsx.Load(context.Background(), in, path, options(t, "questions: {q3: x}")); err == nil || !strings.HasPrefix(err.Error(), "import.yaml:1:17: questions.q3") {
		t.Errorf("a mapping that does not fit: %v", err)
	}
	if _, err := xlsx.Load(context.Background(), in, path+"x"); !os.IsNotExist(unwrapped(err)) {
		t.Errorf("no file: %v", err)
	}
}

func unwrapped(err error) error {
	if inner, ok := err.(interface{ Unwrap() error }); ok {
		return inner.Unwrap()
	}
	return err
}

func TestProblems(t *testing.T) {
	path := workbook(t, map[string][][]any{"Sheet1": append(answers[:2:2], []any{"B", "many", 1.5, "All"}, []any{"Total", nil, 1, 1}, []any{"a", nil, 1, 1})})
	_, err := xlsx.Load(context.Background(), tiny(t), path, options(t, "company: organisation"))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{":3:2: size: expected a value of this attribute", ":3:3: q1: expected a level from 0 to 2", ":4:1: company: expected a company, not a row", ":5: company: expected one response a company; line 2 has the first"} {
		if !strings.Contains(err.Error(), path+want) {
			t.Errorf("%v\ndoes not say %s", err, want)
		}
	}
}

// The sheet is the only one whose columns fit, or the one that is named.
func TestSheetOfAWorkbook(t *testing.T) {
	in := tiny(t)
	path := workbook(t, map[string][][]any{"Notes": {{"Survey of 2026"}}, "Answers": answers, "Summary": {{"Item", "Mean"}, {"plan", 1.2}}})
	for sheet, ok := range map[string]bool{"": true, "sheet: answers\n": true, "sheet: Summary\n": false, "sheet: none\n": false} {
		o := options(t, sheet+"company: organisation")
		if _, err := xlsx.Load(context.Background(), in, path, o); (err == nil) != ok {
			t.Errorf("%q: %v", sheet, err)
		}
	}
	twice := workbook(t, map[string][][]any{"2025": answers, "2026": answers})
	if _, err := xlsx.Load(context.Background(), in, twice, options(t, "company: organisation")); err == nil || !strings.Contains(err.Error(), "sheet:") {
		t.Errorf("two sheets that fit: %v", err)
	}
}

// Header cells that are merged name the columns on their right.
func TestMergedHeaderCells(t *testing.T) {
	path := workbook(t, map[string][][]any{"Sheet1": {
		{"Company", "Size", "How far are you?", nil}, {nil, nil, "There is a plan", "It is tested"}, {"A", "2-50", 1, 2},
	}})
	o := options(t, "header_rows: 2")
	if _, err := xlsx.Load(context.Background(), tiny(t), path, o); err != nil || o.Counts.Sheets != 1 {
		t.Errorf("error %v, counts %+v", err, o.Counts)
	}
}

func TestExport(t *testing.T) {
	path := workbook(t, map[string][][]any{"Sheet1": answers})
	o := options(t, "company: organisation")
	report, err := exports.Check(context.Background(), xlsx.Export(path), tiny(t), o.Mapping)
	if err != nil || !report.Ready() || report.Counts.Sheets != 3 {
		t.Errorf("error %v, report %v", err, report)
	}
	drafted, err := exports.Draft(xlsx.Export(path), tiny(t))
	if err != nil || !strings.Contains(string(drafted.Mapping), `company: "Organisation"   # guessed`) {
		t.Errorf("error %v, draft %s", err, drafted.Mapping)
	}
}

// TestThreeSheets drafts from a workbook whose answers are on the second sheet,
// below a row of groups and above medians, beside sheets that sum them up.
func TestThreeSheets(t *testing.T) {
	path := workbook(t, map[string][][]any{
		"Read me": {{"How to read this workbook"}},
		"Answers": {
			{"Who", nil, "Maturity", nil}, {"Company", "Size", "There is a plan", "It is tested"},
			{"A", "small", 2, "1"}, {"B", "large", 0, nil}, {"C", "large", "2", 2}, {"D", "small", 1, 1}, {"Median", nil, 1.5, 1}},
		"Summary": {{"company", "size", "q1", "q2"}, {"Total", nil, 5, 4}},
	})
	drafted, err := exports.Draft(xlsx.Export(path), tiny(t))
	if err != nil {
		t.Fatal(err)
	}
	m, err := mapping.Parse("import.yaml", drafted.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	report, err := exports.Check(context.Background(), xlsx.Export(path), tiny(t), m)
	if err != nil || !report.Ready() || report.Counts.Sheets != 4 {
		t.Errorf("error %v, report\n%s\nof\n%s", err, report, drafted.Mapping)
	}
	data, err := xlsx.Load(context.Background(), tiny(t), path, responses.Options{Mapping: m})
	if data == nil || err != nil {
		t.Error(err)
	}
}

// TestCheckReadsWhatLoadReads checks a workbook without a name of a sheet.
func TestCheckReadsWhatLoadReads(t *testing.T) {
	sheet := [][]any{{"company", "size", "q1", "q2"}, {"A", "small", 2, 1}}
	path := workbook(t, map[string][][]any{"About": {{"Notes"}}, "Data": sheet})
	if report, err := exports.Check(context.Background(), xlsx.Export(path), tiny(t), nil); err != nil || !report.Ready() {
		t.Errorf("error %v, report\n%s", err, report)
	}
	path = workbook(t, map[string][][]any{"One": sheet, "Two": sheet})
	if _, err := exports.Check(context.Background(), xlsx.Export(path), tiny(t), nil); err == nil || !strings.Contains(err.Error(), path+": expected one sheet with the columns") {
		t.Errorf("two sheets that fit: %v", err)
	}
}
