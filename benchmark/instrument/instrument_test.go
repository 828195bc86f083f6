package instrument_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
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

func smallSpec() instrument.Spec {
	return instrument.Spec{
		ID: "small", Version: "1", Title: "A small instrument",
		Scale: []instrument.Level{{Level: -1, Name: "Low", Test: "Nothing is there"}, {Level: 0, Name: "Middle"}, {Level: 1, Name: "High"}},
		Domains: []instrument.Domain{
			{ID: "a", Title: "First", Questions: []instrument.Question{{ID: "a-1", Text: "One"}, {ID: "a-2", Text: "Two"}}},
			{ID: "b", Title: "Second", Questions: []instrument.Question{{ID: "b-1", Text: "Three"}}},
		},
		Attributes: []instrument.Attribute{
			{"size", "Size", []instrument.Value{{"small", "up to 10"}, {"large", ""}}},
			{"kind", "", []instrument.Value{{"small", ""}, {"x", ""}, {"y", ""}}},
		},
		NoAnswer: []string{"NA", "99"},
		Ignore:   []string{"email", "submitted at", "a"},
	}
}

func TestParseInstrument(t *testing.T) {
	in, err := instrument.Parse("small.yaml", []byte(smallYAML))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(smallSpec(), in.Spec()); diff != "" {
		t.Error(diff)
	}
	if in.ID() != "small" || in.Version() != "1" || in.Title() != "A small instrument" {
		t.Error(in.ID(), in.Version(), in.Title())
	}
	if diff := cmp.Diff([]instrument.Question{{ID: "a-1", Text: "One"}, {ID: "a-2", Text: "Two"}, {ID: "b-1", Text: "Three"}}, in.Spec().Questions()); diff != "" {
		t.Error(diff)
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
	in, err := instrument.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(smallSpec(), in.Spec()); diff != "" {
		t.Error(diff)
	}
	if _, err := instrument.Load(path + "x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

// An instrument shares no memory with its specifications.
func TestInstrumentIsImmutable(t *testing.T) {
	given := smallSpec()
	in, err := instrument.New(given)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range []instrument.Spec{given, in.Spec(), in.Spec().Public()} {
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
}

// The public form has the keys and values of the file in its order, attributes
// always, and never the rules of intake.
func TestInstrumentPublicJSON(t *testing.T) {
	in, err := instrument.New(smallSpec())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"small","version":"1","title":"A small instrument",` +
		`"scale":[{"level":-1,"name":"Low","test":"Nothing is there"},{"level":0,"name":"Middle"},{"level":1,"name":"High"}],` +
		`"domains":[{"id":"a","title":"First","questions":[{"id":"a-1","text":"One"},{"id":"a-2","text":"Two"}]},` +
		`{"id":"b","title":"Second","questions":[{"id":"b-1","text":"Three"}]}],` +
		`"attributes":[{"id":"size","title":"Size","values":[{"id":"small","title":"up to 10"},{"id":"large"}]},` +
		`{"id":"kind","values":[{"id":"small"},{"id":"x"},{"id":"y"}]}]}`
	if got := string(fixture.JSON(t, in.Spec().Public(), "")); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	public, err := instrument.Parse("public", fixture.JSON(t, in.Spec().Public(), ""))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in.Spec().Public(), public.Spec()); diff != "" {
		t.Error(diff)
	}

	spec := smallSpec()
	spec.Attributes = nil
	without, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(fixture.JSON(t, without.Spec().Public(), "")); !strings.HasSuffix(got, `,"attributes":[]}`) {
		t.Error(got)
	}
}

// Instruments are equal if a release shows the same of them.
func TestInstrumentEqual(t *testing.T) {
	changed := func(change func(*instrument.Spec)) *instrument.Instrument {
		spec := smallSpec()
		change(&spec)
		in, err := instrument.New(spec)
		if err != nil {
			t.Fatal(err)
		}
		return in
	}
	base := changed(func(*instrument.Spec) {})
	if !base.Equal(base) || !base.Equal(changed(func(s *instrument.Spec) { s.NoAnswer, s.Ignore = nil, nil })) {
		t.Error("equality depends on the rules of intake")
	}
	for name, change := range map[string]func(*instrument.Spec){
		"version": func(s *instrument.Spec) { s.Version = "2" },
		"level":   func(s *instrument.Spec) { s.Scale[0].Name = "Lowest" },
		"text":    func(s *instrument.Spec) { s.Domains[1].Questions[0].Text = "Drei" },
		"value":   func(s *instrument.Spec) { s.Attributes[1].Values[2].ID = "z" },
		"order":   func(s *instrument.Spec) { s.Domains[0], s.Domains[1] = s.Domains[1], s.Domains[0] },
	} {
		if base.Equal(changed(change)) {
			t.Errorf("%s: they are equal", name)
		}
	}
}
