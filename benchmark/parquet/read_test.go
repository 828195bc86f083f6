package parquet_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/parquet"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
	"maturitybench/privacy/privacytest"

	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"
)

// The types that a column of answers may have.
var answerTypes = []struct {
	name  string
	node  parquetgo.Node
	value func(text string) any
}{
	{"int32", parquetgo.Optional(parquetgo.Int(32)), func(text string) any { return int32(number(text)) }},
	{"int64", parquetgo.Optional(parquetgo.Int(64)), func(text string) any { return int64(number(text)) }},
	{"int8", parquetgo.Optional(parquetgo.Int(8)), func(text string) any { return int32(number(text)) }},
	{"uint16", parquetgo.Optional(parquetgo.Uint(16)), func(text string) any { return uint32(number(text)) }},
	{"uint64", parquetgo.Optional(parquetgo.Uint(64)), func(text string) any { return uint64(number(text)) }},
	{"plain int32", parquetgo.Optional(parquetgo.Leaf(parquetgo.Int32Type)), func(text string) any { return int32(number(text)) }},
	{"string", parquetgo.Optional(parquetgo.String()), func(text string) any { return text }},
	{"bytes", parquetgo.Optional(parquetgo.Leaf(parquetgo.ByteArrayType)), func(text string) any { return []byte(text) }},
	{"dictionary", parquetgo.Optional(parquetgo.Encoded(parquetgo.String(), &parquetgo.RLEDictionary)), func(text string) any { return text }},
	{"packed", parquetgo.Optional(parquetgo.Encoded(parquetgo.Int(32), &parquetgo.DeltaBinaryPacked)), func(text string) any { return int32(number(text)) }},
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

// panel is a synthetic panel as CSV.
func panel(tb testing.TB, companies int) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := synthetic.WriteCSV(&out, instrument.JSP(), synthetic.NewPanel(companies, 7)); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// convert makes a Parquet file of a CSV file; question number i gets a type of
// answerTypes in turn, starting with the one numbered first.
func convert(tb testing.TB, file []byte, first int, options ...parquetgo.WriterOption) []byte {
	tb.Helper()
	records, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	order := make([]int, len(records[0]))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(records[0][a], records[0][b]) })
	questions := map[string]bool{}
	for _, domain := range instrument.JSP().Spec().Domains {
		for _, question := range domain.Questions {
			questions[question.ID] = true
		}
	}
	t := table{rows: make([][]any, len(records)-1)}
	for i, at := range order {
		name := records[0][at]
		t.names = append(t.names, name)
		node, value := parquetgo.Node(parquetgo.Optional(parquetgo.String())), func(text string) any { return text }
		switch kind := answerTypes[(first+i)%len(answerTypes)]; {
		case name == "company":
			node = parquetgo.String()
		case questions[name]:
			node, value = kind.node, kind.value
		}
		t.nodes = append(t.nodes, node)
		for r, record := range records[1:] {
			cell := any(nil)
			if record[at] != "" {
				cell = value(record[at])
			}
			t.rows[r] = append(t.rows[r], cell)
		}
	}
	return t.bytes(tb, options...)
}

// A ledger takes the data of a Parquet file for those of the CSV file that it was
// made of: the same companies with the same attributes and answers. It does not
// when a row is left out.
func TestReadEqualsCSV(t *testing.T) {
	in, ctx := instrument.JSP(), context.Background()
	file := panel(t, 700) // more than one batch, in several row groups
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Account: "a", Wave: "w", Roster: privacy.SecretRoster,
		Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 30})
	if err != nil {
		t.Fatal(err)
	}
	ledger := privacytest.NewLedger(t, 1)
	if err := ledger.OpenAccount(ctx, privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}); err != nil {
		t.Fatal(err)
	}
	want, err := benchmark.Publish(ctx, ledger, plan, gather(t, in, responses.ReadCSV(in, bytes.NewReader(file))))
	if err != nil {
		t.Fatal(err)
	}
	publish := func(data []byte) (*publication.Release, error) {
		return benchmark.Publish(ctx, ledger, plan, gather(t, in, parquet.Read(in, bytes.NewReader(data), int64(len(data)))))
	}
	for first, kind := range answerTypes {
		got, err := publish(convert(t, file, first, parquetgo.MaxRowsPerRowGroup(300), parquetgo.PageBufferSize(1000)))
		if err != nil {
			t.Fatalf("%s: %v", kind.name, err)
		}
		if !bytes.Equal(want.Bytes(), got.Bytes()) {
			t.Errorf("%s: another release", kind.name)
		}
	}
	path := filepath.Join(t.TempDir(), "answers.parquet")
	if err := os.WriteFile(path, convert(t, file, 0, parquetgo.MaxRowsPerRowGroup(300)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := benchmark.Publish(ctx, ledger, plan, parquet.OpenSource(in, path)); err != nil || !bytes.Equal(want.Bytes(), got.Bytes()) {
		t.Errorf("streamed: another release, or error %v", err)
	}
	shorter := file[:bytes.LastIndexByte(file[:len(file)-1], '\n')+1]
	if _, err := publish(convert(t, shorter, 0, parquetgo.Compression(&parquetgo.Zstd))); !errors.Is(err, privacy.ErrChanged) {
		t.Errorf("one company less: %v, want %v", err, privacy.ErrChanged)
	}
}

func TestReadProblems(t *testing.T) {
	names := []string{"company", "email", "q1", "q2", "q3", "size"}
	text := parquetgo.Optional(parquetgo.String())
	integer := parquetgo.Optional(parquetgo.Int(32))
	const score = "a level from -1 to 9, or no answer"
	const column = "a flat column of numbers or texts"
	for _, test := range []struct {
		name     string
		table    table
		n        int
		problems []input.Problem
	}{
		{name: "good rows", n: 3, table: table{names, []parquetgo.Node{text, text, integer, integer, text, text}, [][]any{
			{"a", "x", int32(-1), int32(9), "NA", "small"},
			{" b ", nil, int32(99), nil, " 3 ", nil},
			{"c", nil, int32(1), nil, "", " large "},
		}}},
		{name: "integer company", n: 1, table: table{names, []parquetgo.Node{parquetgo.Int(64), text, integer, integer, text, text}, [][]any{
			{int64(17), nil, int32(1), nil, nil, nil},
		}}},
		{name: "rows with problems", n: 1, table: table{names, []parquetgo.Node{text, text, integer, integer, text, text}, [][]any{
			{"a", nil, int32(-2), int32(1), "3.5", "tiny"},
			{nil, nil, int32(1), nil, nil, nil},
			{"b", nil, int32(1), nil, nil, nil},
			{"c", nil, nil, nil, "", "small"},
			{"d\xff", nil, int32(1), nil, nil, nil},
		}}, problems: []input.Problem{
			{Line: 1, Column: 3, Field: "q1", Expected: score},
			{Line: 1, Column: 5, Field: "q3", Expected: score + "; a number between levels is none"},
			{Line: 1, Column: 6, Field: "size", Expected: "a value of this attribute (small, large), or nothing"},
			{Line: 2, Column: 1, Field: "company", Expected: "a company: a text of 1 to 200 bytes in UTF-8"},
			{Line: 4, Expected: "at least one answer"},
			{Line: 5, Column: 1, Field: "company", Expected: "text in UTF-8"},
		}},
		{name: "columns that are missing or unknown", table: table{[]string{"company", "q1", "secret"}, []parquetgo.Node{text, integer, text}, nil},
			problems: []input.Problem{
				{Column: 3, Expected: "company, an attribute, a question or an ignored column of the instrument"},
				{Field: "size", Expected: "a column of this name"},
				{Field: "q2", Expected: "a column of this name"},
				{Field: "q3", Expected: "a column of this name"},
			}},
		{name: "columns of another type", table: table{names, []parquetgo.Node{
			parquetgo.UUID(), parquetgo.Leaf(parquetgo.DoubleType), parquetgo.Optional(parquetgo.JSON()),
			parquetgo.Timestamp(parquetgo.Millisecond), parquetgo.Repeated(parquetgo.Int(32)), parquetgo.Date()}, nil},
			problems: []input.Problem{
				{Column: 1, Field: "company", Expected: column},
				{Column: 3, Field: "q1", Expected: column},
				{Column: 4, Field: "q2", Expected: column},
				{Column: 5, Field: "q3", Expected: column},
				{Column: 6, Field: "size", Expected: column},
			}},
		{name: "an ignored group", n: 1, table: table{names, []parquetgo.Node{text,
			parquetgo.Group{"a": parquetgo.Int(32), "b": parquetgo.Int(32)}, integer, integer, text, text}, [][]any{
			{"a", int32(7), int32(7), int32(1), nil, nil, nil},
		}}},
		{name: "numbers of other types", n: 1, table: table{names, []parquetgo.Node{text, parquetgo.Leaf(parquetgo.BooleanType),
			parquetgo.Leaf(parquetgo.DoubleType), parquetgo.Optional(parquetgo.Leaf(parquetgo.FloatType)), integer, text}, [][]any{
			{"a", true, 7.0, float32(1), nil, nil},
		}}},
		{name: "no rows", table: table{names, []parquetgo.Node{text, text, integer, integer, text, text}, nil}},
	} {
		t.Run(test.name, func(t *testing.T) {
			file, in := test.table.bytes(t), questionnaire(t)
			read := parquet.Read(in, bytes.NewReader(file), int64(len(file)))
			for range 2 { // it can be walked again
				n, problems, err := walk(read)
				if n != test.n || err != nil {
					t.Errorf("%d responses and error %v, want %d", n, err, test.n)
				}
				if diff := cmp.Diff(test.problems, problems); diff != "" {
					t.Errorf("problems (-want +got):\n%s", diff)
				}
			}
			for range read {
				break // a walk that is left early
			}
		})
	}
}

// A company that is a number is the text of it, whatever its type.
func TestIntegerCompany(t *testing.T) {
	text, integer := parquetgo.String(), parquetgo.Int(32)
	for _, test := range []struct {
		node  parquetgo.Node
		value any
		want  string
	}{
		{parquetgo.Int(32), int32(-7), "-7"},
		{parquetgo.Int(64), int64(math.MinInt64), "-9223372036854775808"},
		{parquetgo.Uint(32), uint32(math.MaxUint32), "4294967295"},
		{parquetgo.Uint(64), uint64(math.MaxUint64), "18446744073709551615"},
	} {
		file := table{[]string{"company", "q1", "q2", "q3", "size"}, []parquetgo.Node{test.node, integer, integer, integer, text},
			[][]any{{test.value, int32(1), int32(2), int32(3), "small"}}}.bytes(t)
		for response, err := range parquet.Read(questionnaire(t), bytes.NewReader(file), int64(len(file))) {
			if err != nil {
				t.Fatal(err)
			}
			if string(intake.Open(response).Company) != test.want {
				t.Errorf("%s is another company", test.want)
			}
		}
	}
}

// A second response of a company is named by its rows; the file by its path.
func TestLoad(t *testing.T) {
	text, integer := parquetgo.String(), parquetgo.Int(32)
	names := []string{"company", "email", "q1", "q2", "q3", "size"}
	file := table{names, []parquetgo.Node{text, text, integer, integer, integer, text}, nil}
	for i := range 2000 {
		file.rows = append(file.rows, []any{fmt.Sprintf("company %d", i%1990), "", int32(1), int32(2), int32(3), "small"})
	}
	file.rows = file.rows[:1991]
	path := filepath.Join(t.TempDir(), "answers.parquet")
	if err := os.WriteFile(path, file.bytes(t, parquetgo.MaxRowsPerRowGroup(1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := parquet.Load(context.Background(), questionnaire(t), path)
	want := path + ":1991: company: expected one response a company; line 1 has the first"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	if err := stream(t, path); err == nil || err.Error() != "publish wave w: "+want {
		t.Errorf("streamed: got %v\nwant %s", err, want)
	}
	for _, missing := range []string{filepath.Join(t.TempDir(), "none.parquet"), t.TempDir()} {
		if _, err := parquet.Load(context.Background(), questionnaire(t), missing); err == nil {
			t.Errorf("%s: no error", missing)
		}
		if stream(t, missing) == nil {
			t.Errorf("%s, streamed: no error", missing)
		}
	}
}

// stream publishes a file from a source and returns the error.
func stream(tb testing.TB, path string) error {
	tb.Helper()
	ctx, in := context.Background(), questionnaire(tb)
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Account: "a", Wave: "w", Roster: privacy.SecretRoster,
		Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 30})
	if err != nil {
		tb.Fatal(err)
	}
	ledger := privacytest.NewLedger(tb, 1)
	if err := ledger.OpenAccount(ctx, privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}); err != nil {
		tb.Fatal(err)
	}
	_, err = benchmark.Publish(ctx, ledger, plan, parquet.OpenSource(in, path))
	return err
}

// failing fails after some calls.
type failing struct {
	*bytes.Reader
	calls int
}

var errDisk = errors.New("disk on fire")

func (f *failing) ReadAt(p []byte, at int64) (int, error) {
	if f.calls--; f.calls < 0 {
		return 0, errDisk
	}
	return f.Reader.ReadAt(p, at)
}

// An error of the reader is passed on, wherever it happens.
func TestReadFails(t *testing.T) {
	file := convert(t, panel(t, 200), 0, parquetgo.MaxRowsPerRowGroup(64))
	for calls := 0; ; calls++ {
		r := &failing{bytes.NewReader(file), calls}
		n, problems, err := walk(parquet.Read(instrument.JSP(), r, int64(len(file))))
		if r.calls >= 0 {
			if n != 200 {
				t.Errorf("%d responses, want 200", n)
			}
			return
		}
		if !errors.Is(err, errDisk) || len(problems) > 0 {
			t.Fatalf("call %d: error %v and problems %v, want %v", calls, err, problems, errDisk)
		}
	}
}
