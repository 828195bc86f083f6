package instrument_test

import (
	"encoding/json"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/inputtest"

	"github.com/google/go-cmp/cmp"
)

// threeScales is an instrument with a domain on each of three scales, and two on the first.
const threeScales = `id: three
version: "1"
title: Three scales
scales:
  - id: often
    title: How often
    levels: [{level: 1, name: Never}, {level: 2, name: Rarely}, {level: 3, name: Sometimes}, {level: 4, name: Often}, {level: 5, name: Always}]
  - id: agree
    levels: [{level: -1, name: "No", value: 0}, {level: 0, name: Partly, value: 2.5}, {level: 1, name: "Yes", value: 3}]
  - id: done
    levels: [{level: 0, name: "No"}, {level: 1, name: "Yes"}]
functions:
  - {id: f, title: F, domains: [a, c]}
  - {id: g, title: G, domains: [b]}
  - {id: h, title: H, domains: [d]}
domains:
  - {id: a, title: A, scale: often, questions: [{id: a1, text: A1}, {id: a2, text: A2, weight: 3}]}
  - {id: b, title: B, scale: agree, questions: [{id: b1, text: B1}]}
  - {id: c, title: C, scale: often, weight: 2, questions: [{id: c1, text: C1}]}
  - {id: d, title: D, scale: done, questions: [{id: d1, text: D1}]}
profiles:
  - {id: p, minimum: {a2: 4, b1: 0, d1: 1}}
translations:
  de: {scale often: Wie oft, level often 1: Nie, test agree 0: Zum Teil erfüllt, level done 1: Ja}
`

func parseScales(t *testing.T, text string) *instrument.Instrument {
	t.Helper()
	in, err := instrument.Parse("f", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestScales(t *testing.T) {
	in := parseScales(t, threeScales)
	s := in.Spec()
	if !s.Several() || s.Valued() != true {
		t.Errorf("several %v, valued %v", s.Several(), s.Valued())
	}
	// In twelfths of the range: quarters, 0 and 10 and 12, and the ends.
	levels, places, steps := s.Axis()
	want := [][]int{{0, 1, 2, 3, 5}, {0, 4, 5}, {0, 1, 2, 3, 5}, {0, 5}}
	if diff := cmp.Diff(want, levels); diff != "" || places != 6 || !cmp.Equal(steps, []int{0, 3, 6, 9, 10, 12}) {
		t.Errorf("%d places with %v: %s", places, steps, diff)
	}
	for q, domain := range []int{0, 0, 1, 2, 3} {
		if got := s.DomainOf(q); got != domain {
			t.Errorf("question %d is in domain %d", q, got)
		}
		if on := s.OnQuestion(q); on.Several() || len(on.Scale) != len(want[domain]) {
			t.Errorf("question %d is on a scale of %d levels", q, len(on.Scale))
		}
	}
	if on := s.OnFunction(0); len(on.Scale) != 5 {
		t.Errorf("function f is on a scale of %d levels", len(on.Scale))
	}
	de := s.In("de")
	if de.Scales[0].Title != "Wie oft" || de.Scales[0].Levels[0].Name != "Nie" || de.Scales[1].Levels[1].Test != "Zum Teil erfüllt" || de.Scales[2].Levels[1].Name != "Ja" {
		t.Errorf("in German: %+v", de.Scales)
	}
	if s.Scales[0].Levels[0].Name != "Never" {
		t.Error("a translation changes the original")
	}
	again, err := in.Retitle(instrument.Texts{Version: "x", Levels: map[string]string{"agree 0": "So so"}})
	if err != nil || again.Spec().Scales[1].Levels[1].Name != "So so" {
		t.Errorf("other words: %v", err)
	}
	data, err := json.Marshal(s.Public())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), `"scale":[`) || strings.Contains(string(data), `"scale":null`) {
		t.Errorf("a scale beside several: %s", data)
	}
}

// Of the levels of the first and the last domain of a function, each by its weight: a is
// (1·2 + 3·5)/4, c is 3 with twice the weight of a question of a. There is no overall score.
func TestScorerOfScales(t *testing.T) {
	c := parseScales(t, threeScales).Spec().Scorer()
	levels := []int{1, 4, 1, 2, 1}
	at := func(q int) int { return levels[q] }
	for d, want := range []float64{4.25, 2.5, 3, 1} {
		if got, ok := c.Domain(d, at); !ok || got != want {
			t.Errorf("domain %d: %v, want %v", d, got, want)
		}
	}
	if got, ok := c.Function(0, at); !ok || got != 23./6 {
		t.Errorf("function: %v, want %v", got, 23./6)
	}
	if _, ok := c.Overall(at); ok {
		t.Error("there is an overall score of several scales")
	}
	if got := c.Question(1, 1); got != 2.5 {
		t.Errorf("level 0 of the second scale counts %v", got)
	}
	if got := c.Mean(1, []int{1, 2, 1}); got != 2 {
		t.Errorf("mean %v on the second scale, want 2", got)
	}
}

func TestScalesProblems(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown scale":    {"b, title: B, scale: agree", "b, title: B, scale: agreed", "18:30: domains[1].scale: expected the id of one of the scales"},
		"no scale":         {"b, title: B, scale: agree, ", "b, title: B, ", "18:5: domains[1].scale: expected the id of one of the scales"},
		"scale beside":     {"scales:\n", "scale: [{level: 0, name: a}, {level: 1, name: b}]\nscales:\n", "4:8: scale: expected none beside scales"},
		"one scale":        {threeScales[strings.Index(threeScales, "  - id: agree"):strings.Index(threeScales, "functions:")], "", "5:3: scales: expected 2 to 10 scales, not 1: a single one is scale"},
		"the same id":      {"  - id: done", "  - id: often", "10:9: scales[2].id: expected an id of its own: often is scales[0].id"},
		"not used":         {"{id: d, title: D, scale: done, questions: [{id: d1, text: D1}]}", "{id: d, title: D, scale: often, questions: [{id: d1, text: D1}]}", "10:9: scales[2].id: expected a scale that a domain names"},
		"levels":           {"{level: 2, name: Rarely}", "{level: 7, name: Rarely}", "7:47: scales[0].levels[1].level: expected 2: levels are consecutive and ascending"},
		"scores":           {"functions:\n", "scores: {from: 0, to: 3}\nfunctions:\n", "12:9: scores: expected none beside scales: the scores of a domain are on its own scale"},
		"mixed function":   {"domains: [a, c]}", "domains: [a, b]}", "13:36: functions[0].domains[1]: expected a domain on the scale of a: a function is the mean of its domains"},
		"off its scale":    {"minimum: {a2: 4, b1: 0, d1: 1}", "minimum: {a2: 4, b1: 2, d1: 1}", "22:34: profiles[0].minimum.b1: expected a level of the scale"},
		"values of two":    {`{level: 1, name: "Yes"}]` + "\nfunctions", `{level: 1, name: "Yes", value: 3}]` + "\nfunctions", "11:13: scales[2].levels: expected no values of two levels: their means are printed in percent of the upper one"},
		"unknown language": {"level often 1: Nie", "level 1: Nie", `24:39: translations.de.level 1: expected title, "level 3", "test 3", "size=small", or the id of a question, domain, attribute or profile of the instrument`},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(threeScales, c.old) {
				t.Fatalf("%q is not in the file", c.old)
			}
			_, err := instrument.Parse("f", []byte(strings.Replace(threeScales, c.old, c.new, 1)))
			if err == nil {
				t.Fatal("accepted")
			}
			if got := inputtest.Problems(t, err); !strings.Contains(strings.Join(got, "\n"), c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	one := instrument.JSP().Spec()
	one.Domains[0].Scale = "often"
	if _, err := instrument.New(one); err == nil || !strings.Contains(err.Error(), "domains[0].scale") {
		t.Errorf("a domain that names the only scale: %v", err)
	}
}

// What does not fit on one axis is refused: too many places, and steps too fine.
func TestScalesThatDoNotFit(t *testing.T) {
	scale := func(id string, values ...string) instrument.NamedScale {
		s := instrument.NamedScale{ID: id}
		for l, v := range values {
			s.Levels = append(s.Levels, instrument.Level{Level: l, Name: id + v, Value: instrument.Decimal(v)})
		}
		return s
	}
	for name, c := range map[string]struct {
		a, b instrument.NamedScale
		want string
	}{
		"places": {scale("a", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"), scale("b", "0", "1", "2", "3", "4", "5", "6"), "no more than 11 places, the ends of all scales being the same ones: these are at 15"},
		"steps":  {scale("a", "0", "1", "97"), scale("b", "0", "1", "89"), "at most 100 of them"},
	} {
		_, err := instrument.New(instrument.Spec{
			ID: "x", Version: "1", Title: "X", Scales: []instrument.NamedScale{c.a, c.b},
			Domains: []instrument.Domain{
				{ID: "d", Title: "D", Scale: "a", Questions: []instrument.Question{{ID: "q", Text: "Q"}}},
				{ID: "e", Title: "E", Scale: "b", Questions: []instrument.Question{{ID: "r", Text: "R"}}},
			},
		})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
