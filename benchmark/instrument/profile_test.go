package instrument_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/inputtest"
)

// withKeys is smallYAML with keys before no_answer, which is line 23.
func withKeys(keys string) []byte {
	return []byte(strings.Replace(smallYAML, "no_answer:", keys+"\nno_answer:", 1))
}

func TestProfiles(t *testing.T) {
	in, err := instrument.Parse("f", withKeys(`profiles:
  - {id: buyer, title: Buyer, minimum: {b-1: 1, a-1: 0}}
  - id: badge
    minimum:
      a-2: -1`))
	if err != nil {
		t.Fatal(err)
	}
	want := []instrument.Profile{{"buyer", "Buyer", map[string]int{"a-1": 0, "b-1": 1}}, {"badge", "", map[string]int{"a-2": -1}}}
	if diff := cmp.Diff(want, in.Spec().Profiles); diff != "" {
		t.Error(diff)
	}
	in.Spec().Profiles[0].Minimum["a-1"] = 1
	if in.Spec().Profiles[0].Minimum["a-1"] != 0 {
		t.Error("a copy reaches the instrument")
	}
}

func TestProfileProblems(t *testing.T) {
	tests := []struct {
		name, profiles string
		want           []string
	}{
		{"no title", `profiles: [{id: p, minimum: {a-1: 1}}]`, nil},
		{"none", `profiles: []`, nil},
		{"no minimum", `profiles: [{id: p}]`, []string{"23:12: profiles[0].minimum: expected a value: the key is required"}},
		{"empty minimum", `profiles: [{id: p, minimum: {}}]`, []string{"23:29: profiles[0].minimum: expected the minimum level of at least one question"}},
		{"minimum as a list", `profiles: [{id: p, minimum: [a-1]}]`, []string{"23:29: profiles[0].minimum: expected keys with values, not a list"}},
		{"level of no scale", `profiles: [{id: p, minimum: {a-1: 2}}]`, []string{"23:35: profiles[0].minimum.a-1: expected a level of the scale"}},
		{"level in quotes", `profiles: [{id: p, minimum: {a-1: "1"}}]`, []string{"23:35: profiles[0].minimum.a-1: expected a whole number in plain digits, not a text"}},
		{"domain", `profiles: [{id: p, minimum: {b: 1}}]`, []string{"23:33: profiles[0].minimum.b: expected the id of a question of the instrument"}},
		{"question twice", "profiles:\n- id: p\n  minimum:\n    a-1: 1\n    a-1: 0", []string{"27:5: profiles[0].minimum.a-1: expected each key once"}},
		{"named like a question", `profiles: [{id: a-1, minimum: {a-1: 1}}]`, []string{"23:17: profiles[0].id: expected an id of its own: a-1 is domains[0].questions[0].id"}},
		{"named like an attribute", `profiles: [{id: kind, minimum: {a-1: 1}}]`, []string{"23:17: profiles[0].id: expected an id of its own: kind is attributes[1].id"}},
		{"named like another", `profiles: [{id: p, minimum: {a-1: 1}}, {id: p, minimum: {a-1: 1}}]`, []string{"23:45: profiles[1].id: expected an id of its own: p is profiles[0].id"}},
		{"reserved", `profiles: [{id: overall, minimum: {a-1: 1}}]`, []string{"23:17: profiles[0].id: expected an id of its own: overall is a reserved word"}},
		{"too many", "profiles:" + strings.Repeat("\n- {id: p, minimum: {a-1: 1}}", 101), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := instrument.Parse("f", withKeys(tt.profiles))
			got := inputtest.Problems(t, err)
			if tt.name == "too many" {
				got, tt.want = got[:1], []string{"24:1: profiles: expected at most 100 profiles, not 101"}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCrosswalkProblems(t *testing.T) {
	const from = "crosswalk:\n  from: {id: small, version: \"0\"}\n  questions:\n"
	tests := []struct {
		name, crosswalk string
		want            []string
	}{
		{"every change", from + `
    - {old: [x], new: [a-1], change: same}
    - {old: [a-1, a-2], new: [a-2], change: split}
    - {new: [b-1], change: new}
    - {old: [c], change: retired}`, nil},
		{"from itself", strings.Replace(from, `"0"`, `"1"`, 1) + `    - {old: [x], new: [a-1], change: same}`, []string{
			"24:9: crosswalk.from: expected another instrument, or another version of this one: questions of one version are the same",
		}},
		{"no entries", "crosswalk: {from: {id: small, version: \"0\"}, questions: []}", []string{"23:57: crosswalk.questions: expected at least one entry, or “others: same”"}},
		{"the others only", "crosswalk: {from: {id: small, version: \"0\"}, others: same}", nil},
		{"the others and the scale otherwise", "crosswalk: {from: {id: small, version: \"0\"}, scale: reworded, others: new}", []string{
			"23:53: crosswalk.scale: expected same, or nothing", "23:71: crosswalk.others: expected same, or nothing",
		}},
		{"unknown change", from + `    - {old: [x], new: [a-1], change: equal}`, []string{
			"26:38: crosswalk.questions[0].change: expected same, reworded, split, new or retired",
		}},
		{"same with two", from + `    - {old: [x], new: [a-1, a-2], change: same}`, []string{"26:7: crosswalk.questions[0]: expected one old question and one new one"}},
		{"split of one", from + `    - {old: [x], new: [a-1], change: split}`, []string{
			"26:7: crosswalk.questions[0]: expected one old question and several new ones, or several old ones and a new one",
		}},
		{"new with an old one", from + `    - {old: [x], new: [a-1], change: new}`, []string{"26:7: crosswalk.questions[0]: expected new questions and no old one"}},
		{"retired and there", from + `    - {old: [x], new: [a-1], change: retired}`, []string{"26:7: crosswalk.questions[0]: expected old questions and no new one"}},
		{"unknown question", from + `    - {old: [x], new: [a-9], change: same}`, []string{
			"26:24: crosswalk.questions[0].new[0]: expected the id of a question of the instrument",
		}},
		{"old question twice", from + "    - {old: [x], new: [a-1], change: same}\n    - {old: [x], new: [a-2], change: same}", []string{
			"27:14: crosswalk.questions[1].old[0]: expected an id of its own: x is crosswalk.questions[0].old[0]",
		}},
		{"new question twice", from + "    - {old: [x], new: [a-1], change: same}\n    - {old: [y], new: [a-1], change: same}", []string{
			"27:24: crosswalk.questions[1].new[0]: expected an id of its own: a-1 is crosswalk.questions[0].new[0]",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := instrument.Parse("f", withKeys(tt.crosswalk))
			if diff := cmp.Diff(tt.want, inputtest.Problems(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A ladder goes upwards: each profile asks for all of the one before, and for more.
func TestLadders(t *testing.T) {
	p := func(minima ...any) instrument.Profile {
		m := map[string]int{}
		for i := 0; i < len(minima); i += 2 {
			m[minima[i].(string)] = minima[i+1].(int)
		}
		return instrument.Profile{Minimum: m}
	}
	for name, tt := range map[string]struct {
		profiles []instrument.Profile
		want     string
	}{
		"none":           {nil, "[]"},
		"apart":          {[]instrument.Profile{p("a", 1), p("b", 1)}, "[]"},
		"the same":       {[]instrument.Profile{p("a", 1), p("a", 1)}, "[]"},
		"more practices": {[]instrument.Profile{p("a", 1), p("a", 1, "b", 1), p("c", 1)}, "[[0 1]]"},
		"higher levels":  {[]instrument.Profile{p("a", 1), p("a", 2), p("a", 3)}, "[[0 1 2]]"},
		"one is lower":   {[]instrument.Profile{p("a", 2), p("a", 1, "b", 1)}, "[]"},
		"two ladders":    {[]instrument.Profile{p("a", 1), p("b", 1), p("b", 2), p("a", 1, "c", 1)}, "[[0 3] [1 2]]"},
		"downwards":      {[]instrument.Profile{p("a", 2), p("a", 1)}, "[]"},
	} {
		if got := fmt.Sprint(instrument.Spec{Profiles: tt.profiles}.Ladders()); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
