package responses

import (
	"database/sql"
	"iter"
	"strconv"
	"unicode/utf8"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
)

const expectType = "an integer, a text or NULL"

// ReadRows reads answer sheets from the result of a query, one a row. The
// column names are those of a CSV file (see [ReadCSV]). A value is
// an integer or a text; NULL is no answer, or "not stated". A value of another
// type (a float, a boolean, a time) is a problem. Rows that cannot be used are
// yielded as errors, as ReadCSV does; Problem.Line is the number of the row,
// from 1, Problem.Column the number of the column. ReadRows closes rows.
//
// Privacy: as ReadCSV. An error of the database driver itself, for instance a
// lost connection, is passed on as it is.
func ReadRows(in *instrument.Instrument, rows *sql.Rows) iter.Seq2[Response, error] {
	return func(yield func(Response, error) bool) {
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			yield(Response{}, readError(err))
			return
		}
		table := tableReader{rowReader: newRowReader(in, nil)}
		var problems []input.Problem
		if table.columns, problems = table.book.columns(0, names); len(problems) > 0 {
			yieldProblems(yield, problems)
			return
		}
		values, targets := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			targets[i] = &values[i]
		}
		for line := 1; rows.Next(); line++ {
			if err := rows.Scan(targets...); err != nil {
				yield(Response{}, readError(err))
				return
			}
			table.begin(line)
			table.values(line, values)
			if !table.end(yield) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Response{}, readError(err))
		}
	}
}

// values puts the values of a row on the sheet.
func (t *tableReader) values(line int, values []any) {
	var text []byte
	for i, value := range values {
		expected := ""
		switch value := value.(type) {
		case nil:
			text = text[:0]
		case int64:
			text = strconv.AppendInt(text[:0], value, 10)
		case string:
			text = append(text[:0], value...)
		case []byte:
			text = append(text[:0], value...)
		default:
			expected = expectType
		}
		switch {
		case t.columns[i].kind == ignoredKind:
			continue
		case expected == "" && !utf8.Valid(text):
			expected = expectUTF8
		case expected == "":
			expected = t.cell(i, text)
		}
		if expected != "" {
			t.problem(line, i, expected)
		}
	}
}
