package responses

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/mapping"
)

// parsed is a mapping.
func parsed(tb testing.TB, text string) Options {
	tb.Helper()
	m, err := mapping.Parse("import.yaml", []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return Options{Mapping: m}
}

// A file in any format, loaded and as a stream, gives the same responses.
func TestReadThroughMapping(t *testing.T) {
	in, dir := smallInstrument(t), t.TempDir()
	want := fixture.Records(dataset(t, in, header+"a,small,1,2,3\nb,large,,0,\n"))
	const names = "company: Firm\nattributes: {size: How large?}\nquestions: {q1: \"Q[1]\", q2: \"Q[2]\", q3: \"Q[3]\"}\n"
	for name, c := range map[string]struct{ file, mapping, text string }{
		"columns":    {"a.csv", names, "id,Firm,How large?,Q[1],Q[2],Q[3]\n1,A,Small,1,2.0,03\n2,b,large;,,0,na\n"},
		"tabs":       {"a.tsv", names, "id\tFirm\tHow large?\tQ[1]\tQ[2]\tQ[3]\n1\tA\tSmall\t1\t2.0\t03\n2\tb\tlarge;\t\t0\tna\n"},
		"encoding":   {"a.txt", names + "encoding: utf-16le\ndelimiter: \";\"\n", utf16("id;Firm;How large?;Q[1];Q[2];Q[3]\r\n1;A;Small;1;2.0;03\r\n2;b;large;;0;na\r\n")},
		"objects":    {"a.json", names, `[{"Firm": "A", "How large?": "small", "Q[1]": 1, "Q[2]": 2, "Q[3]": "3"}, {"Firm": "b", "How large?": "large", "Q[2]": 0.0}]`},
		"lines":      {"a.jsonl", names, `{"Firm": "A", "How large?": "small", "Q[1]": 1, "Q[2]": 2, "Q[3]": "3"}` + "\n" + `{"Firm": "b", "How large?": "large", "Q[2]": 0}`},
		"one answer": {"a.csv", "long: {question: q, answer: a}\n", "company,size,q,a\nA,small,q1,1\nA,small,q2,2\na,small,q3,3\nb,large,q2,0\nb,large,q1,\n"},
		"filters":    {"a.csv", "drop: {test: yes}\n", header[:len(header)-1] + ",test\na,small,1,2,3,\nx,small,1,1,1,YES\nb,large,,0,,no\nc,,,,,\n"},
	} {
		path := filepath.Join(dir, c.file)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		o := parsed(t, c.mapping)
		o.Counts = &Counts{}
		data, err := Load(context.Background(), in, path, o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, fixture.Records(data)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if o.Counts.Sheets != 2 {
			t.Errorf("%s: counts %+v", name, o.Counts)
		}
		if n, err := streamed(in, path, o); err != nil || n != 2 {
			t.Errorf("%s as a stream: %d sheets, %v", name, n, err)
		}
	}
}

// streamed reads a file as a source does, and counts its sheets.
func streamed(in *instrument.Instrument, path string, o Options) (n int, err error) {
	r, err := openSheets(in, path, []Options{o})
	if err != nil {
		return 0, err
	}
	return drained(r)
}

func drained(r *sheetFile) (n int, err error) {
	err = r.read(context.Background(), 0, 1, func(*intake.Sheet) error { n++; return nil }, func(_ Response, err error) error { return err })
	return n, err
}

func utf16(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// Queries are wide, or long with the names of other tables.
func TestReadRowsThroughMapping(t *testing.T) {
	in, db := smallInstrument(t), openDB(t)
	want := fixture.Records(dataset(t, in, header+"a,small,1,2,3\nb,large,,0,\n"))
	for name, c := range map[string]struct{ mapping, query string }{
		"wide": {"company: firm\n", `SELECT 'A' AS firm, 'small' AS size, 1.0 AS q1, '2' AS q2, 3 AS q3, x'00' AS photo UNION ALL SELECT 'b', 'large', NULL, 0.0, NULL, NULL`},
		"long": {"company: firm\nlong: {question: item, answer: value}\n", `SELECT 'A' AS firm, 'small' AS size, 'q1' AS item, 1.0 AS value UNION ALL SELECT 'b', 'large', 'q2', 0
			UNION ALL SELECT 'a', 'small', 'q2', '2' UNION ALL SELECT 'A', NULL, 'q3', 3`},
	} {
		data, err := NewDataset(context.Background(), in, ReadRows(in, query(t, db, c.query), parsed(t, c.mapping)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, fixture.Records(data)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// One company, however it is spelt, is one company: in every reader, in memory
// and in a stream, and in responses that a backend makes.
func TestOneCompanyOneSpelling(t *testing.T) {
	in := smallInstrument(t)
	for _, pair := range [][2]string{{"Acme 2", "ACME 2"}, {"M\u00fcller", "Mu\u0308ller"}, {"Acme  4", "Acme 4"}, {"Acme 6", "Acme\u00a06"}, {"Acme\u200b 8", "Acme 8"}} {
		file := header + pair[0] + ",small,1,,\n" + pair[1] + ",small,2,,\n"
		lines := fmt.Sprintf("{\"company\":%q,\"scores\":{\"q1\":1}}\n{\"company\":%q,\"scores\":{\"q1\":2}}\n", pair[0], pair[1])
		for name, read := range map[string]iter.Seq2[Response, error]{
			"CSV": ReadCSV(in, strings.NewReader(file)), "JSON Lines": ReadJSONL(in, strings.NewReader(lines)),
			"mapping": ReadCSV(in, strings.NewReader(file), parsed(t, "{}")),
			"table": ReadTable(in, []string{"company", "size", "q1", "q2", "q3"}, func(yield func([][]byte, error) bool) {
				_ = yield([][]byte{[]byte(pair[0]), nil, []byte("1"), nil, nil}, nil) && yield([][]byte{[]byte(pair[1]), nil, []byte("2"), nil, nil}, nil)
			}),
			"made": func(yield func(Response, error) bool) {
				_ = yield(New(in, pair[0], nil, map[string]int{"q1": 1})) && yield(New(in, pair[1], nil, map[string]int{"q1": 2}))
			},
		} {
			_, err := NewDataset(context.Background(), in, read)
			if problems, ok := errors.AsType[*input.Error](err); !ok || len(problems.Problems) != 1 || !strings.HasPrefix(problems.Problems[0].Expected, "one response a company") {
				t.Errorf("%q, %s: %v", pair, name, err)
			}
		}
		data := dataset(t, in, header+pair[0]+",small,1,,\nother,,2,,\n")
		if _, err := data.Blank(pair[1]); err != nil {
			t.Errorf("%q: %v", pair, err)
		}
		if diff := cmp.Diff(fixture.Records(data), fixture.Records(dataset(t, in, header+pair[1]+",small,1,,\nother,,2,,\n"))); diff != "" {
			t.Errorf("%q are told apart by their records", pair)
		}
	}
}

// A company may be called so where a backend says it, or a mapping.
func TestCompaniesCalledLikeSums(t *testing.T) {
	in := smallInstrument(t)
	if _, err := New(in, "Total", nil, map[string]int{"q1": 1}); err != nil {
		t.Error(err)
	}
	file := header + "Total,,1,,\n"
	if _, err := NewDataset(context.Background(), in, ReadCSV(in, strings.NewReader(file), parsed(t, "companies: any"))); err != nil {
		t.Error(err)
	}
	if _, err := NewDataset(context.Background(), in, ReadCSV(in, strings.NewReader(file), parsed(t, "{}"))); err == nil || !strings.Contains(err.Error(), "total") {
		t.Error(err)
	}
}

func TestMappingProblems(t *testing.T) {
	in := smallInstrument(t)
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte(header+"a,,1,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := parsed(t, "questions:\n  q4: x\n")
	const want = "import.yaml:2:7: questions.q4: expected a question of the instrument"
	_, err := Load(context.Background(), in, path, o)
	_, openErr := Open(in, path, o)
	for _, err := range []error{err, openErr, o.Check(in)} {
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	reader := func() (io.ReadCloser, error) { return os.Open(path) }
	if _, err := drained(&sheetFile{in: in, open: reader, options: o}); err == nil || err.Error() != want {
		t.Errorf("source: %v", err)
	}
	if _, err := streamed(in, path, parsed(t, "duplicates: last\ntimestamp: q3\n")); err == nil || !strings.Contains(err.Error(), "not as a stream") {
		t.Errorf("a stream: %v", err)
	}
}

// FuzzReadMapped looks for errors that tell what is in the file.
func FuzzReadMapped(f *testing.F) {
	mappings := []string{"{}", "long: {question: q, answer: a}", "duplicates: last\ntimestamp: when", "unit: row\nheader_rows: 2", "answers: {0: {to: 10}}\nkeep: {size: [small]}"}
	for kind := range mappings {
		f.Add(header+"a,small,1,2,3\na,tiny,x,1.5,\n", uint(25), uint8(kind), uint64(1))
		f.Add("company,size,q,a\na,small,q1,2\na,large,q1,3\n", uint(20), uint8(kind), uint64(1))
		f.Add(`[{"company": "a", "size": "small", "q1": 1, "when": "2026-01-01"}, {"company": "a", "q1": [1]}]`, uint(30), uint8(kind), uint64(1))
	}
	in := smallInstrument(f)
	f.Fuzz(func(t *testing.T, file string, at uint, kind uint8, seed uint64) {
		o := parsed(t, mappings[int(kind)%len(mappings)])
		read := func(in *instrument.Instrument, text string) iter.Seq2[Response, error] {
			if kind >= 128 {
				return ReadJSONL(in, strings.NewReader(text), o)
			}
			return ReadCSV(in, strings.NewReader(text), o)
		}
		for text := range inputtest.Mutants([]byte(file), seed) {
			tellNothing(t, in, read, string(text), at)
		}
	})
}
