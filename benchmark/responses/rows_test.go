package responses

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/table"
)

// openDB opens an SQLite database of its own.
func openDB(tb testing.TB) *sql.DB {
	tb.Helper()
	db, err := sql.Open("sqlite", filepath.Join(tb.TempDir(), "answers.db"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	return db
}

// query starts a query.
func query(tb testing.TB, db *sql.DB, text string) *sql.Rows {
	tb.Helper()
	rows, err := db.Query(text)
	if err != nil {
		tb.Fatal(err)
	}
	return rows
}

func TestReadRows(t *testing.T) {
	in, db := smallInstrument(t), openDB(t)
	for _, test := range []struct {
		name, query string
		sheets      []plainSheet
		problems    []input.Problem
	}{
		{name: "integers", query: `SELECT 'a' AS company, 'small' AS size, 1 AS q1, -1 AS q2, 99 AS q3`,
			sheets: []plainSheet{{1, "a", "\x01\x03\x01\x00"}}},
		{name: "texts", query: `SELECT ' a ' AS company, ' large' AS size, '1' AS q1, ' 9 ' AS q2, 'NA' AS q3`,
			sheets: []plainSheet{{1, "a", "\x02\x03\x0b\x00"}}},
		{name: "numbers of other types", query: `SELECT 'a' AS company, 'large' AS size, 1.0 AS q1, '9.0' AS q2, '03' AS q3`,
			sheets: []plainSheet{{1, "a", "\x02\x03\x0b\x05"}}},
		{name: "bytes", query: `SELECT x'61' AS company, x'6c61726765' AS size, x'31' AS q1, NULL AS q2, x'' AS q3`,
			sheets: []plainSheet{{1, "a", "\x02\x03\x00\x00"}}},
		{name: "integer company", query: `SELECT 17 AS company, NULL AS size, 1 AS q1, NULL AS q2, NULL AS q3, 1.5 AS email`,
			sheets: []plainSheet{{1, "17", "\x00\x03\x00\x00"}}},
		{name: "no rows", query: `SELECT 'a' AS company, 'small' AS size, 1 AS q1, 2 AS q2, 3 AS q3 WHERE 0`},
		{name: "problems", query: `SELECT 'a' AS company, 'tiny' AS size, 10 AS q1, 3.5 AS q2, '3,0' AS q3
			UNION ALL SELECT NULL, NULL, 1, NULL, NULL UNION ALL SELECT 'b', NULL, 1, NULL, NULL UNION ALL SELECT 'c', 'small', NULL, '', NULL`,
			sheets: []plainSheet{{3, "b", "\x00\x03\x00\x00"}},
			problems: []input.Problem{{Line: 1, Column: 2, Field: "size", Expected: expectValue}, {Line: 1, Column: 3, Field: "q1", Expected: offScale}, {Line: 1, Column: 4, Field: "q2", Expected: badScore + "; a number between levels is none"}, {Line: 1, Column: 5, Field: "q3", Expected: badScore},
				{Line: 2, Column: 1, Field: "company", Expected: expectCompany}, {Line: 4, Column: 0, Field: "", Expected: expectAnswer}}},
		{name: "not UTF-8", query: `SELECT CAST(x'4dfc' AS TEXT) AS company, NULL AS size, 1 AS q1, NULL AS q2, NULL AS q3`,
			problems: []input.Problem{{Line: 1, Column: 1, Field: "company", Expected: table.ExpectUTF8}}},
		{name: "columns", query: `SELECT 'a' AS company, 1 AS q1, 1 AS q1, 2 AS "Qzwei", 3 AS q3`,
			problems: []input.Problem{{Line: 0, Column: 3, Field: "q1", Expected: expectColumnOnce}, {Line: 0, Column: 4, Field: "", Expected: expectColumn}, {Line: 0, Column: 0, Field: "size", Expected: expectName}, {Line: 0, Column: 0, Field: "q2", Expected: expectName}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			rows := query(t, db, test.query)
			sheets, problems, err := walk(t, ReadRows(in, rows))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.sheets, sheets); diff != "" {
				t.Errorf("sheets (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.problems, problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if rows.Next() {
				t.Error("the rows are still open")
			}
		})
	}
}

// An error of the database ends the walk.
func TestReadRowsCancelled(t *testing.T) {
	in, db := smallInstrument(t), openDB(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	rows, err := db.QueryContext(ctx, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
		SELECT i AS company, NULL AS size, 1 AS q1, NULL AS q2, NULL AS q3 FROM n`)
	if err != nil {
		t.Fatal(err)
	}
	steps := 0
	var last error
	for _, err := range ReadRows(in, rows) {
		if steps++; steps == 10 {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("the walk ended with %v, want context.Canceled", last)
	}
}
