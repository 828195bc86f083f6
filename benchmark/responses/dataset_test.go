package responses

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
)

// dataset makes a data set of a CSV text.
func dataset(tb testing.TB, in *instrument.Instrument, file string) *Dataset {
	tb.Helper()
	data, err := NewDataset(context.Background(), in, readCSVText(in, file))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func TestDataset(t *testing.T) {
	data := dataset(t, smallInstrument(t), header+"a,small,1,,3\nb,,,-1,9\n")
	if want := "\x01\x03\x00\x05\x00\x00\x01\x0b"; string(fixture.Rows(data)) != want {
		t.Errorf("rows %q, want %q", fixture.Rows(data), want)
	}
}

func TestDatasetProblems(t *testing.T) {
	in := smallInstrument(t)
	var many []input.Problem
	var rows strings.Builder
	for line := range input.MaxProblems {
		many = append(many, input.Problem{Line: line + 2, Column: 3, Field: "q1", Expected: badScore})
		fmt.Fprintf(&rows, "c%d,,x,,\n", line)
	}
	for _, test := range []struct {
		name, file string
		problems   []input.Problem
		more       int
	}{
		{name: "no response", file: header, problems: []input.Problem{{Line: 0, Column: 0, Field: "", Expected: "at least one response"}}},
		{name: "no usable response", file: header + "a,,x,,\n", problems: []input.Problem{{Line: 2, Column: 3, Field: "q1", Expected: badScore}}},
		{name: "second response", file: header + "a,,1,,\nb,,1,,\n a ,,2,,\nA,,1,,\na,,1,,\n", problems: []input.Problem{
			{Line: 4, Column: 0, Field: "company", Expected: "one response a company; line 2 has the first"}, {Line: 5, Column: 0, Field: "company", Expected: "one response a company; line 2 has the first"}, {Line: 6, Column: 0, Field: "company", Expected: "one response a company; line 2 has the first"}}},
		{name: "second response after a problem", file: header + "x,,x,,\na,,1,,\na,,1,,\n", problems: []input.Problem{
			{Line: 2, Column: 3, Field: "q1", Expected: badScore}, {Line: 4, Column: 0, Field: "company", Expected: "one response a company; line 3 has the first"}}},
		{name: "second response of a row with problems", file: header + "a,tiny,x,,\na,,1,,\nb,,,,\nb,tiny,x,,\n,,1,,\n,,1,,\na\na,,1,,\n", problems: []input.Problem{
			{Line: 2, Column: 2, Field: "size", Expected: expectValue}, {Line: 2, Column: 3, Field: "q1", Expected: badScore}, {Line: 3, Column: 0, Field: "company", Expected: "one response a company; line 2 has the first"},
			{Line: 4, Column: 0, Field: "", Expected: expectAnswer}, {Line: 5, Column: 0, Field: "company", Expected: "one response a company; line 4 has the first"}, {Line: 5, Column: 2, Field: "size", Expected: expectValue}, {Line: 5, Column: 3, Field: "q1", Expected: badScore},
			{Line: 6, Column: 1, Field: "company", Expected: expectCompany}, {Line: 7, Column: 1, Field: "company", Expected: expectCompany}, {Line: 8, Column: 0, Field: "", Expected: "5 columns, as in the header"},
			{Line: 9, Column: 0, Field: "company", Expected: "one response a company; line 2 has the first"}}},
		{name: "twenty problems", file: header + rows.String(), problems: many},
		{name: "more problems", file: header + rows.String() + "a,,x,y,z\nb,,1,,\nb,,1,,\n", problems: many, more: 4},
	} {
		t.Run(test.name, func(t *testing.T) {
			data, err := NewDataset(context.Background(), in, readCSVText(in, test.file))
			var wrong *input.Error
			if data != nil || !errors.As(err, &wrong) {
				t.Fatalf("data set %v, error %v; want an *input.Error alone", data, err)
			}
			if diff := cmp.Diff(&input.Error{Problems: test.problems, More: test.more}, wrong); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

// JSON Lines and the rows of a query or a table tell whose a row with problems
// is as well.
func TestSecondResponseOfARowWithProblems(t *testing.T) {
	in, db := smallInstrument(t), openDB(t)
	const twice = ": company: expected one response a company; line 1 has the first"
	for _, test := range []struct {
		name string
		read iter.Seq2[Response, error]
		want []string
	}{
		{"JSON Lines", readJSONText(in, `{"company": "a", "scores": {"q1": 77}}
{"scores": {"q1": 1}, "company": "a"}
{"company": "a", "scores": {"q1": 1}`),
			[]string{"1:35: q1: expected " + offScale, "2" + twice, "3" + twice, "3:37: expected well-formed JSON"}},
		{"query", ReadRows(in, query(t, db, `SELECT 'a' AS company, 'small' AS size, 10 AS q1, NULL AS q2, NULL AS q3
			UNION ALL SELECT 'a', NULL, 1, NULL, NULL`)),
			[]string{"1:3: q1: expected " + offScale, "2" + twice}},
		{"table", ReadTable(in, []string{"company", "size", "q1", "q2", "q3"}, func(yield func([][]byte, error) bool) {
			_ = yield([][]byte{[]byte("a"), nil, []byte("x"), nil, nil}, nil) && yield([][]byte{[]byte("a"), nil, nil, nil, nil}, nil)
		}), []string{"1:3: q1: expected " + badScore, "2" + twice, "2: expected at least one answer"}},
	} {
		_, err := NewDataset(context.Background(), in, test.read)
		var got []string
		if err != nil {
			got = strings.Split(err.Error(), "\n")
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Responses that a backend makes by hand are named by their position.
func TestDatasetByHand(t *testing.T) {
	in, twin := smallInstrument(t), smallInstrument(t)
	other := instrument.JSP()
	make1 := func(in *instrument.Instrument, company, question string) Response {
		response, err := New(in, company, nil, map[string]int{question: 1})
		if err != nil {
			t.Fatal(err)
		}
		return response
	}
	a, b := make1(in, "a", "q1"), make1(twin, "b", "q2")
	gather := func(responses ...Response) (*Dataset, error) {
		return NewDataset(context.Background(), in, func(yield func(Response, error) bool) {
			for _, response := range responses {
				if !yield(response, nil) {
					return
				}
			}
		})
	}
	if data, err := gather(a, b); err != nil || len(fixture.Rows(data)) != 2*fixture.Stride(in) {
		t.Errorf("an equal instrument: %v", err)
	}
	if _, err := gather(a, b, b); err == nil || err.Error() != "3: company: expected one response a company; line 2 has the first" {
		t.Errorf("second response: %v", err)
	}
	if _, err := gather(a, make1(other, "c", "org-01")); err == nil {
		t.Error("a response of another instrument was taken")
	}
	if _, err := gather(a, Response{}); err == nil {
		t.Error("the zero response was taken")
	}
	for owner := range readCSVText(in, header+"a,tiny,1,,\n") {
		if _, err := gather(owner); err == nil {
			t.Error("the response beside an error was taken")
		}
	}
	failure := errors.New("the queue is closed")
	_, err := NewDataset(context.Background(), in, func(yield func(Response, error) bool) {
		_ = yield(a, nil) && yield(Response{}, failure) && yield(b, nil)
	})
	if err != failure {
		t.Errorf("error of the backend: %v, want it as it was", err)
	}
}

func TestDatasetCancelled(t *testing.T) {
	in := smallInstrument(t)
	response, err := New(in, "a", nil, map[string]int{"q1": 1})
	if err != nil {
		t.Fatal(err)
	}
	for name, long := range map[string]iter.Seq2[Response, error]{
		"responses": func(yield func(Response, error) bool) {
			for range 1_000_000 {
				if !yield(response, nil) {
					return
				}
			}
		},
		"problems": func(yield func(Response, error) bool) {
			for range 1_000_000 {
				if !yieldProblem(yield, 1, 0, "", "something else") {
					return
				}
			}
		},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		steps := 0
		_, err := NewDataset(ctx, in, func(yield func(Response, error) bool) {
			for r, err := range long {
				if steps++; steps == 10_000 {
					cancel()
				}
				if !yield(r, err) {
					return
				}
			}
		})
		if err != context.Canceled || steps > 20_000 {
			t.Errorf("%s: %v after %d steps, want context.Canceled soon after 10000", name, err, steps)
		}
	}
}

func TestBlank(t *testing.T) {
	in := smallInstrument(t)
	data := dataset(t, in, header+"a,small,1,,3\nb,large,,-1,9\n")
	blank, err := data.Blank(" B ")
	if err != nil {
		t.Fatal(err)
	}
	if want := "\x01\x03\x00\x05\x02\x00\x00\x00"; string(fixture.Rows(blank)) != want {
		t.Errorf("blank rows %q, want %q", fixture.Rows(blank), want)
	}
	if want := "\x01\x03\x00\x05\x02\x00\x01\x0b"; string(fixture.Rows(data)) != want {
		t.Errorf("Blank changed the data set to %q", fixture.Rows(data))
	}
	if _, err := data.Blank("c"); err == nil || strings.Contains(err.Error(), "c ") {
		t.Errorf("unknown company: %v, want an error that does not name it", err)
	}
}

// What a ledger recognises: the record is spelt out once, by the definition in
// stage.Records, because a change would make known data unknown.
func TestRecords(t *testing.T) {
	data := dataset(t, smallInstrument(t), header+"a,small,1,,-1\n")
	var sum [16]byte
	for _, spelling := range []string{
		"attribute/3\x00" + "\x04size" + "\x05small",
		"question/3\x00" + "\x02q1" + "\x00\x00\x00\x00\x00\x00\x00\x01",
		"question/3\x00" + "\x02q3" + "\xff\xff\xff\xff\xff\xff\xff\xff",
	} {
		mac := hmac.New(sha256.New, fixture.GatherKey[:])
		mac.Write([]byte("maturitybench/record/" + spelling))
		subtle.XORBytes(sum[:], sum[:], mac.Sum(nil))
	}
	// SHA-256 of "a" is ca978112ca1bbdcafac231b39a23dc4d a786eff8… (FIPS 180-4).
	want := "\xca\x97\x81\x12\xca\x1b\xbd\xca\xfa\xc2\x31\xb3\x9a\x23\xdc\x4d" + string(sum[:])
	if got := fixture.Records(data); len(got) != 1 || string(got[0]) != want {
		t.Errorf("records %q, want %q", got, want)
	}
}

// The same answers to an instrument of another version, order and wording, with
// more questions and another scale, have the same records; others differ.
func TestRecordsRecogniseAnswers(t *testing.T) {
	old := dataset(t, smallInstrument(t), header+"a,small,1,2,3\nb,,0,,\n")
	spec := smallInstrument(t).Spec()
	spec.Version, spec.Title = "2", "Other"
	slices.Reverse(spec.Domains)
	slices.Reverse(spec.Attributes[0].Values)
	spec.Domains[0].Questions = append([]instrument.Question{{ID: "a0", Text: "New"}}, spec.Domains[0].Questions...)
	spec.Attributes = append([]instrument.Attribute{{ID: "kind", Values: []instrument.Value{{ID: "x"}, {ID: "y"}}}}, spec.Attributes...)
	spec.Scale = spec.Scale[1:]
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	const columns = "q3,a0,company,kind,size,q2,q1\n"
	sorted := func(d *Dataset) [][]byte { return slices.SortedFunc(slices.Values(fixture.Records(d)), bytes.Compare) }
	same := dataset(t, in, columns+",,b,,,,0\n3,,a,,small,2,1\n")
	if diff := cmp.Diff(sorted(old), sorted(same)); diff != "" {
		t.Errorf("records of the same answers differ:\n%s", diff)
	}
	for _, row := range []string{
		"3,,c,,small,2,1", "3,,a,,large,2,1", "3,,a,,,2,1", "3,0,a,,small,2,1", "3,,a,x,small,2,1", "3,,a,,small,2,", "3,,a,,small,1,2", "2,,a,,small,2,1",
	} {
		if slices.EqualFunc(sorted(old), sorted(dataset(t, in, columns+",,b,,,,0\n"+row+"\n")), bytes.Equal) {
			t.Errorf("%s has the records of other answers", row)
		}
	}
}

func TestLoadDataset(t *testing.T) {
	in, dir := smallInstrument(t), t.TempDir()
	const csv, jsonl = header + "a,small,1,2,3\n", `{"company":"a","attributes":{"size":"small"},"scores":{"q1":1,"q2":2,"q3":3}}`
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	want := fixture.Records(dataset(t, in, csv))
	for name, text := range map[string]string{"a.csv": csv, "a.CSV": csv, "a.jsonl": jsonl, "a.ndjson": jsonl} {
		data, err := Load(context.Background(), in, write(name, text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if diff := cmp.Diff(want, fixture.Records(data)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "d.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, expected := range map[string]string{
		write("a.dat", csv):             ": expected a file name that ends in .csv, .tsv, .txt, .jsonl, .ndjson or .json",
		write("a.xlsx", csv):            ": expected a text file: package xlsx reads workbooks",
		write("empty.csv", ""):          ":1: expected a header line with the names of the columns",
		write("empty.jsonl", ""):        ": expected at least one response",
		write("header.csv", header):     ": expected at least one response",
		write("bad.csv", csv+"b,,10,,"): ":3:3: q1: expected " + offScale,
		write("gz.csv", "\x1f\x8b\x08"): ":1: expected an unpacked text file, not a gzip archive",
		filepath.Join(dir, "d.csv"):     ": expected a file, or a directory with files that end in .json, one answer sheet each",
	} {
		if _, err := Load(context.Background(), in, path); err == nil || err.Error() != path+expected {
			t.Errorf("%s: %v, want %s", filepath.Base(path), err, expected)
		}
	}
	if _, err := Load(context.Background(), in, filepath.Join(dir, "none.csv")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no such file: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Load(ctx, in, filepath.Join(dir, "a.csv")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
