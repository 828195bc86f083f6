package instrument_test

import (
	"math"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/inputtest"

	"github.com/google/go-cmp/cmp"
)

// valuedYAML has levels that count quarters, scores from 0 to 3, weights and two
// functions.
const valuedYAML = `id: valued
version: "1"
title: Valued
scale:
  - {level: 0, name: "No", value: 0}
  - {level: 1, name: Some, value: 0.250}
  - {level: 2, name: Half, value: .5}
  - {level: 3, name: All, value: 1}
scores: {from: 0, to: 3}
functions:
  - {id: f, title: First, domains: [a]}
  - {id: g, title: Second, domains: [b]}
domains:
  - id: a
    title: A
    weight: 2
    questions: [{id: a-1, text: One, weight: 3}, {id: a-2, text: Two}]
  - id: b
    title: B
    questions: [{id: b-1, text: Three}]
`

// A score is the mean of what answers count, by their weights, on the scale of scores.
func TestScorer(t *testing.T) {
	in, err := instrument.Parse("f", []byte(valuedYAML))
	if err != nil {
		t.Fatal(err)
	}
	s := in.Spec()
	if diff := cmp.Diff([]int{0, 1, 2, 4}, s.Steps()); diff != "" {
		t.Error(diff)
	}
	if s.Scale[1].Value != "0.25" {
		t.Errorf("the value is spelt %s", s.Scale[1].Value)
	}
	c := s.Scorer()
	together := in.Spec()
	together.Functions = []instrument.Function{{ID: "f", Title: "Both", Domains: []string{"b", "a"}}}
	both := together.Scorer()
	for _, tt := range []struct {
		levels           []int
		a, b, overall    float64
		hasA, hasB, some bool
	}{
		// a: 3·(3·1 + 1·0.25)/4 = 2.4375; overall: 3·(6·1 + 2·0.25 + 1·0.5)/9.
		{[]int{3, 1, 2}, 2.4375, 1.5, 7. / 3, true, true, true},
		{[]int{-1, 2, -1}, 1.5, 0, 1.5, true, false, true},
		{[]int{-1, -1, -1}, 0, 0, 0, false, false, false},
	} {
		level := func(q int) int { return tt.levels[q] }
		a, hasA := c.Domain(0, level)
		b, hasB := c.Domain(1, level)
		overall, some := c.Overall(level)
		if f, hasF := c.Function(0, level); f != a || hasF != hasA {
			t.Errorf("%v: the score of the function of one domain is %v, that of the domain %v", tt.levels, f, a)
		}
		if f, hasF := both.Function(0, level); f != overall || hasF != some {
			t.Errorf("%v: the score of the function of all domains is %v, the overall score %v", tt.levels, f, overall)
		}
		if math.Abs(a-tt.a)+math.Abs(b-tt.b)+math.Abs(overall-tt.overall) > 1e-12 || hasA != tt.hasA || hasB != tt.hasB || some != tt.some {
			t.Errorf("%v: %v, %v and %v", tt.levels, a, b, overall)
		}
	}
	if got := c.Mean(0, []int{1, 2, 0, 1}); got != 0.375 {
		t.Errorf("mean %v, expected 0.375", got)
	}
	// (0·½ + 0.25·⅓ + 1·⅙) in millionths: 0.25·333333 + 166667 = 250000.25.
	if got := s.MeanOfShares([]decimal.Micro{500000, 333333, 0, 166667}); got != 250000 {
		t.Errorf("mean of shares %d millionths", got)
	}
	// Half a millionth goes up: 0.25·2 = 0.5 millionths.
	if got := s.MeanOfShares([]decimal.Micro{999998, 2, 0, 0}); got != 1 {
		t.Errorf("mean of shares %d millionths", got)
	}
}

// Without values a score is the mean of levels, as it always was.
func TestScorerOfLevels(t *testing.T) {
	s := smallSpec()
	c := s.Scorer()
	if got, ok := c.Overall(func(q int) int { return []int{0, 2, 2}[q] }); !ok || got != float64(-1+1+1)/3 {
		t.Errorf("overall %v", got)
	}
	if s.Steps() != nil || s.Valued() {
		t.Error("levels one apart have values")
	}
	questions, domains := s.Weights()
	if questions != nil || domains != nil {
		t.Error("there are weights")
	}
}

func TestScoreProblems(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string
		want           []string
	}{
		{"some values", `, value: 0.250`, "", []string{"5:3: scale: expected a value of every level, or of none"}},
		{"descending", "value: 1}", "value: 0.5}", []string{"8:34: scale[3].value: expected more than 0.5: values ascend"}},
		{"too fine", "value: 0.250", "value: 0.251", []string{"5:3: scale: expected values that are multiples of a step, and at most 100 of them from the lowest to the highest"}},
		{"seven decimals", "value: 0.250", "value: 0.2500001", []string{"6:35: scale[1].value: expected a number in plain digits with at most six decimals, within ±1000000"}},
		{"text", "value: 0.250", `value: "0.25"`, []string{"6:35: scale[1].value: expected a number in plain digits, not a text"}},
		{"no range", "to: 3", "to: 0", []string{"9:23: scores.to: expected more than 0"}},
		{"scores of two levels", "  - {level: 2, name: Half, value: .5}\n  - {level: 3, name: All, value: 1}\n", "", []string{
			"5:3: scale: expected no values of two levels: their means are printed in percent of the upper one",
			"7:9: scores: expected a scale of more than two levels: scores of two are printed in percent",
		}},
		{"heavy", "weight: 3", "weight: 101", []string{"17:46: domains[0].questions[0].weight: expected a whole number from 1 to 100"}},
		{"no weight", "weight: 2", "weight: 0", []string{"16:13: domains[0].weight: expected a whole number from 1 to 100"}},
		{"domain twice", "[b]", "[a, b]", []string{"12:38: functions[1].domains[0]: expected the id of a domain that is in no other function"}},
		{"domain nowhere", "  - {id: g, title: Second, domains: [b]}\n", "", []string{"11:3: functions: expected every domain in one of them: b is in none"}},
		{"function without domains", "domains: [b]", "domains: []", []string{
			"11:3: functions: expected every domain in one of them: b is in none", "12:37: functions[1].domains: expected at least one domain",
		}},
		{"function named like a domain", "id: g", "id: b", []string{"12:10: functions[1].id: expected an id of its own: b is domains[1].id"}},
		{"source without a licence", "title: Valued", "title: Valued\nsource: {name: Somebody}", []string{"4:9: source.license: expected a value: the key is required"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := valuedYAML
			if strings.Count(text, tt.old) != 1 {
				t.Fatalf("%q is there %d times", tt.old, strings.Count(text, tt.old))
			}
			_, err := instrument.Parse("f", []byte(strings.Replace(text, tt.old, tt.new, 1)))
			if diff := cmp.Diff(tt.want, inputtest.Problems(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
