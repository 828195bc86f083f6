package workbook_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"maturitybench/benchmark/internal/workbook"
)

// read opens a workbook with another implementation.
func read(t *testing.T, sheets []workbook.Sheet) *excelize.File {
	t.Helper()
	var first, second bytes.Buffer
	if err := errors.Join(workbook.Write(&first, sheets), workbook.Write(&second, sheets)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same sheets make two workbooks")
	}
	f, err := excelize.OpenReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// Numbers come back as numbers to the last bit, texts as texts, whatever is in them.
func TestWrite(t *testing.T) {
	long := strings.Repeat("ä", 40000)
	row := []any{"<&>\"'", nil, 1.0 / 3, "=1+1", " two  spaces ", "a\nb\tc", "\u202f\u0000😀", 1e-300, long}
	f := read(t, []workbook.Sheet{{Name: "One", Header: true, Widths: []float64{12.5, 30}, Rows: [][]any{{"head", "h"}, row, nil, {nil, 2.0}}}, {Name: "Two"}})
	if got := f.GetSheetList(); fmt.Sprint(got) != "[One Two]" {
		t.Errorf("sheets %v", got)
	}
	for at, want := range map[string]string{
		"A1": "head", "A2": "<&>\"'", "B2": "", "C2": "0.3333333333333333", "D2": "=1+1", "E2": " two  spaces ", "F2": "a\nb\tc", "G2": "\u202f\ufffd😀", "H2": "1e-300",
		"I2": long[:2*32767], "A3": "", "B4": "2",
	} {
		if got, err := f.GetCellValue("One", at, excelize.Options{RawCellValue: true}); err != nil || got != want {
			t.Errorf("%s holds %.40q, want %.40q, %v", at, got, want, err)
		}
	}
	if formula, err := f.GetCellFormula("One", "D2"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q, %v", formula, err)
	}
	if width, err := f.GetColWidth("One", "B"); err != nil || width != 30 {
		t.Errorf("column B is %v wide, %v", width, err)
	}
	if panes, err := f.GetPanes("One"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	head, err := f.GetCellStyle("One", "A1")
	if err != nil {
		t.Fatal(err)
	}
	if style, err := f.GetStyle(head); err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("the head has the style %+v, %v", style, err)
	}
}

// Columns go on after Z.
func TestColumns(t *testing.T) {
	row := make([]any, 800)
	for i := range row {
		row[i] = float64(i)
	}
	f := read(t, []workbook.Sheet{{Name: "Wide", Rows: [][]any{row}}})
	for i := range row {
		at, err := excelize.CoordinatesToCellName(i+1, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := f.GetCellValue("Wide", at); err != nil || got != fmt.Sprint(i) {
			t.Errorf("%s holds %q, want %d, %v", at, got, i, err)
		}
	}
}

// Names that a workbook cannot have are made into some that it can.
func TestNames(t *testing.T) {
	long := strings.Repeat("😀", 20)
	f := read(t, []workbook.Sheet{{Name: "a/b"}, {Name: "A:B"}, {Name: ""}, {Name: long}, {Name: long}, {Name: "x & y"}})
	seen := map[string]bool{}
	for _, name := range f.GetSheetList() {
		if seen[strings.ToLower(name)] || name == "" || len(utf16.Encode([]rune(name))) > 31 || strings.ContainsAny(name, `[]:*?/\`) {
			t.Errorf("a sheet is called %q", name)
		}
		seen[strings.ToLower(name)] = true
	}
	if !seen["a b"] || !seen["x & y"] || len(seen) != 6 {
		t.Errorf("sheets %v", seen)
	}
}

func TestErrors(t *testing.T) {
	if err := workbook.Write(io.Discard, []workbook.Sheet{{Name: "One", Rows: [][]any{{"a"}, {"b", 3}}}}); err == nil || !strings.Contains(err.Error(), "B2") {
		t.Errorf("a cell of another type: %v", err)
	}
	whole := &bytes.Buffer{}
	sheets := []workbook.Sheet{{Name: "One", Rows: [][]any{{"a"}}}}
	if err := workbook.Write(whole, sheets); err != nil {
		t.Fatal(err)
	}
	step := 1
	if testing.Short() {
		step = 31
	}
	for n := 0; n < whole.Len(); n += step {
		if err := workbook.Write(&full{n}, sheets); !errors.Is(err, errFull) {
			t.Fatalf("after %d bytes: %v", n, err)
		}
	}
}

var errFull = errors.New("full")

// full takes so many bytes.
type full struct{ left int }

func (f *full) Write(data []byte) (int, error) {
	if f.left -= len(data); f.left < 0 {
		return 0, errFull
	}
	return len(data), nil
}
