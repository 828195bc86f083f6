package compare

import (
	"math/rand/v2"
	"slices"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// tiered is a release with two functions, of two and of four domains, in a wave; means
// without a prior are those of the cohort plus free.
func tiered(t *testing.T, wave string, free float64) *publication.Release {
	in := fixture.Valued()[1].Spec()
	c := fixture.Panel{In: in, Random: rand.New(rand.NewPCG(1, 2)), Error: 0.1}.Cohort(90, 4, 0)
	u := draft.Unshrunken{Overall: c.Overall.Mean}
	for _, d := range c.Domains {
		u.Domains = append(u.Domains, d.Mean)
	}
	for _, q := range c.Questions {
		u.Questions = append(u.Questions, q.Mean)
	}
	for _, f := range c.Functions {
		u.Functions = append(u.Functions, fixture.Around(f.Value+free, 0.01))
	}
	c.Unshrunken = &u
	head := fixture.Head(in, privacy.SecretRoster)
	head.Wave = wave
	return fixture.Make(t, head, []draft.Cohort{c, {Suppressed: true}, {Suppressed: true}, {Suppressed: true}})
}

// A function's change is that of its numbers without a prior, in units of the scale of
// scores: half a level is half a score where four levels are scored from 0 to 3.
func TestTrendOfFunctions(t *testing.T) {
	changes, err := Trend(tiered(t, "2025", 0), tiered(t, "2026", 0.5))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, c := range changes.Steps[0].Changes {
		if c.Cohort != "all" || c.Item != "f0" && c.Item != "f1" {
			continue
		}
		found++
		if !c.Unshrunken || c.Verdict != Up || c.Change.Value < 0.499998 || c.Change.Value > 0.500002 {
			t.Errorf("%s: %+v", c.Item, c)
		}
	}
	if found != 2 || len(changes.Steps[0].NotCompared) > 0 {
		t.Errorf("%d functions are compared; not: %v", found, changes.Steps[0].NotCompared)
	}
}

// A company's score of a function is that of all its answers there.
func TestStandingOfFunctions(t *testing.T) {
	r := tiered(t, "2026", 0)
	own := Own{Scores: map[string]int{}}
	for q := range 6 { // the first domain: 0, 1, 2, 3, 0 and 1 count 0, ¼, ½, 1, 0 and ¼
		own.Scores[r.Instrument.Questions()[q].ID] = q % 4
	}
	s, err := NewStanding(r, own)
	if err != nil {
		t.Fatal(err)
	}
	functions := s.Cohorts[0].Functions
	if len(functions) != 2 || functions[0].ID != "f0" || functions[1].ID != "f1" {
		t.Fatalf("%+v", functions)
	}
	if first := functions[0]; first.Own == nil || *first.Own != 1 || first.Mean != r.Cohorts[0].Functions[0].Mean || first.Verdict == NoVerdict {
		t.Errorf("%+v, expected the score 3·(2/6)", first)
	}
	if second := functions[1]; second.Own != nil || second.Verdict != NoVerdict || second.Mean != r.Cohorts[0].Functions[1].Mean {
		t.Errorf("%+v, expected no score without an answer", second)
	}
}

// A function is compared if it is made of the same domains with the same parts.
func TestMatchFunctions(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*instrument.Spec)
		lost   []string
	}{
		"nothing":    {func(*instrument.Spec) {}, nil},
		"the order":  {func(s *instrument.Spec) { slices.Reverse(s.Functions[1].Domains) }, nil},
		"another id": {func(s *instrument.Spec) { s.Functions[0].ID = "g" }, nil},
		"a domain moves": {func(s *instrument.Spec) {
			s.Functions[0].Domains = append(s.Functions[0].Domains, s.Functions[1].Domains[0])
			s.Functions[1].Domains = s.Functions[1].Domains[1:]
		}, []string{"f0", "f1"}},
		"a weight":          {func(s *instrument.Spec) { s.Domains[1].Weight = 2 }, []string{"f1"}},
		"all weights of it": {func(s *instrument.Spec) { s.Domains[0].Weight, s.Domains[5].Weight = 3, 3 }, nil},
		"a question goes":   {func(s *instrument.Spec) { s.Domains[5].Questions = s.Domains[5].Questions[1:] }, []string{"f0"}},
	} {
		before := fixture.Valued()[1].Spec()
		after := fixture.Valued()[1].Spec()
		after.Version, after.Crosswalk = "2", &instrument.Crosswalk{From: instrument.Version{ID: before.ID, Version: before.Version}, Others: instrument.SameQuestion}
		tt.change(&after)
		s, err := matchItems(before, after)
		if err != nil {
			t.Fatal(err)
		}
		var lost []string
		for i, f := range after.Functions {
			if old, ok := s.old(f.ID); !ok {
				lost = append(lost, f.ID)
			} else if old != before.Functions[i].ID {
				t.Errorf("%s: %s is compared with %s", name, f.ID, old)
			}
		}
		if !slices.Equal(lost, tt.lost) {
			t.Errorf("%s: %v are not compared, expected %v", name, lost, tt.lost)
		}
	}
}
