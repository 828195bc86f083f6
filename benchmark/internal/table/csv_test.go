package table_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/internal/table"

	"github.com/google/go-cmp/cmp"
)

// show is the rows of a table: "line: cell|cell", and the problems.
func show(rows table.Rows) []string {
	var out []string
	for row, err := range rows {
		if bad, ok := errors.AsType[*table.Unreadable](err); ok {
			out = append(out, fmt.Sprintf("%d:%d expected %s", bad.Line, bad.Column, bad.Expected))
			continue
		} else if err != nil {
			out = append(out, err.Error())
			continue
		}
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, string(cell))
		}
		out = append(out, fmt.Sprintf("%d: %s", row.Line, strings.Join(cells, "|")))
	}
	return out
}

func TestDialects(t *testing.T) {
	want := []string{"1: company|size", "2: Müller, AG|small"}
	for name, c := range map[string]struct {
		text    string
		dialect table.Dialect
	}{
		"commas":            {"company,size\n\"Müller, AG\",small\n", table.Dialect{}},
		"semicolons":        {"company;size\r\nMüller, AG;small", table.Dialect{}},
		"tabs":              {"company\tsize\nMüller, AG\tsmall\n", table.Dialect{}},
		"bars":              {"company|size\nMüller, AG|small\n", table.Dialect{}},
		"stated":            {"company:size\nMüller, AG:small\n", table.Dialect{Delimiter: ':'}},
		"quoted semicolons": {"\"company\";\"size\"\n\"Müller, AG\";\"small\"\n", table.Dialect{}},
		"old line ends":     {"company,size\r\"Müller, AG\",small\r", table.Dialect{}},
		"byte order mark":   {"\ufeffcompany,size\n\"Müller, AG\",small\n", table.Dialect{}},
		"mark and encoding": {"\ufeffcompany,size\n\"Müller, AG\",small\n", table.Dialect{Encoding: "windows-1252"}},
		"windows-1252":      {"company,size\n\"M\xfcller, AG\",small\n", table.Dialect{Encoding: "cp1252"}},
		"macintosh":         {"company,size\n\"M\x9fller, AG\",small\n", table.Dialect{Encoding: "macintosh"}},
		"utf-16":            {utf16("\ufeffcompany\tsize\r\nMüller, AG\tsmall\r\n", false), table.Dialect{}},
		"utf-16be":          {utf16("\ufeffcompany\tsize\r\nMüller, AG\tsmall\r\n", true), table.Dialect{}},
		"utf-16 unmarked":   {utf16("company,size\n\"Müller, AG\",small\n", false), table.Dialect{Encoding: "utf-16le"}},
	} {
		if diff := cmp.Diff(want, show(table.CSV(strings.NewReader(c.text), c.dialect))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if got := show(table.CSV(strings.NewReader("sep=;\ncompany;size\nMüller, AG;small"), table.Dialect{})); got[0] != "2: company|size" || got[1] != "3: Müller, AG|small" {
		t.Errorf("sep=; gives %q", got)
	}
}

func utf16(s string, big bool) string {
	var b strings.Builder
	for _, r := range s {
		if big {
			b.WriteByte(byte(r >> 8))
		}
		b.WriteByte(byte(r))
		if !big {
			b.WriteByte(byte(r >> 8))
		}
	}
	return b.String()
}

func TestRowsOverSeveralLines(t *testing.T) {
	text := "a;b\n\n\"x\ny\";\"he said \"\"z\"\"\"\nlast;1\n"
	want := []string{"1: a|b", "3: x\ny|he said \"z\"", "5: last|1"}
	if diff := cmp.Diff(want, show(table.CSV(strings.NewReader(text), table.Dialect{}))); diff != "" {
		t.Error(diff)
	}
	for row, err := range table.CSV(strings.NewReader("a,b,c\n\"x\ny\",2,3\n"), table.Dialect{}) {
		if err != nil {
			t.Fatal(err)
		}
		if line, column := row.Place(2); row.Line == 2 && (line != 3 || column != 3) {
			t.Errorf("the third cell is at %d:%d, want 3:3", line, column)
		}
	}
}

func TestTitleRows(t *testing.T) {
	text := "Survey; of, 2026, by, us\na;b\n1;2\n"
	want := []string{"1: Survey; of, 2026, by, us", "2: a|b", "3: 1|2"}
	if diff := cmp.Diff(want, show(table.CSV(strings.NewReader(text), table.Dialect{TitleRows: 1}))); diff != "" {
		t.Error(diff)
	}
}

func TestUnreadableRows(t *testing.T) {
	for text, want := range map[string][]string{
		"a,b\n\"x\"y,2\nz,3\n":                          {"1: a|b", "2:1 expected quotes around a whole cell, and doubled inside it", "3: z|3"},
		"a,b\n\"x,2\n":                                  {"1: a|b", "2:1 expected a closing quote before the end of the file"},
		"a,b\nM\xfcller,2\nz,3\n":                       {"1: a|b", "2:0 expected text in UTF-8", "3: z|3"},
		"PK\x03\x04....":                                {"1:0 expected a text file, not a ZIP archive or a workbook"},
		"a\x00b\n":                                      {"1:0 expected text, not a binary format; UTF-16 without a byte order mark has to be stated (encoding: utf-16le)"},
		"\xff\xfea\x00\n\x00\x00\xd8":                   {"1: a", "2:0 expected text in the encoding that is stated"},
		"\"a\"\"\",\xc3,\xa4\nz,3\n":                    {"1:0 expected text in UTF-8", "2: z|3"},
		"\xff\xfe\"\x00x\x00\"\x00\"\x00\x00\xd8\"\x00": {"1:0 expected text in the encoding that is stated"},
		strings.Repeat("x", 1<<20+1):                    {"1:0 expected a line of at most 1 MiB"},
	} {
		if diff := cmp.Diff(want, show(table.CSV(strings.NewReader(text), table.Dialect{}))); diff != "" {
			t.Errorf("%.20q: %s", text, diff)
		}
	}
}

// FuzzCSV looks for panics, for cells that are not UTF-8 and for places outside
// the file.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "sep=;\na;b", "\"a\nb\"\tc\n", "\xff\xfea\x00;\x00", "a\rb\r", "\"", "\ufeff\"x\"\"y\",2\n,,,\n"} {
		f.Add([]byte(s), byte(0), "", uint64(1))
	}
	f.Add([]byte("M\xfcller;2"), byte(';'), "cp1252", uint64(1))
	f.Fuzz(func(t *testing.T, data []byte, delimiter byte, encoding string, seed uint64) {
		if delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter >= utf8.RuneSelf {
			delimiter = 0
		}
		for text := range inputtest.Mutants(data, seed) {
			readsCSV(t, text, table.Dialect{Delimiter: delimiter, Encoding: encoding})
		}
	})
}

func readsCSV(t *testing.T, data []byte, d table.Dialect) {
	lines := 1 + bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r"))
	if table.EncodingName(d.Encoding) != "utf-8" || bytes.IndexByte(data, 0) >= 0 {
		lines = len(data) + 1
	}
	for row, err := range table.CSV(bytes.NewReader(data), d) {
		if err != nil {
			continue
		}
		for i, cell := range row.Cells {
			line, column := row.Place(i)
			if !utf8.Valid(cell) || line < 1 || line > lines || column != i+1 {
				t.Errorf("%q: cell %q at %d:%d", data, cell, line, column)
			}
		}
	}
}
