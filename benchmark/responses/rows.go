package responses

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strconv"
	"time"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/table"
	"maturitybench/benchmark/internal/translate"
)

// ReadRows reads answer sheets from the result of a query, one a row. The
// column names are those of a CSV file (see [ReadCSV]). A value is an integer,
// a number of another type that has no fraction, or a text; NULL is no answer,
// or "not stated". Through a mapping (see [Options]) columns and values are
// those of any table, and a row may be one answer. Rows that cannot be used are
// yielded as errors, as ReadCSV does; Problem.Line is the number of the row,
// from 1, Problem.Column the number of the column. ReadRows closes rows.
//
// Privacy: as ReadCSV. An error of the database driver itself, for instance a
// lost connection, is passed on as it is.
func ReadRows(in *instrument.Instrument, rows *sql.Rows, options ...Options) iter.Seq2[Response, error] {
	o := last(options)
	return func(yield func(Response, error) bool) {
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			yield(Response{}, readError(err))
			return
		}
		var sequence iter.Seq2[Response, error]
		if o.Mapping != nil {
			sequence = mapped(in, o, func(*translate.Rules) table.Rows {
				return textTable(context.Background(), names, queried(rows, len(names)))
			}, false, nil)
		} else {
			sequence = readTable(in, names, queried(rows, len(names)), nil)
		}
		sequence(yield)
	}
}

// queried makes texts of the rows of a query, which are used again.
func queried(rows *sql.Rows, n int) iter.Seq2[[][]byte, error] {
	return func(yield func([][]byte, error) bool) {
		values, targets, cells := make([]any, n), make([]any, n), make([][]byte, n)
		for i := range values {
			targets[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(targets...); err != nil {
				yield(nil, readError(err))
				return
			}
			for i, value := range values {
				cells[i] = appendValue(cells[i][:0], value)
			}
			if !yield(cells, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, readError(err))
		}
	}
}

// appendValue appends a value of a database as a text.
func appendValue(text []byte, value any) []byte {
	switch value := value.(type) {
	case nil:
		return text
	case int64:
		return strconv.AppendInt(text, value, 10)
	case float64:
		return strconv.AppendFloat(text, value, 'f', -1, 64)
	case bool:
		return strconv.AppendBool(text, value)
	case string:
		return append(text, value...)
	case []byte:
		return append(text, value...)
	case time.Time:
		return value.AppendFormat(text, time.RFC3339Nano)
	}
	return fmt.Append(text, value)
}
