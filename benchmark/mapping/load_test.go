package mapping_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/mapping"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const long = `
company: {column: [Organisation, Firm]}
attributes:
  size: {column: How large?, values: {small: [1-49, "51+"], large: {from: 50, below: 250.5}}, other: not stated, join: true}
  region: Where?
  sector: {options: {health: [s1, s2], other: s3}}
questions:
  gov-01: Q1[SQ001]
  gov-02: {column: [Q2], answers: {0: never}, join: true}
  gov-03: {options: {0: Q3_0, Managed: [Q3_1, Q3_2]}}
answers: {0: 0, 1: 0.25, Defined: [yes, 03], 4: {texts: x, to: 9}}
no_answer: [-99, NULL, ., 2026-01-01]
keep: {Status: IP Address}
drop: {Finished: [False, 0]}
duplicates: last
timestamp: Recorded
long: {question: q, answer: [a, b]}
ignore: id
delimiter: ";"
encoding: cp1252
decimal: ","
dates: dmy
sheet: Answers
title_rows: 1
header_rows: 2
skip_rows: 3
unit: company
companies: any
`

func TestParse(t *testing.T) {
	m, err := mapping.Parse("import.yaml", []byte(long))
	if err != nil {
		t.Fatal(err)
	}
	n := func(x float64) *float64 { return &x }
	want := &mapping.Mapping{
		Delimiter: ";", Encoding: "cp1252", Decimal: ",", Dates: "dmy", Sheet: "Answers", TitleRows: 1, HeaderRows: 2, SkipRows: 3,
		Unit: "company", Companies: "any", Duplicates: "last",
		Keep: map[string]mapping.Texts{"Status": {"IP Address"}}, Drop: map[string]mapping.Texts{"Finished": {"False", "0"}},
		Timestamp: &mapping.Column{Column: mapping.Texts{"Recorded"}}, Long: &mapping.Long{Question: mapping.Texts{"q"}, Answer: mapping.Texts{"a", "b"}},
		Company: &mapping.Column{Column: mapping.Texts{"Organisation", "Firm"}},
		Attributes: map[string]mapping.Attribute{
			"size": {Column: mapping.Texts{"How large?"}, Other: mapping.NotStated, Join: true, Values: map[string]mapping.Match{
				"small": {Texts: mapping.Texts{"1-49", "51+"}}, "large": {From: n(50), Below: n(250.5)}}},
			"region": {Column: mapping.Texts{"Where?"}}, "sector": {Options: map[string]mapping.Texts{"health": {"s1", "s2"}, "other": {"s3"}}},
		},
		Questions: map[string]mapping.Question{
			"gov-01": {Column: mapping.Texts{"Q1[SQ001]"}},
			"gov-02": {Column: mapping.Texts{"Q2"}, Answers: map[string]mapping.Match{"0": {Texts: mapping.Texts{"never"}}}, Join: true},
			"gov-03": {Options: map[string]mapping.Texts{"0": {"Q3_0"}, "Managed": {"Q3_1", "Q3_2"}}},
		},
		Answers:  map[string]mapping.Match{"0": {Texts: mapping.Texts{"0"}}, "1": {Texts: mapping.Texts{"0.25"}}, "Defined": {Texts: mapping.Texts{"yes", "03"}}, "4": {Texts: mapping.Texts{"x"}, To: n(9)}},
		NoAnswer: mapping.Texts{"-99", "NULL", ".", "2026-01-01"}, Ignore: mapping.Texts{"id"},
	}
	if diff := cmp.Diff(want, m, cmpopts.IgnoreUnexported(mapping.Mapping{})); diff != "" {
		t.Error(diff)
	}
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "import.yaml")
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if m, err := mapping.Load(path); err != nil || m == nil {
		t.Errorf("an empty mapping: %v", err)
	}
	if _, err := mapping.Load(path + "x"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestProblems(t *testing.T) {
	for text, want := range map[string]string{
		"compny: x":                      "import.yaml:1:1: compny: expected no such key",
		"company: {col: x}":              "import.yaml:1:11: company.col: expected no such key",
		"company: [[x]]":                 "import.yaml:1:11: company[0]: expected a text, not a list",
		"skip_rows: two":                 "import.yaml:1:12: skip_rows: expected a whole number",
		"keep: {Status: }":               "keep.Status: expected a text, not null",
		"long: {question: q}":            "long.answer: expected a value",
		"attributes: {size: {other: 3}}": "attributes.size.other: expected a text, not a number",
	} {
		_, err := mapping.Parse("import.yaml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// Problems that are found against an instrument have the places of the file.
func TestErr(t *testing.T) {
	m, err := mapping.Parse("import.yaml", []byte("questions:\n  gov-01: a\n  gov-10: b\n"))
	if err != nil {
		t.Fatal(err)
	}
	problems := []input.Problem{{Field: "questions.gov-10", Expected: "a question"}}
	if got := m.Err(problems).Error(); got != "import.yaml:3:11: questions.gov-10: expected a question" {
		t.Errorf("got %s", got)
	}
	if got := m.Err(problems).Error(); strings.Count(got, "\n") > 0 {
		t.Errorf("problems pile up: %s", got)
	}
	if got := (&mapping.Mapping{}).Err(problems).Error(); got != "questions.gov-10: expected a question" {
		t.Errorf("made in Go: %s", got)
	}
	if m.Err(nil) != nil {
		t.Error("an error without problems")
	}
}

// The schema takes what Parse takes.
func TestSchema(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(mapping.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.AddResource("mapping.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("mapping.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := func(text string) error {
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(instance)
	}
	if err := valid(strings.ReplaceAll(long, "NULL, ", "")); err != nil {
		t.Error(err)
	}
	for _, text := range []string{"compny: x", "company: {col: x}", "skip_rows: two", "long: {question: q}", "unit: person", "answers: {0: {to: 1, below: 2}}"} {
		if valid(text) == nil {
			t.Errorf("the schema takes %s", text)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(long), uint64(1))
	f.Add([]byte("company: [a]\nanswers: {0: {from: 1}}"), uint64(1))
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		for text := range inputtest.Mutants(data, seed) {
			m, err := mapping.Parse("import.yaml", text)
			if (m == nil) == (err == nil) {
				t.Errorf("%q: mapping %v and error %v", text, m, err)
			}
		}
	})
}
