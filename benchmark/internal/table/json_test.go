package table_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/internal/table"

	"github.com/google/go-cmp/cmp"
)

// showNamed is show with the names of the columns.
func showNamed(rows table.Rows) []string {
	var names []string
	var out []string
	for row, err := range rows {
		if err != nil {
			out = append(out, fmt.Sprint(err))
			continue
		}
		for _, name := range row.New {
			names = append(names, strings.Join(name, "/"))
		}
		var line strings.Builder
		line.WriteString(fmt.Sprintf("%d:", row.Line))
		for i, cell := range row.Cells {
			if cell != nil {
				line.WriteString(fmt.Sprintf(" %s=%s", names[i], cell))
			}
		}
		out = append(out, line.String())
	}
	return out
}

func TestObjects(t *testing.T) {
	want := []string{"company=c1 q1=0.5 q2=3", "company=c2 q2= q3=true"}
	for name, text := range map[string]string{
		"lines":     `{"company": "c1", "q1": 0.5, "q2": "3"}` + "\n" + `{"company": "c2", "q2": null, "q3": true}`,
		"array":     `[{"company": "c1", "q1": 0.5, "q2": "3"}, {"company": "c2", "q2": null, "q3": true}]`,
		"pretty":    "[\n {\n \"company\": \"c1\",\n \"q1\": 0.5, \"q2\": \"3\"\n },\n{\"company\": \"c2\", \"q2\": null, \"q3\": true}\n]\n",
		"wrapped":   `{"responses": [{"company": "c1", "q1": 0.5, "q2": "3"}, {"company": "c2", "q2": null, "q3": true}], "total": 2}`,
		"behind":    `{"survey": "a {\"x\": [{", "version": 2, "closed": true, "note": null, "responses": [{"company": "c1", "q1": 0.5, "q2": "3"}, {"company": "c2", "q2": null, "q3": true}], "more": {"a": [1, "]}"]}}` + "\n",
		"numbered":  `{"responses": [{"1": {"company": "c1", "q1": 0.5, "q2": "3"}}, {"2": {"company": "c2", "q2": null, "q3": true}}]}`,
		"one after": "\ufeff" + `{"company": "c1", "q1": 0.5, "q2": "3"}{"company": "c2", "q2": null, "q3": true}`,
	} {
		got := showNamed(table.JSON(strings.NewReader(text), ""))
		for i := range got {
			_, got[i], _ = strings.Cut(got[i], ": ")
		}
		// a cell that is null is empty, and there
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestNestedObjectsAndLists(t *testing.T) {
	text := `{"meta": {"company": "M\u00fcller {\"x\"}"}, "size": ["small", 2, null], "q": {}, "empty": []}`
	want := []string{`1: meta/company=Müller {"x"} size=small;2; empty=`}
	if diff := cmp.Diff(want, showNamed(table.JSON(strings.NewReader(text), ""))); diff != "" {
		t.Error(diff)
	}
}

func TestPlacesInObjects(t *testing.T) {
	for row, err := range table.JSON(strings.NewReader("[{\"ä\": 1, \"b\": 2},\n {\"ä\":\n  3}]"), "") {
		if err != nil {
			t.Fatal(err)
		}
		var places []string
		for i, cell := range row.Cells {
			if cell != nil {
				line, column := row.Place(i)
				places = append(places, fmt.Sprintf("%d:%d", line, column))
			}
		}
		want := []string{"1:8", "1:16"}
		if row.Line == 2 {
			want = []string{"3:3"}
		}
		if diff := cmp.Diff(want, places); diff != "" {
			t.Errorf("object on line %d: %s", row.Line, diff)
		}
	}
}

func TestObjectsThatCannotBeRead(t *testing.T) {
	for text, want := range map[string][]string{
		`{"a": 1, "a": 2}` + "\n" + `{"a": 3}`:                                       {"1:10 expected every key once", "2: 3"},
		`{"a": [1, {"b": 2}]}`:                                                       {"1:11 expected a list of texts and numbers; rows that are lists have no names: write an object for every row, or CSV"},
		`{"a": {"0": 1, "1": 2}, "b": {"0": 1, "1": 2}}`:                             {`1:1 expected one object for every answer sheet, not one that holds the columns, or all sheets by their numbers (in pandas: to_json(orient="records"))`},
		`{"1": {"a": 1, "b": 2}, "2": {"b": 1, "a": 2}}`:                             {`1:1 expected one object for every answer sheet, not one that holds the columns, or all sheets by their numbers (in pandas: to_json(orient="records"))`},
		`{"c": "c1", "list": [{"a": 1}]}` + "\n" + `{"c": "c2", "list": [{"a": 2}]}`: {"1: 1", "2:1 expected nothing behind the object with the list of answer sheets; objects that are answer sheets hold no lists of objects"},
		`{"c": "c1", "list": [{"a": 1}], "more": {`:                                  {"1: 1", "1:30 expected a closing brace before the end of the file"},
		"{\"a\": 1\n":                        {"1:1 expected a closing brace before the end of the file"},
		`{"a" 1}`:                            {"1:6 expected well-formed JSON"},
		`company,size`:                       {"1:1 expected JSON objects, one an answer sheet, one after the other or in an array"},
		"{\"a\": \"\xff\"}":                  {"1:0 expected text in UTF-8"},
		"{\"a\": 1, \"x\": tru}\n{\"a\": 2}": {"1:15 expected well-formed JSON", "2: 2"},
	} {
		got := show(table.JSON(strings.NewReader(text), ""))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

// FuzzJSON looks for panics, for columns without a name and for places outside
// the file.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a": 1}`, `[{"a": {"b": [1, "x"]}}]`, `{"r": [{"a": null}]}`, `{"a": "\u00e4\n"}{`, `{"a": 1e999, "b": tru`, "\x1e{}\n"} {
		f.Add([]byte(s), uint64(1))
	}
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		for text := range inputtest.Mutants(data, seed) {
			readsJSON(t, text)
		}
	})
}

func readsJSON(t *testing.T, data []byte) {
	columns := 0
	for row, err := range table.JSON(bytes.NewReader(data), "") {
		if err != nil {
			continue
		}
		if columns += len(row.New); columns != len(row.Cells) {
			t.Fatalf("%q: %d names of %d columns", data, columns, len(row.Cells))
		}
		for i, cell := range row.Cells {
			if cell == nil {
				continue
			}
			if line, column := row.Place(i); !utf8.Valid(cell) || line < 1 || line > 1+len(data) || column < 1 {
				t.Errorf("%q: cell %q at %d:%d", data, cell, line, column)
			}
		}
	}
}
