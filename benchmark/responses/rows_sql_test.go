package responses

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/privacy/ledger/postgres/postgrestest"
)

// surveyTables are the tables of a survey backend, in SQL that SQLite and
// PostgreSQL both take.
const surveyTables = `
CREATE TABLE firms (id INTEGER PRIMARY KEY, title VARCHAR(80) NOT NULL, staff INTEGER);
CREATE TABLE answers (firm INTEGER NOT NULL REFERENCES firms (id), item TEXT NOT NULL, value NUMERIC(4, 2), given TIMESTAMP NOT NULL, final BOOLEAN NOT NULL);
INSERT INTO firms VALUES (1, 'A ', 12), (2, 'b', 900), (3, 'Silent', NULL);
INSERT INTO answers VALUES
	(1, 'Q1', 1, '2026-03-01 10:00:00', TRUE), (1, 'Q2', 9, '2026-03-01 10:00:00', TRUE), (1, 'Q2', 2.00, '2026-03-01 10:00:01', TRUE),
	(1, 'Q3', 3, '2026-03-02 09:00:00', TRUE), (1, 'Q3', 4, '2026-03-03 09:00:00', FALSE), (1, 'Q9', 1, '2026-03-01 10:00:00', TRUE),
	(2, 'Q1', NULL, '2026-03-01 10:00:00', TRUE), (2, 'Q2', 0, '2026-03-01 10:00:00', TRUE);`

const (
	surveyColumns = `
company: title
attributes: {size: {column: staff, values: {small: {to: 249}, large: {from: 250}}}}
questions: {q1: Q1, q2: Q2, q3: Q3}
`
	longQuery = `SELECT title, staff, item, value, given, final FROM firms JOIN answers ON firm = id ORDER BY item, given DESC`
	wideQuery = `SELECT title, staff, MAX(CASE WHEN item = 'Q1' THEN value END) AS "Q1", MIN(CASE WHEN item = 'Q2' THEN value END) AS "Q2",
		MIN(CASE WHEN item = 'Q3' THEN value END) AS "Q3", MAX(given) AS given FROM firms LEFT JOIN answers ON firm = id GROUP BY title, staff`
)

// Queries of a real database are read through a mapping, wide and long: numbers
// of fixed point, booleans and timestamps as the drivers hand them over.
func TestMappingsOfDatabases(t *testing.T) {
	in := smallInstrument(t)
	want := fixture.Records(dataset(t, in, header+"a,small,1,2,3\nb,large,,0,\n"))
	for name, open := range map[string]func(t *testing.T) *sql.DB{
		"SQLite": func(t *testing.T) *sql.DB { return openDB(t) },
		"PostgreSQL": func(t *testing.T) *sql.DB {
			db, err := sql.Open("pgx", postgrestest.Start(t).Database(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			return db
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			for statement := range strings.SplitSeq(surveyTables, ";\n") {
				if _, err := db.Exec(statement); err != nil {
					t.Fatal(err)
				}
			}
			for form, c := range map[string]struct{ query, mapping string }{
				"wide": {wideQuery, surveyColumns},
				"long": {longQuery, surveyColumns + "long: {question: item, answer: value}\nduplicates: last\ntimestamp: given\nkeep: {final: [true, 1]}\n"},
			} {
				data, err := NewDataset(context.Background(), in, ReadRows(in, query(t, db, c.query), parsed(t, c.mapping)))
				if err != nil {
					t.Errorf("%s: %v", form, err)
					continue
				}
				if diff := cmp.Diff(want, fixture.Records(data)); diff != "" {
					t.Errorf("%s: %s", form, diff)
				}
			}
		})
	}
}
