package responses

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
)

func TestNewResponse(t *testing.T) {
	in := smallInstrument(t)
	for _, test := range []struct {
		name       string
		company    string
		attributes map[string]string
		scores     map[string]int
		row        string
		problems   []input.Problem
	}{
		{name: "plain", company: " a ", attributes: map[string]string{"size": "large"}, scores: map[string]int{"q1": -1, "q2": 9, "q3": 0}, row: "\x02\x01\x0b\x02"},
		{name: "absent", company: "a", scores: map[string]int{"q2": 1}, row: "\x00\x00\x03\x00"},
		{name: "not stated", company: "a", attributes: map[string]string{"size": " NA "}, scores: map[string]int{"q2": 1}, row: "\x00\x00\x03\x00"},
		{name: "empty", company: "a", attributes: map[string]string{"size": ""}, scores: map[string]int{"q2": 1}, row: "\x00\x00\x03\x00"},
		{name: "no answer", company: "a", problems: []input.Problem{{Line: 0, Column: 0, Field: "", Expected: expectAnswer}}},
		{name: "every problem", company: "\xff", attributes: map[string]string{"size": "tiny", "mood": "good", "kind": ""}, scores: map[string]int{"q1": 10, "q3": -2, "q4": 1},
			problems: []input.Problem{{Line: 0, Column: 0, Field: "company", Expected: expectCompany}, {Line: 0, Column: 0, Field: "size", Expected: expectValue}, {Line: 0, Column: 0, Field: "", Expected: expectAttribute},
				{Line: 0, Column: 0, Field: "q1", Expected: badScore}, {Line: 0, Column: 0, Field: "q3", Expected: badScore}, {Line: 0, Column: 0, Field: "", Expected: expectQuestion}}},
		{name: "not a level", company: "a", scores: map[string]int{"q1": 99}, problems: []input.Problem{{Line: 0, Column: 0, Field: "q1", Expected: badScore}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			response, err := New(in, test.company, test.attributes, test.scores)
			if test.problems == nil {
				if err != nil {
					t.Fatal(err)
				}
				s := intake.Open(response)
				got := plainSheet{s.Line, string(s.Company), string(s.Attributes) + string(s.Scores)}
				if diff := cmp.Diff(plainSheet{0, "a", test.row}, got); diff != "" {
					t.Errorf("sheet (-want +got):\n%s", diff)
				}
				return
			}
			var wrong *input.Error
			if !errors.As(err, &wrong) {
				t.Fatalf("error %v, want an *input.Error", err)
			}
			if diff := cmp.Diff(test.problems, wrong.Problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// A response and a data set stay sealed on their own and inside other values.
func TestRawTypesAreSealed(t *testing.T) {
	in := smallInstrument(t)
	response, err := New(in, "canary", nil, map[string]int{"q1": 7, "q2": 7, "q3": 7})
	if err != nil {
		t.Fatal(err)
	}
	data := dataset(t, in, "company,size,q1,q2,q3\ncanary,,7,7,7\n")
	type holder struct {
		response Response
		data     *Dataset
		both     []any
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
		for _, value := range []any{response, &response, data} {
			if got := fmt.Sprintf(verb, value); got != "sealed" {
				t.Errorf("%s of %T is %q", verb, value, got)
			}
		}
		h := holder{response, data, []any{response, data}}
		got := fmt.Sprintf(verb, h) + fmt.Sprintf(verb, &h)
		for _, raw := range []string{"canary", "63616e617279", "9 9 9", "0x9, 0x9", "090909"} { // 9: level 7
			if strings.Contains(got, raw) {
				t.Errorf("%s of a struct with a response shows %q: %s", verb, raw, got)
			}
		}
	}
	for _, value := range []any{response, &response, data} {
		if _, err := json.Marshal(value); err == nil {
			t.Errorf("%T is written as JSON", value)
		}
		if err := gob.NewEncoder(new(bytes.Buffer)).Encode(value); err == nil {
			t.Errorf("%T is written as gob", value)
		}
	}
}

// TestUnanswered: where the instrument says so, what is not answered counts as answered at
// the lowest level, by every way in; a sheet without any answer is no sheet either way.
func TestUnanswered(t *testing.T) {
	for blank, row := range map[instrument.Blank]string{"": "\x00\x00\x04\x00", instrument.LowestBlank: "\x00\x01\x04\x01"} {
		spec := smallInstrument(t).Spec()
		spec.Blank = blank
		in, err := instrument.New(spec)
		if err != nil {
			t.Fatal(err)
		}
		made, err := New(in, "a", nil, map[string]int{"q2": 2})
		if err != nil {
			t.Fatal(err)
		}
		ways := map[string]iter.Seq2[Response, error]{
			"New":    func(yield func(Response, error) bool) { yield(made, nil) },
			"CSV":    ReadCSV(in, strings.NewReader("company,size,q1,q2,q3\na,,,2,NA\n")),
			"JSONL":  ReadJSONL(in, strings.NewReader(`{"company": "a", "scores": {"q2": 2}}`+"\n")),
			"mapped": ReadCSV(in, strings.NewReader("firm,size,q1,q2,q3\na,,,2,\n"), parsed(t, "company: firm\n")),
			"streamed": func(yield func(Response, error) bool) { // whose sheets are used again
				read := mapped(in, parsed(t, "company: firm\n"), tableOf(CSV, strings.NewReader("firm,size,q1,q2,q3\na,,,2,\n")), true, func(s *intake.Sheet) bool {
					copied := *s
					return yield(newResponse(&copied), nil)
				})
				for _, err := range read {
					yield(Response{}, err)
				}
			},
		}
		for way, read := range ways {
			n := 0
			for r, err := range read {
				if err != nil {
					t.Fatalf("%q, %s: %v", blank, way, err)
				}
				n++
				if got := string(intake.Open(r).Row()); got != row {
					t.Errorf("%q, %s: the row %q, expected %q", blank, way, got, row)
				}
			}
			if n != 1 {
				t.Errorf("%q, %s: %d responses, expected 1", blank, way, n)
			}
		}
		if _, err := New(in, "a", nil, nil); err == nil {
			t.Errorf("%q: a sheet without an answer is read", blank)
		}
	}
}
