package responses

import (
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/table"
)

// smallInstrument has every feature that the readers treat: levels that are
// negative and of two characters, no_answer texts (one of them a number), an
// ignored column.
func smallInstrument(tb testing.TB) *instrument.Instrument {
	tb.Helper()
	spec := instrument.Spec{
		ID: "small", Version: "1", Title: "Small",
		Domains: []instrument.Domain{
			{ID: "d1", Title: "One", Questions: []instrument.Question{{ID: "q1", Text: "One"}, {ID: "q2", Text: "Two"}}},
			{ID: "d2", Title: "Two", Questions: []instrument.Question{{ID: "q3", Text: "Three"}}},
		},
		Attributes: []instrument.Attribute{{ID: "size", Values: []instrument.Value{{ID: "small"}, {ID: "large"}}}},
		NoAnswer:   []string{"NA", "99"},
		Ignore:     []string{"email"},
	}
	for level := -1; level <= 9; level++ {
		spec.Scale = append(spec.Scale, instrument.Level{Level: level, Name: "Level"})
	}
	in, err := instrument.New(spec)
	if err != nil {
		tb.Fatal(err)
	}
	return in
}

// reporter is a test, or one of many cases of it.
type reporter interface {
	Helper()
	Error(...any)
	Errorf(string, ...any)
}

// walk gathers what a reader yields: sheets in a readable form, and problems.
func walk(tb reporter, responses iter.Seq2[Response, error]) (sheets []plainSheet, problems []input.Problem, failure error) {
	tb.Helper()
	for response, err := range responses {
		var wrong *input.Error
		switch {
		case err == nil:
			s := intake.Open(response)
			sheets = append(sheets, plainSheet{s.Line, string(s.Company), string(s.Attributes) + string(s.Scores)})
		case errors.As(err, &wrong):
			if len(wrong.Problems) != 1 || wrong.More != 0 {
				tb.Errorf("an error of a row has %d problems, want 1", len(wrong.Problems))
			}
			if s := intake.Open(response); s != nil && (s.Instrument != nil || s.Row() != nil) {
				tb.Error("an error comes with answers")
			}
			problems = append(problems, wrong.Problems...)
		default:
			failure = err
		}
	}
	return sheets, problems, failure
}

// plainSheet is a sheet in the open.
type plainSheet struct {
	Line    int
	Company string
	Row     string // the packed row: size, q1, q2, q3
}

const (
	badScore = "a level from -1 to 9, or no answer"
	offScale = badScore + "; a longer scale, such as percent, needs bands (answers: in a mapping)" // for a number outside it
)

// readCase is a file and what a reader makes of it.
type readCase struct {
	name, file string
	sheets     []plainSheet
	problems   []input.Problem
}

func testReader(t *testing.T, read func(*instrument.Instrument, string) iter.Seq2[Response, error], cases []readCase) {
	t.Helper()
	in := smallInstrument(t)
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			sheets, problems, err := walk(t, read(in, test.file))
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

// long is a text that no line may hold.
var long = strings.Repeat("x", table.MaxLine)

// broken is a reader that fails after some text.
type broken struct{ text *strings.Reader }

var errBroken = errors.New("the disk is gone")

func (b broken) Read(p []byte) (int, error) {
	if b.text.Len() == 0 {
		return 0, errBroken
	}
	return b.text.Read(p)
}

func TestReaderErrorEndsTheWalk(t *testing.T) {
	in := smallInstrument(t)
	const row = "a,small,1,2,3\n"
	for name, text := range map[string]string{
		"at once":         "",
		"in the header":   "company,si",
		"between rows":    "company,size,q1,q2,q3\n" + row,
		"in a row":        "company,size,q1,q2,q3\n" + row + "b,sm",
		"in a quoted row": "company,size,q1,q2,q3\n" + row + "\"b\n",
		"in a long line":  "company,size,q1,q2,q3\n" + row + long + long,
	} {
		sheets, problems, err := walk(t, ReadCSV(in, broken{strings.NewReader(text)}))
		if !errors.Is(err, errBroken) || len(problems) > 0 {
			t.Errorf("CSV, %s: error %v, problems %v; want the reader's error alone", name, err, problems)
		}
		if want := strings.Count(text, row); len(sheets) != want {
			t.Errorf("CSV, %s: %d sheets, want %d", name, len(sheets), want)
		}
	}
	_, _, err := walk(t, ReadJSONL(in, broken{strings.NewReader(`{"company`)}))
	if !errors.Is(err, errBroken) {
		t.Errorf("JSON Lines: error %v, want the reader's", err)
	}
}

// A consumer may stop at any response or error.
func TestWalkStops(t *testing.T) {
	in := smallInstrument(t)
	csv := "company,size,q1,q2,q3\na,,1,,\nb,,x,y,\nc,,1\n\"d\" ,,1,,\n" + long + "x\ne,,1,,\n"
	jsonl := `{"company":"a","scores":{"q1":1}}` + "\n" + `{"company":1,"x":1}` + "\n" + long + "x\n{"
	for name, read := range map[string]func() iter.Seq2[Response, error]{
		"CSV":        func() iter.Seq2[Response, error] { return ReadCSV(in, strings.NewReader(csv)) },
		"header":     func() iter.Seq2[Response, error] { return ReadCSV(in, strings.NewReader("company,x,y,z")) },
		"JSON Lines": func() iter.Seq2[Response, error] { return ReadJSONL(in, strings.NewReader(jsonl)) },
	} {
		total := 0
		for range read() {
			total++
		}
		if total < 4 {
			t.Fatalf("%s: %d steps, want a test of more", name, total)
		}
		for stop := 1; stop <= total; stop++ {
			steps := 0
			for range read() {
				if steps++; steps == stop {
					break
				}
			}
		}
	}
}
