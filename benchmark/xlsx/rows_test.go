package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/internal/table"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// book writes a workbook.
func book(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// set sets cells, with a number format where it is not empty.
func set(f *excelize.File, cell string, value any, format string) {
	if err := f.SetCellValue("Sheet1", cell, value); err != nil {
		panic(err)
	}
	if format != "" {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			panic(err)
		}
		if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
			panic(err)
		}
	}
}

// show reads a sheet: "row: cell|cell", with a problem in place of a cell.
func show(data []byte, sheet string) (out []string) {
	w, err := open(bytes.NewReader(data), int64(len(data)))
	if err == nil {
		defer w.close()
		if sheet, err = w.find(sheet); err == nil {
			for row, rowErr := range w.rows(sheet) {
				if rowErr != nil {
					err = rowErr
					break
				}
				var cells []string
				for i, cell := range row.Cells {
					if row.Faults[i] != "" {
						cell = []byte("!")
					}
					cells = append(cells, string(cell))
				}
				out = append(out, fmt.Sprintf("%d: %s", row.Line, strings.Join(cells, "|")))
			}
		}
	}
	if bad, ok := errors.AsType[*table.Unreadable](err); ok {
		out = append(out, "expected "+bad.Expected)
	} else if err != nil {
		out = append(out, err.Error())
	}
	return out
}

func TestCells(t *testing.T) {
	day := time.Date(2026, 3, 1, 10, 30, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		value  any
		format string
		want   string
	}{
		"text":               {"3 - Defined", "", "3 - Defined"},
		"number":             {3, "", "3"},
		"number of decimals": {3, "0.00", "3"},
		"shown rounded":      {2.5, "0", "2.5"},
		"binary fraction":    {0.1 + 0.2, "", "0.3"},
		"grouped":            {1234, "#,##0", "1234"},
		"large":              {1e10, "", "10000000000"},
		"percent":            {0.4, "0%", "40%"},
		"percent rounded":    {0.405, "0%", "40.5%"},
		"date":               {day, "m/d/yy h:mm", "2026-03-01 10:30:00"},
		"date by name":       {day, "d-mmm-yy", "2026-03-01 10:30:00"},
		"band as a date":     {time.Date(1950, 2, 1, 0, 0, 0, 0, time.UTC), "mmm-yy", "Feb-50"},
		"boolean":            {true, "", "TRUE"},
		"number in a text":   {"03", "", "03"},
	} {
		data := book(t, func(f *excelize.File) { set(f, "A1", c.value, c.format) })
		if diff := cmp.Diff([]string{"1: " + c.want}, show(data, "")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestRows(t *testing.T) {
	data := book(t, func(f *excelize.File) {
		set(f, "A1", "company", "")
		set(f, "C1", "q", "")
		set(f, "A4", "Müller", "")
		set(f, "C4", 2, "")
		set(f, "A5", "short", "")
		set(f, "D6", "wide", "")
	})
	if diff := cmp.Diff([]string{"1: company||q", "4: Müller||2", "5: short||", "6: |||wide"}, show(data, "")); diff != "" {
		t.Error(diff)
	}
}

func TestFormulas(t *testing.T) {
	data := book(t, func(f *excelize.File) {
		set(f, "A1", "company", "")
		set(f, "B1", "q", "")
		set(f, "A2", "c1", "")
		if err := f.SetCellFormula("Sheet1", "B2", "1+1"); err != nil {
			t.Fatal(err)
		}
		set(f, "A3", "c2", "")
		set(f, "B3", 2, "")
		if err := f.SetCellFormula("Sheet1", "B3", "1+1"); err != nil {
			t.Fatal(err)
		}
	})
	if diff := cmp.Diff([]string{"1: company|q", "2: c1|!", "3: c2|2"}, show(data, "")); diff != "" {
		t.Error(diff)
	}
}

func TestSheets(t *testing.T) {
	data := book(t, func(f *excelize.File) {
		for _, name := range []string{"Summary", "Hidden"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellValue(name, "A1", "on "+name); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetSheetVisible("Hidden", false); err != nil {
			t.Fatal(err)
		}
		set(f, "A1", "on the first", "")
	})
	for sheet, want := range map[string]string{
		"": "1: on the first", "summary ": "1: on Summary",
		"Hidden": "expected a sheet of the name that the mapping gives (sheet:); the workbook has 2 that are not hidden",
	} {
		if got := show(data, sheet); len(got) != 1 || got[0] != want {
			t.Errorf("%q: got %q, want %q", sheet, got, want)
		}
	}
}

func TestFilesThatAreNoWorkbooks(t *testing.T) {
	var locked bytes.Buffer
	f := excelize.NewFile()
	if err := f.Write(&locked, excelize.Options{Password: "x"}); err != nil {
		t.Fatal(err)
	}
	ods := zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet")
	good := book(t, func(f *excelize.File) { set(f, "A1", "x", "") })
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"empty":     {nil, "of the format .xlsx"},
		"csv":       {[]byte("company,size\n"), "of the format .xlsx"},
		"old":       {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), ".xls of Excel 97"},
		"locked":    {locked.Bytes(), "without a password"},
		"ods":       {ods, ".ods of OpenDocument"},
		"other zip": {zipped(t, "a.txt", "x"), ".xlsx"},
		"cut":       {good[:len(good)/2], "damaged"},
	} {
		if got := strings.Join(show(c.data, ""), "; "); !strings.HasPrefix(got, "expected ") || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func zipped(t testing.TB, name, text string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestDamagedSheets cuts the XML of a sheet: the library takes the fault for the
// end.
func TestDamagedSheets(t *testing.T) {
	data := book(t, func(f *excelize.File) { set(f, "A1", "x", ""); set(f, "A2", "y", "") })
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if _, err := text.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		w, err := out.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		body := text.Bytes()
		if strings.HasSuffix(part.Name, "sheet1.xml") {
			body = bytes.Replace(body, []byte(`<row r="2"`), []byte(`<row r="2" <`), 1)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if got := show(b.Bytes(), ""); len(got) != 1 || got[0] != errDamaged.Error() {
		t.Errorf("got %q", got)
	}
}

// FuzzWorkbook looks for panics in whole files.
func FuzzWorkbook(f *testing.F) {
	f.Add(book(f, func(f *excelize.File) { set(f, "A1", "x", ""); set(f, "B2", 0.5, "0%") }), uint64(1))
	f.Add(zipped(f, "mimetype", "application/vnd.oasis.opendocument.spreadsheet"), uint64(1))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), uint64(1))
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		for text := range inputtest.Mutants(data, seed) {
			show(text, "")
		}
	})
}

// FuzzSheet looks for panics in the part of a workbook that holds a sheet, with
// the other parts as they were: a file does not have to be unpacked each time.
func FuzzSheet(f *testing.F) {
	data := book(f, func(f *excelize.File) {
		set(f, "A1", "company", "")
		set(f, "B1", "q", "0%")
		set(f, "A2", time.Date(2026, 3, 1, 10, 30, 0, 0, time.UTC), "d-mmm-yy")
		set(f, "B2", 0.5, "0%")
	})
	w, err := open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(w.close)
	part := w.part("Sheet1")
	const head = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	for _, rows := range []string{
		`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2"><v>0.5</v></c></row>`,
		`<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row><row r="3"><c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#N/A</v></c></row>`,
		`<row><c><f>1+1</f></c><c t="str"><f>A1</f><v>y</v></c></row><row r="1"/>`,
		`<row r="2"><c r="ZZ2" s="1"><v>46082.4375</v></c><c r="A2" t="d"><v>2026-03-01</v></c></row>`,
	} {
		f.Add([]byte(head+rows+`</sheetData></worksheet>`), uint64(1))
	}
	f.Fuzz(func(t *testing.T, sheet []byte, seed uint64) {
		for text := range inputtest.Mutants(sheet, seed) {
			w.file.Sheet.Clear()
			w.file.Pkg.Store(part, text)
			n := 0
			for row, err := range w.rows("Sheet1") {
				if err != nil {
					break
				}
				for i, cell := range row.Cells {
					if line, column := row.Place(i); !utf8.Valid(cell) || line < 1 || column != i+1 {
						t.Errorf("%q: cell %q at %d:%d", text, cell, line, column)
					}
				}
				if n += len(row.Cells); n > 1<<16 {
					break // a row of a high number, or a wide one
				}
			}
		}
	})
}
