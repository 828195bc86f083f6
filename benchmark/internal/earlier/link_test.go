package earlier

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/estimate"
)

// walked is an instrument with a crosswalk from a version.
func walked(s instrument.Spec, from string, others instrument.QuestionChange, entries ...instrument.CrosswalkQuestion) instrument.Spec {
	s.Crosswalk = &instrument.Crosswalk{From: instrument.Version{ID: s.ID, Version: from}, Others: others, Questions: entries}
	return s
}

func entry(change instrument.QuestionChange, old, now []string) instrument.CrosswalkQuestion {
	return instrument.CrosswalkQuestion{Old: old, New: now, Change: change}
}

// Questions are the same under one version, or as a crosswalk says; what it calls reworded,
// split or new is not.
func TestLink(t *testing.T) {
	renamed := asked("1", "a", "b")
	renamed.Scale = []instrument.Level{{Level: 0, Name: "never"}, {Level: 1, Name: "half"}, {Level: 2, Name: "yes"}}
	words := walked(asked("2", "a", "b"), "1", instrument.SameQuestion)
	words.Scale = renamed.Scale
	same := words
	same.Crosswalk = &instrument.Crosswalk{From: words.Crosswalk.From, Others: instrument.SameQuestion, Scale: instrument.SameQuestion}
	for _, tt := range []struct {
		name string
		to   instrument.Spec
		want links
	}{
		{"one version", asked("1", "a", "b"), links{"a": "a", "b": "b"}},
		{"one version with other questions", asked("1", "a", "c"), nil},
		{"one version with other words", renamed, nil},
		{"no crosswalk", asked("2", "a", "b"), nil},
		{"a crosswalk from elsewhere", walked(asked("2", "a", "b"), "0", instrument.SameQuestion), nil},
		{"others are the same", walked(asked("2", "a", "b", "c"), "1", instrument.SameQuestion), links{"a": "a", "b": "b"}},
		{"nothing is said of others", walked(asked("2", "a", "b"), "1", "", entry(instrument.SameQuestion, []string{"a"}, []string{"b"})), links{"b": "a"}},
		{"reworded and split", walked(asked("2", "a", "b1", "b2"), "1", instrument.SameQuestion,
			entry(instrument.RewordedQuestion, []string{"a"}, []string{"a"}), entry(instrument.SplitQuestion, []string{"b"}, []string{"b1", "b2"})), links{}},
		{"other words of levels", words, nil},
		{"other words that mean the same", same, links{"a": "a", "b": "b"}},
	} {
		if diff := cmp.Diff(tt.want, link(asked("1", "a", "b"), tt.to)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// Two crosswalks lead from the first version to the third, over the wave of the second.
func TestLinksOverWaves(t *testing.T) {
	second := walked(asked("2", "x", "b"), "1", "", entry(instrument.SameQuestion, []string{"a"}, []string{"x"}), entry(instrument.SameQuestion, []string{"b"}, []string{"b"}))
	third := walked(asked("3", "y", "z"), "2", "", entry(instrument.SameQuestion, []string{"x"}, []string{"y"}))
	first := asked("1", "a", "b")
	got := linksTo(third, []Reading{{Asked: first}, {Asked: second}})
	if diff := cmp.Diff([]links{{"y": "a"}, {"y": "x"}}, got); diff != "" {
		t.Error(diff)
	}
	if got := linksTo(third, []Reading{{Asked: first}}); got[0] != nil {
		t.Errorf("without the wave between, %v", got[0])
	}
}

// What was told of a question goes with it. Where a domain has changed, what is left is told
// from the mean of what is left; where it has changed by more than half, or a question counts
// otherwise or has moved to another domain, it starts afresh.
func TestFollow(t *testing.T) {
	then := Reading{Asked: asked("1", "a", "b", "c", "d"), Told: estimate.Earlier{Reading: []float64{1, 2, 4, -7}, Variance: []float64{1, 2, 3, 4}}}
	self := func(ids ...string) links {
		out := links{}
		for _, id := range ids {
			out[id] = id
		}
		return out
	}
	heavy := asked("2", "a", "b", "c", "d")
	heavy.Domains[0].Questions[0].Weight = 2
	moved := asked("2", "a", "b", "c")
	moved.Domains = append(moved.Domains, instrument.Domain{ID: "e", Questions: []instrument.Question{{ID: "d"}, {ID: "n"}}})
	for _, tt := range []struct {
		name    string
		to      instrument.Spec
		link    links
		reading []float64
		told    []float64
	}{
		{"the same", then.Asked, self("a", "b", "c", "d"), []float64{1, 2, 4, -7}, []float64{1, 2, 3, 4}},
		{"another order", asked("2", "d", "c", "b", "a"), self("a", "b", "c", "d"), []float64{-7, 4, 2, 1}, []float64{4, 3, 2, 1}},
		{"one gone, one new", asked("2", "a", "n", "b", "c"), self("a", "b", "c"), []float64{1 - 7.0/3, 0, 2 - 7.0/3, 4 - 7.0/3}, []float64{1, 0, 2, 3}},
		{"half gone", asked("2", "a", "b"), self("a", "b"), []float64{-0.5, 0.5}, []float64{1, 2}},
		{"more than half gone", asked("2", "a", "m", "n"), self("a"), nil, nil},
		{"moved", moved, self("a", "b", "c", "d"), []float64{1 - 7.0/3, 2 - 7.0/3, 4 - 7.0/3, 0, 0}, []float64{1, 2, 3, 0, 0}},
	} {
		got := follow(then, tt.to, tt.link)
		if diff := cmp.Diff(estimate.Earlier{Reading: tt.reading, Variance: tt.told}, got, cmp.Comparer(func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 })); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	if got := follow(then, heavy, self("a", "b", "c", "d")); got.Variance[0] != 0 || got.Variance[1] != 2 {
		t.Errorf("a question that counts twice is told of by %v", got.Variance)
	}
}

// Levels count the same where number, steps, scores and blanks are the same.
func TestSameLevels(t *testing.T) {
	base := asked("1", "a", "b")
	for name, change := range map[string]func(s *instrument.Spec){
		"blank":  func(s *instrument.Spec) { s.Blank = instrument.LowestBlank },
		"fewer":  func(s *instrument.Spec) { s.Scale = s.Scale[:2] },
		"from 1": func(s *instrument.Spec) { s.Scale = []instrument.Level{{Level: 1}, {Level: 2}, {Level: 3}} },
	} {
		other := asked("1", "a", "b")
		change(&other)
		if sameLevels(base, other) {
			t.Errorf("%s: the levels count the same", name)
		}
	}
	if !sameLevels(base, asked("2", "c")) {
		t.Error("levels do not count as themselves")
	}
}

// A measurement has a number for each question, and no negative variance.
func TestFit(t *testing.T) {
	for _, tt := range []struct {
		w    Wave
		want bool
	}{
		{Wave{Reading: []float64{1, 2}, Variance: []float64{0, 1}}, true},
		{Wave{Reading: []float64{1}, Variance: []float64{0, 1}}, false},
		{Wave{Reading: []float64{1, 2}, Variance: []float64{1}}, false},
		{Wave{Reading: []float64{1, 2}, Variance: []float64{-1, 1}}, false},
	} {
		if got := Fit([]Wave{tt.w}, 2); got != tt.want {
			t.Errorf("%+v: %v", tt.w, got)
		}
	}
}
