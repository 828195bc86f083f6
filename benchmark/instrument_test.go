package benchmark

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// smallYAML uses every key of the format; tests change lines of it.
const smallYAML = `id: small
version: "1"
title: A small instrument
scale:
  - {level: -1, name: Low, test: "Nothing is there"}
  - {level: 0, name: Middle}
  - {level: 1, name: High}
domains:
  - id: a
    title: First
    questions:
      - {id: a-1, text: "One"}
      - {id: a-2, text: "Two"}
  - id: b
    title: Second
    questions: [{id: b-1, text: "Three"}]
attributes:
  - id: size
    title: Size
    values: [{id: small, title: "up to 10"}, {id: large}]
  - id: kind
    values: [{id: small}, {id: x}, {id: y}]
no_answer: [NA, "99"]
ignore: [email, "submitted at", a]
`

func smallSpec() InstrumentSpec {
	return InstrumentSpec{
		ID: "small", Version: "1", Title: "A small instrument",
		Scale: []Level{{-1, "Low", "Nothing is there"}, {0, "Middle", ""}, {1, "High", ""}},
		Domains: []Domain{
			{"a", "First", []Question{{"a-1", "One"}, {"a-2", "Two"}}},
			{"b", "Second", []Question{{"b-1", "Three"}}},
		},
		Attributes: []Attribute{
			{"size", "Size", []Value{{"small", "up to 10"}, {"large", ""}}},
			{"kind", "", []Value{{"small", ""}, {"x", ""}, {"y", ""}}},
		},
		NoAnswer: []string{"NA", "99"},
		Ignore:   []string{"email", "submitted at", "a"},
	}
}

func TestParseInstrument(t *testing.T) {
	in, err := ParseInstrument("small.yaml", []byte(smallYAML))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(smallSpec(), in.Spec()); diff != "" {
		t.Error(diff)
	}
	if in.ID() != "small" || in.Version() != "1" || in.Title() != "A small instrument" {
		t.Error(in.ID(), in.Version(), in.Title())
	}
	indexes := []any{in.questions, in.domainOf, in.questionAt, in.attributeAt, in.valueAt, in.noAnswer, in.ignored}
	want := []any{
		[]Question{{"a-1", "One"}, {"a-2", "Two"}, {"b-1", "Three"}}, []int{0, 0, 1},
		map[string]int{"a-1": 0, "a-2": 1, "b-1": 2}, map[string]int{"size": 0, "kind": 1},
		[]map[string]uint8{{"small": 1, "large": 2}, {"small": 1, "x": 2, "y": 3}},
		map[string]bool{"": true, "NA": true, "99": true}, map[string]bool{"email": true, "submitted at": true, "a": true},
	}
	if diff := cmp.Diff(want, indexes); diff != "" {
		t.Error(diff)
	}
}

func TestLevelIndex(t *testing.T) {
	in, err := NewInstrument(smallSpec())
	if err != nil {
		t.Fatal(err)
	}
	for score, want := range map[int]int{-1: 0, 0: 1, 1: 2} {
		if got, ok := in.levelIndex(score); !ok || got != want {
			t.Errorf("%d: %d, %v", score, got, ok)
		}
	}
	for _, score := range []int{-2, 2, math.MinInt, math.MaxInt} {
		if _, ok := in.levelIndex(score); ok {
			t.Errorf("%d is a level", score)
		}
	}
}

func TestLoadInstrument(t *testing.T) {
	path := filepath.Join(t.TempDir(), "small.json")
	data, err := json.Marshal(smallSpec()) // JSON is YAML
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := LoadInstrument(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(smallSpec(), in.Spec()); diff != "" {
		t.Error(diff)
	}
	if _, err := LoadInstrument(path + "x"); !os.IsNotExist(unwrapped(err)) {
		t.Errorf("missing file: %v", err)
	}
}

func unwrapped(err error) error {
	if u, ok := err.(interface{ Unwrap() error }); ok {
		return u.Unwrap()
	}
	return err
}

// An instrument shares no memory with its specifications.
func TestInstrumentIsImmutable(t *testing.T) {
	given := smallSpec()
	in, err := NewInstrument(given)
	if err != nil {
		t.Fatal(err)
	}
	digest := in.digest()
	for _, spec := range []InstrumentSpec{given, in.Spec(), in.Spec().Public()} {
		spec.Scale[0].Name = "changed"
		spec.Domains[0].Questions[0].ID = "changed"
		spec.Domains[1].Title = "changed"
		spec.Attributes[0].Values[0].ID = "changed"
		spec.Attributes[1].ID = "changed"
		if spec.NoAnswer != nil {
			spec.NoAnswer[0], spec.Ignore[0] = "changed", "changed"
		}
	}
	if diff := cmp.Diff(smallSpec(), in.Spec()); diff != "" {
		t.Error(diff)
	}
	if in.digest() != digest {
		t.Error("the digest has changed")
	}
}

// The public form has the keys and values of the file in its order, attributes
// always, and never the rules of intake.
func TestInstrumentPublicJSON(t *testing.T) {
	in, err := NewInstrument(smallSpec())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"small","version":"1","title":"A small instrument",` +
		`"scale":[{"level":-1,"name":"Low","test":"Nothing is there"},{"level":0,"name":"Middle"},{"level":1,"name":"High"}],` +
		`"domains":[{"id":"a","title":"First","questions":[{"id":"a-1","text":"One"},{"id":"a-2","text":"Two"}]},` +
		`{"id":"b","title":"Second","questions":[{"id":"b-1","text":"Three"}]}],` +
		`"attributes":[{"id":"size","title":"Size","values":[{"id":"small","title":"up to 10"},{"id":"large"}]},` +
		`{"id":"kind","values":[{"id":"small"},{"id":"x"},{"id":"y"}]}]}`
	if got := string(in.publicJSON()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	public, err := ParseInstrument("public", in.publicJSON())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in.Spec().Public(), public.Spec()); diff != "" {
		t.Error(diff)
	}

	spec := smallSpec()
	spec.Attributes = nil
	without, err := NewInstrument(spec)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(without.publicJSON()); !strings.HasSuffix(got, `,"attributes":[]}`) {
		t.Error(got)
	}
}

func TestInstrumentDigest(t *testing.T) {
	digest := func(change func(*InstrumentSpec)) [32]byte {
		spec := smallSpec()
		change(&spec)
		in, err := NewInstrument(spec)
		if err != nil {
			t.Fatal(err)
		}
		return in.digest()
	}
	base := digest(func(*InstrumentSpec) {})
	if digest(func(s *InstrumentSpec) { s.NoAnswer, s.Ignore = nil, nil }) != base {
		t.Error("the digest depends on the rules of intake")
	}
	for name, change := range map[string]func(*InstrumentSpec){
		"version": func(s *InstrumentSpec) { s.Version = "2" },
		"level":   func(s *InstrumentSpec) { s.Scale[0].Name = "Lowest" },
		"text":    func(s *InstrumentSpec) { s.Domains[1].Questions[0].Text = "Drei" },
		"value":   func(s *InstrumentSpec) { s.Attributes[1].Values[2].ID = "z" },
		"order":   func(s *InstrumentSpec) { s.Domains[0], s.Domains[1] = s.Domains[1], s.Domains[0] },
	} {
		if digest(change) == base {
			t.Errorf("%s: the digest is the same", name)
		}
	}
}
