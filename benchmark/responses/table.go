package responses

import (
	"context"
	"fmt"
	"iter"
	"unicode/utf8"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/internal/translate"
)

// ReadTable reads answer sheets from a table of texts, one a row, for sources
// that no other reader knows: a spreadsheet, or a file of columns as in
// benchmark/parquet. names are the column names of a CSV file (see
// [ReadCSV]). A row has one cell a column; an empty or nil cell is no
// answer, or "not stated". The slices of a row may be used again for the next
// one.
//
// Rows that cannot be used are yielded as errors, as ReadCSV does; Problem.Line
// is the number of the row, from 1, Problem.Column the number of the column. An
// error of rows is passed on as it is.
//
// Privacy: as ReadCSV.
func ReadTable(in *instrument.Instrument, names []string, rows iter.Seq2[[][]byte, error], options ...Options) iter.Seq2[Response, error] {
	if o := last(options); o.Mapping != nil {
		return mapped(in, o, func(*translate.Rules) table.Rows { return textTable(context.Background(), names, rows) }, false, nil)
	}
	return readTable(in, names, rows, nil)
}

// readTable is ReadTable; take is that of rowReader.
func readTable(in *instrument.Instrument, names []string, rows iter.Seq2[[][]byte, error], take func(*intake.Sheet) bool) iter.Seq2[Response, error] {
	return func(yield func(Response, error) bool) {
		sheets := tableReader{rowReader: newRowReader(in, take)}
		var problems []input.Problem
		if sheets.columns, problems = sheets.book.columns(0, names); len(problems) > 0 {
			yieldProblems(yield, problems)
			return
		}
		line := 0
		for cells, err := range rows {
			line++
			more := true
			switch {
			case err != nil:
				more = yield(Response{}, err)
			case len(cells) != len(names):
				more = yieldProblem(yield, line, 0, "", fmt.Sprintf("%d cells, one for every column", len(names)))
			default:
				more = sheets.row(line, cells, yield)
			}
			if !more {
				return
			}
		}
	}
}

// row reads one row. It returns false when the walk is over.
func (t *tableReader) row(line int, cells [][]byte, yield func(Response, error) bool) bool {
	t.begin(line)
	for i, cell := range cells {
		expected := ""
		switch {
		case t.columns[i].Kind == codebook.Ignored:
		case utf8.Valid(cell):
			expected = t.cell(i, cell)
		default:
			expected = table.ExpectUTF8
		}
		if expected != "" {
			t.problem(line, i, expected)
		}
	}
	return t.end(yield)
}
