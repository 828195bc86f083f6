package instrument_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/inputtest"
)

// Changes of smallYAML, each with its problems; lines count from 1.
func TestParseInstrumentProblems(t *testing.T) {
	const idForm = "expected an id: 1 to 64 letters, digits, dots, underscores or hyphens, a letter or digit first"
	const keys = "the keys here are id, version, title, source, scale, scales, scores, functions, domains, attributes, profiles, crosswalk, blank, translations, no_answer, ignore"
	tests := []struct {
		name, old, new string
		want           []string
	}{
		{"nothing wrong", "", "", nil},
		{"version is a number", `version: "1"`, "version: 1", []string{`2:10: version: expected a text, not a number: write "1"`}},
		{"no title", "title: A small instrument\n", "", []string{"1:1: title: expected a value: the key is required"}},
		{"empty title", "title: A small instrument", `title: " "`, []string{"3:8: title: expected a text that is not empty"}},
		{"title of two lines", "title: A small instrument", `title: "A\nsmall instrument"`, []string{"3:8: title: expected a text on one line, without control characters (>- folds several lines into one)"}},
		{"long title", "A small instrument", strings.Repeat("x", 2001), []string{"3:8: title: expected at most 2000 bytes"}},
		{"id with space", "id: small\n", "id: a b\n", []string{"1:5: id: " + idForm}},
		{"id that begins with a dot", "id: small\n", "id: .a\n", []string{"1:5: id: " + idForm}},
		{"id of 65 letters", "id: small\n", "id: " + strings.Repeat("a", 65) + "\n", []string{"1:5: id: " + idForm}},
		{"id of 64 letters", "id: small\n", "id: " + strings.Repeat("a", 64) + "\n", nil},
		{"id with every sign", "id: a-2", "id: A0._-", nil},
		{"id of another alphabet", "id: a-2", "id: ä", []string{"13:14: domains[0].questions[1].id: " + idForm}},
		{"unknown key", "no_answer:", "weights: []\nno_answer:", []string{"23:1: weights: expected no such key: " + keys}},

		{"one level", "  - {level: 0, name: Middle}\n  - {level: 1, name: High}\n", "", []string{"5:3: scale: expected 2 to 11 levels, not 1"}},
		{"twelve levels", "  - {level: 1, name: High}\n", levels(1, 10), []string{"5:3: scale: expected 2 to 11 levels, not 12"}},
		{"eleven levels", "  - {level: 1, name: High}\n", levels(1, 9), nil},
		{"levels with a gap", "level: 0", "level: 1", []string{"6:13: scale[1].level: expected 0: levels are consecutive and ascending"}},
		{"descending levels", "level: -1", "level: 1", []string{"6:13: scale[1].level: expected 2: levels are consecutive and ascending"}},
		{"level in quotes", "level: -1", `level: "-1"`, []string{"5:13: scale[0].level: expected a whole number in plain digits, not a text"}},
		{"level with fraction", "level: 0", "level: 0.5", []string{"6:13: scale[1].level: expected a whole number in plain digits, not 0.5"}},
		{"level far out", "level: -1", "level: 1000001", []string{"5:13: scale[0].level: expected a level between -1000000 and 1000000"}},
		{"missing level", "{level: 1, name: High}", "{name: High}", []string{"7:5: scale[2].level: expected a value: the key is required"}},
		{"empty name", "name: High", `name: ""`, []string{"7:22: scale[2].name: expected a text that is not empty"}},
		{"name that reads as a number", "name: High", "name: 1st", nil},
		{"name that reads as a boolean", "name: High", "name: yes", []string{`7:22: scale[2].name: expected a text, not a boolean: write "yes"`}},

		{"no questions", `[{id: b-1, text: "Three"}]`, "[]", []string{"16:16: domains[1].questions: expected at least one question"}},
		{"question without text", `{id: b-1, text: "Three"}`, "{id: b-1}", []string{"16:17: domains[1].questions[0].text: expected a value: the key is required"}},
		{"doubled question", "id: b-1", "id: a-2", []string{"16:22: domains[1].questions[0].id: expected an id of its own: a-2 is domains[0].questions[1].id"}},
		{"question named like its domain", "id: a-1", "id: a", []string{"12:14: domains[0].questions[0].id: expected an id of its own: a is domains[0].id", "24:33: ignore[2]: expected a column that is not read: a is one of the instrument's"}},
		{"attribute named like a domain", "id: kind", "id: b", []string{"21:9: attributes[1].id: expected an id of its own: b is domains[1].id"}},
		{"attribute named like a question", "id: kind", "id: a-1", []string{"21:9: attributes[1].id: expected an id of its own: a-1 is domains[0].questions[0].id"}},
		{"reserved words", "id: b\n", "id: overall\n", []string{"14:9: domains[1].id: expected an id of its own: overall is a reserved word"}},
		{"reserved question", "id: b-1", "id: company", []string{"16:22: domains[1].questions[0].id: expected an id of its own: company is a reserved word"}},
		{"reserved attribute", "id: kind", "id: all", []string{"21:9: attributes[1].id: expected an id of its own: all is a reserved word"}},
		{"reserved words in capitals", "id: kind", "id: All", nil},

		{"doubled value", "id: y", "id: x", []string{"22:41: attributes[1].values[2].id: expected an id of its own: x is attributes[1].values[1].id"}},
		{"one value", "{id: small}, {id: x}, {id: y}", "{id: small}", []string{"22:13: attributes[1].values: expected 2 to 250 values, not 1"}},
		{"value that reads as a number", "id: x", "id: 10", []string{`22:32: attributes[1].values[1].id: expected a text, not a number: write "10"`}},
		{"value with a sign", "id: x", `id: "<10"`, []string{"22:32: attributes[1].values[1].id: " + idForm}},
		{"values without braces", "[{id: small}, {id: x}, {id: y}]", "[small, x]", []string{
			"22:14: attributes[1].values[0]: expected keys with values, not a text",
			"22:21: attributes[1].values[1]: expected keys with values, not a text",
		}},

		{"no answer that is a level", `"99"`, `"1"`, []string{"23:17: no_answer[1]: expected a text that means nothing else: 1 is a level of the scale"}},
		{"no answer that is minus zero", `"99"`, `"-0"`, []string{"23:17: no_answer[1]: expected a text that means nothing else: -0 is a level of the scale"}},
		{"no answer that is a value", "NA", "large", []string{"23:13: no_answer[0]: expected a text that means nothing else: large is a value of the attribute size"}},
		{"no answer without quotes", "NA", "no", []string{`23:13: no_answer[0]: expected a text, not a boolean: write "no"`}},
		{"no answer is empty", "NA", `""`, []string{"23:13: no_answer[0]: expected a text that is not empty"}},
		{"no answer with space", "NA", `" NA"`, []string{"23:13: no_answer[0]: expected a text without space around it: cells are trimmed"}},
		{"no answer twice", `"99"`, "NA", []string{"23:17: no_answer[1]: expected each text once"}},
		{"unknown way with blanks", "no_answer:", "blank: zero\nno_answer:", []string{"23:8: blank: expected skip or lowest"}},
		{"ignored question", "email", "b-1", []string{"24:10: ignore[0]: expected a column that is not read: b-1 is one of the instrument's"}},
		{"ignored attribute", "email", "size", []string{"24:10: ignore[0]: expected a column that is not read: size is one of the instrument's"}},
		{"ignored company", "email", "company", []string{"24:10: ignore[0]: expected a column that is not read: company is one of the instrument's"}},

		{"several at once", "title: First", "title: 1\n    titel: First", []string{
			`10:12: domains[0].title: expected a text, not a number: write "1"`,
			"11:5: domains[0].titel: expected no such key: the keys here are id, title, scale, weight, questions",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if strings.Count(smallYAML, tt.old) != 1 && tt.old != "" {
				t.Fatalf("%q is there %d times", tt.old, strings.Count(smallYAML, tt.old))
			}
			in, err := instrument.Parse("f", []byte(strings.Replace(smallYAML, tt.old, tt.new, 1)))
			if diff := cmp.Diff(tt.want, inputtest.Problems(t, err)); diff != "" {
				t.Error(diff)
			}
			if (in == nil) != (err != nil) {
				t.Errorf("instrument %v, error %v", in, err)
			}
		})
	}
}

// levels lists levels as lines of a file.
func levels(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		fmt.Fprintf(&b, "  - {level: %d, name: Level %d}\n", i, i)
	}
	return b.String()
}

// What is required is reported for the empty instrument and the empty file of
// an instrument alike, the one by its paths.
func TestEmptyInstrument(t *testing.T) {
	_, err := instrument.New(instrument.Spec{})
	want := []string{
		"id: expected an id: 1 to 64 letters, digits, dots, underscores or hyphens, a letter or digit first",
		"version: expected a text that is not empty",
		"title: expected a text that is not empty",
		"scale: expected 2 to 11 levels, not 0",
		"domains: expected at least one domain",
	}
	if diff := cmp.Diff(want, inputtest.Problems(t, err)); diff != "" {
		t.Error(diff)
	}
	_, err = instrument.Parse("f", []byte("{}"))
	want = []string{
		"1:1: id: expected a value: the key is required",
		"1:1: version: expected a value: the key is required",
		"1:1: title: expected a value: the key is required",
		"1:1: domains: expected a value: the key is required",
		"1:1: scale: expected 2 to 11 levels, not 0",
	}
	if diff := cmp.Diff(want, inputtest.Problems(t, err)); diff != "" {
		t.Error(diff)
	}
}

func TestNewInstrumentProblems(t *testing.T) {
	tests := []struct {
		name   string
		change func(*instrument.Spec)
		want   []string
	}{
		{"path of a question", func(s *instrument.Spec) { s.Domains[1].Questions[0].ID = "" }, []string{
			"domains[1].questions[0].id: expected an id: 1 to 64 letters, digits, dots, underscores or hyphens, a letter or digit first",
		}},
		{"bytes that are no text", func(s *instrument.Spec) { s.Domains[0].Title = "\xff" }, []string{"domains[0].title: expected UTF-8"}},
		{"line separator", func(s *instrument.Spec) { s.Scale[0].Test = "a\u2028b" }, []string{
			"scale[0].test: expected a text on one line, without control characters (>- folds several lines into one)",
		}},
		{"no domain", func(s *instrument.Spec) { s.Domains = nil }, []string{"domains: expected at least one domain"}},
		{"many questions", func(s *instrument.Spec) {
			s.Domains[0].Questions = many(2000, func(i int) instrument.Question { return instrument.Question{ID: fmt.Sprintf("q%d", i), Text: "x"} })
		}, []string{"domains: expected at most 2000 questions, not 2001"}},
		{"many values", func(s *instrument.Spec) {
			s.Attributes[0].Values = many(251, func(i int) instrument.Value { return instrument.Value{ID: fmt.Sprintf("v%d", i)} })
		}, []string{"attributes[0].values: expected 2 to 250 values, not 251"}},
		{"many attributes", func(s *instrument.Spec) {
			s.Attributes = many(251, func(i int) instrument.Attribute {
				return instrument.Attribute{ID: fmt.Sprintf("at%d", i), Values: []instrument.Value{{ID: "x"}, {ID: "y"}}}
			})
		}, []string{"attributes: expected at most 250 attributes, not 251"}},
		{"many texts", func(s *instrument.Spec) {
			s.NoAnswer = many(1001, func(i int) string { return fmt.Sprintf("n%d", i) })
		}, []string{"no_answer: expected at most 1000 texts, not 1001"}},
		{"smallest level of all", func(s *instrument.Spec) {
			s.Scale = []instrument.Level{{Level: -1 << 63, Name: "a"}, {Level: 1<<63 - 1, Name: "b"}}
		}, []string{"scale[0].level: expected a level between -1000000 and 1000000"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spec := smallSpec()
			tt.change(&spec)
			_, err := instrument.New(spec)
			if diff := cmp.Diff(tt.want, inputtest.Problems(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// many is n elements.
func many[T any](n int, f func(int) T) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = f(i)
	}
	return list
}
