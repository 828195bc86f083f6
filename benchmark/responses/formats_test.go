package responses_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
	"pgregory.net/rapid"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
)

// answers are the answer sheets of some companies, as every format can hold
// them.
type answers struct {
	companies  []string
	attributes []map[string]string
	scores     []map[string]int
}

// drawAnswers draws sheets for the built-in instrument with company names that
// need quotes and escapes.
func drawAnswers(t *rapid.T, in *instrument.Instrument) answers {
	var a answers
	spec := in.Spec()
	name := rapid.StringOfN(rapid.RuneFrom([]rune("ab\",;\n\\{}é\u00a0 ")), 0, 12, -1)
	for i := range rapid.IntRange(1, 12).Draw(t, "companies") {
		attributes, scores := map[string]string{}, map[string]int{"org-01": rapid.IntRange(0, 5).Draw(t, "level")}
		for _, attribute := range spec.Attributes {
			if v := rapid.IntRange(-1, len(attribute.Values)-1).Draw(t, "value"); v >= 0 {
				attributes[attribute.ID] = attribute.Values[v].ID
			}
		}
		for _, question := range spec.Domains[rapid.IntRange(0, 3).Draw(t, "domain")].Questions {
			if level := rapid.IntRange(-1, 5).Draw(t, "level"); level >= 0 {
				scores[question.ID] = level
			}
		}
		a.companies = append(a.companies, fmt.Sprintf("%s %d", name.Draw(t, "name"), i))
		a.attributes, a.scores = append(a.attributes, attributes), append(a.scores, scores)
	}
	return a
}

// table is the sheets as the cells of a table, below a header.
func (a answers) table(in *instrument.Instrument) [][]string {
	spec, header := in.Spec(), []string{"company"}
	for _, attribute := range spec.Attributes {
		header = append(header, attribute.ID)
	}
	for _, domain := range spec.Domains {
		for _, question := range domain.Questions {
			header = append(header, question.ID)
		}
	}
	table := [][]string{header}
	for i, company := range a.companies {
		row := []string{company}
		for _, column := range header[1:] {
			cell := a.attributes[i][column]
			if level, ok := a.scores[i][column]; ok {
				cell = strconv.Itoa(level)
			}
			row = append(row, cell)
		}
		table = append(table, row)
	}
	return table
}

func (a answers) csv(in *instrument.Instrument, crlf bool) iter.Seq2[responses.Response, error] {
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	w.UseCRLF = crlf
	if err := w.WriteAll(a.table(in)); err != nil {
		panic(err)
	}
	return responses.ReadCSV(in, &file)
}

func (a answers) jsonl(in *instrument.Instrument) iter.Seq2[responses.Response, error] {
	var file bytes.Buffer
	for i := range a.companies {
		if err := json.NewEncoder(&file).Encode(jsonSheet{a.companies[i], a.attributes[i], a.scores[i]}); err != nil {
			panic(err)
		}
	}
	return responses.ReadJSONL(in, &file)
}

// rows stores the sheets in a table of an SQLite database and reads them back.
func (a answers) rows(in *instrument.Instrument, db *sql.DB) iter.Seq2[responses.Response, error] {
	table := a.table(in)
	tx, err := db.Begin()
	if err != nil {
		panic(err)
	}
	defer tx.Commit()
	exec := func(query string, args ...any) {
		if _, err := tx.Exec(query, args...); err != nil {
			panic(err)
		}
	}
	exec(`DROP TABLE IF EXISTS answers`)
	exec(`CREATE TABLE answers ("` + strings.Join(table[0], `", "`) + `")`)
	for i, row := range table[1:] {
		args := make([]any, len(row))
		for j, cell := range row {
			level, isScore := a.scores[i][table[0][j]]
			switch {
			case isScore:
				args[j] = level
			case cell != "":
				args[j] = cell
			}
		}
		exec(`INSERT INTO answers VALUES (?`+strings.Repeat(", ?", len(row)-1)+`)`, args...)
	}
	return func(yield func(responses.Response, error) bool) {
		rows, err := db.Query(`SELECT * FROM answers`)
		if err != nil {
			panic(err)
		}
		responses.ReadRows(in, rows)(yield)
	}
}

func (a answers) byHand(in *instrument.Instrument) iter.Seq2[responses.Response, error] {
	return func(yield func(responses.Response, error) bool) {
		for i, company := range a.companies {
			if !yield(responses.New(in, company, a.attributes[i], a.scores[i])) {
				return
			}
		}
	}
}

// The same answers are the same data set, whatever they came in.
func TestFormatsAgree(t *testing.T) {
	in := instrument.JSP()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "answers.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rapid.Check(t, func(t *rapid.T) {
		a := drawAnswers(t, in)
		records := func(sheets iter.Seq2[responses.Response, error]) [][]byte {
			data, err := responses.NewDataset(context.Background(), in, sheets)
			if err != nil {
				t.Fatal(err)
			}
			return fixture.Records(data)
		}
		want := records(a.byHand(in))
		for name, sheets := range map[string]iter.Seq2[responses.Response, error]{
			"CSV": a.csv(in, false), "CSV with CRLF": a.csv(in, true), // CRLF inside a quoted cell reads as LF
			"JSON Lines": a.jsonl(in), "SQL": a.rows(in, db),
		} {
			if !sameRecords(want, records(sheets)) {
				t.Fatalf("%s gives another data set than the sheets by hand", name)
			}
		}
	})
}

func sameRecords(a, b [][]byte) bool { return slices.EqualFunc(a, b, bytes.Equal) }

// A panel is the same whether it is walked over, held as a sample or written to
// a file.
func TestPanelFormsAgree(t *testing.T) {
	in := instrument.JSP()
	panel := synthetic.NewPanel(200, 7)
	panel.NotStated, panel.Missing = 0.1, 0.3
	sample, err := synthetic.NewSample(in, panel)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := synthetic.WriteCSV(&file, in, panel); err != nil {
		t.Fatal(err)
	}
	var want [][]byte
	for i, sheets := range []iter.Seq2[responses.Response, error]{panel.Responses(in), panel.Responses(in), sample.Responses(), responses.ReadCSV(in, &file)} {
		data, err := responses.NewDataset(context.Background(), in, sheets)
		if err != nil {
			t.Fatal(err)
		}
		got := fixture.Records(data)
		if i == 0 {
			want = got
		}
		if !sameRecords(want, got) {
			t.Errorf("form %d of the panel differs from the first", i)
		}
	}
}

// A data set keeps at most 1.2 bytes an answer
// and 16 bytes a company.
func TestDatasetMemory(t *testing.T) {
	in := instrument.JSP()
	const companies = 3000
	data, err := responses.NewDataset(context.Background(), in, synthetic.NewPanel(companies, 1).Responses(in))
	if err != nil {
		t.Fatal(err)
	}
	if got, most := responses.Memory(data), companies*(44*12/10+16); got > most {
		t.Errorf("%d bytes, want at most %d", got, most)
	}
}
