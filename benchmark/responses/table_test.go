package responses

import (
	"errors"
	"iter"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/table"
)

// texts are rows whose slices are used again.
func texts(rows ...[]string) iter.Seq2[[][]byte, error] {
	return func(yield func([][]byte, error) bool) {
		var cells [][]byte
		var text []byte
		for _, row := range rows {
			cells, text = cells[:0], text[:0]
			for _, cell := range row {
				at := len(text)
				text = append(text, cell...)
				cells = append(cells, text[at:])
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
}

func TestReadTable(t *testing.T) {
	in := smallInstrument(t)
	names := []string{"company", "size", "q1", "email", "q2", "q3"}
	for _, test := range []struct {
		name     string
		names    []string
		rows     [][]string
		sheets   []plainSheet
		problems []input.Problem
	}{
		{name: "rows", names: names, rows: [][]string{{" a ", "small", "1", "\xff", "-1", "99"}, {"b", "", "", "", "", "9"}},
			sheets: []plainSheet{{1, "a", "\x01\x03\x01\x00"}, {2, "b", "\x00\x00\x00\x0b"}}},
		{name: "problems", names: names, rows: [][]string{{"a", "tiny", "1", "", "1x", ""}, {"a"}, {"\xff", "", "1", "", "", ""}, {"d", "", "", "", "NA", ""}},
			problems: []input.Problem{{Line: 1, Column: 2, Field: "size", Expected: expectValue}, {Line: 1, Column: 5, Field: "q2", Expected: badScore}, {Line: 2, Column: 0, Field: "", Expected: "6 cells, one for every column"},
				{Line: 3, Column: 1, Field: "company", Expected: table.ExpectUTF8}, {Line: 4, Column: 0, Field: "", Expected: expectAnswer}}},
		{name: "columns", names: []string{"company", "q1", "q2", "q1"}, rows: [][]string{{"a", "1", "1", "1"}},
			problems: []input.Problem{{Line: 0, Column: 4, Field: "q1", Expected: expectColumnOnce}, {Line: 0, Column: 0, Field: "size", Expected: expectName}, {Line: 0, Column: 0, Field: "q3", Expected: expectName}}},
		{name: "no columns"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.names == nil {
				test.problems = []input.Problem{{Line: 0, Column: 0, Field: "", Expected: expectHeader}}
			}
			sheets, problems, err := walk(t, ReadTable(in, test.names, texts(test.rows...)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.sheets, sheets); diff != "" {
				t.Errorf("sheets (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.problems, problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// An error of the rows is passed on; the rows after it are read.
func TestReadTableError(t *testing.T) {
	in, broken := smallInstrument(t), errors.New("broken")
	sheets, _, err := walk(t, ReadTable(in, []string{"company", "size", "q1", "q2", "q3"}, func(yield func([][]byte, error) bool) {
		row := [][]byte{[]byte("a"), nil, []byte("1"), nil, nil}
		_ = yield(nil, broken) && yield(row, nil)
	}))
	if err != broken || len(sheets) != 1 || sheets[0].Line != 2 {
		t.Errorf("sheets %v and error %v, want the second row and %v", sheets, err, broken)
	}
}
