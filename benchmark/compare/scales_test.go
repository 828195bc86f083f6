package compare

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// severalRelease is a release of an instrument of three scales.
func severalRelease(t *testing.T, in instrument.Spec) *publication.Release {
	c := fixture.Panel{In: in, Random: rand.New(rand.NewPCG(7, 9)), Error: 0.2}.Cohort(90, 4, 0)
	for range in.Profiles {
		c.Profiles = append(c.Profiles, fixture.Around(0.3, 0.1))
	}
	return fixture.Make(t, fixture.Head(in, privacy.SecretRoster), []draft.Cohort{c, {Suppressed: true}, {Suppressed: true}})
}

// A company has scores of domains and of functions, each on its own scale, and no overall one;
// who is clearly ahead is told in steps of the scale of each practice.
func TestStandingOfScales(t *testing.T) {
	r := severalRelease(t, fixture.Several().Spec())
	own := Own{Scores: map[string]int{"reviews-1": 5, "reviews-2": 4, "speaking-1": 7, "inventory-1": 1, "incidents-1": 3}}
	s, err := NewStanding(r, own)
	if err != nil {
		t.Fatal(err)
	}
	all := s.Cohorts[0]
	if o := all.Overall; o.Own != nil || o.Verdict != NoVerdict || o.Mean.Status == publication.Published {
		t.Errorf("an overall score: %+v", o)
	}
	for i, want := range []float64{4.5, 7, 1, 3} {
		if got := all.Domains[i].Own; got == nil || *got != want {
			t.Errorf("%s: %v, want %v", all.Domains[i].ID, got, want)
		}
	}
	if got := all.Functions[0].Own; got == nil || *got != 4 { // (5 + 4 + 3)/3
		t.Errorf("function: %v, want 4", got)
	}
	if all.Domains[4].Own != nil {
		t.Error("a score of a domain without an answer")
	}
	for q, of := range all.Questions {
		on := r.Instrument.OnQuestion(q)
		far := 0.5 * (on.LevelValue(1) - on.LevelValue(0))
		if ahead := of.Gap.Status == publication.Published && of.Gap.Low >= far; ahead != slices.Contains(all.Strengths, of.ID) {
			t.Errorf("%s: a gap of %v, strength %v", of.ID, of.Gap, !ahead)
		}
	}
	if !slices.Contains(all.Strengths, "inventory-1") {
		t.Errorf("a yes among %v of the others is no strength", all.Questions[11].Mean)
	}
	// Of two thirds of four levels, four sixths and one, all of which are reached.
	if p := s.Profiles[0]; !p.Met || p.Reached != 1 {
		t.Errorf("%+v", p)
	}
	own.Scores["reviews-1"], own.Scores["speaking-1"] = 2, 4
	if s, err = NewStanding(r, own); err != nil {
		t.Fatal(err)
	}
	want := (0.25 + 0.5 + 1) / (0.5 + 4./6 + 1)
	if p := s.Profiles[0]; p.Met || math.Abs(p.Reached-want) > 1e-6 || len(p.Missing) != 2 || *p.Missing[1].Own != 4 || p.Missing[1].Minimum != 5 {
		t.Errorf("%+v, want %.6f reached", p, want)
	}
	if text := s.String(); strings.Contains(text, "overall") {
		t.Errorf("an overall score in\n%s", text)
	}
	for name, level := range map[string]int{"reviews-1": 6, "inventory-1": 2, "speaking-1": 0} {
		if _, err := NewStanding(r, Own{Scores: map[string]int{name: level}}); err == nil || !strings.Contains(err.Error(), name+": expected a level from") {
			t.Errorf("%s at %d: %v", name, level, err)
		}
	}
	in, err := instrument.New(r.Instrument)
	if err != nil {
		t.Fatal(err)
	}
	read, err := Parse(in, "own.json", []byte(`{"company": "c", "scores": {"speaking-1": "Rather agree", "inventory-1": "Yes", "reviews-1": 5}}`))
	if err != nil || read.Scores["speaking-1"] != 5 || read.Scores["inventory-1"] != 1 || read.Scores["reviews-1"] != 5 {
		t.Errorf("%v, %v", read, err)
	}
}

// Only questions on the same scale are compared, and there is no overall score to compare.
func TestMatchScales(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(before, after *instrument.Spec)
		lost   []string // domains
		reason string
	}{
		"nothing": {func(_, _ *instrument.Spec) {}, nil, ""},
		"another scale": {func(_, after *instrument.Spec) {
			after.Domains[0].Scale = "agreement"
			after.Functions = nil
		}, []string{"reviews"}, ReasonScale},
		"another name": {func(_, after *instrument.Spec) { after.Scales[2].Levels[1].Name = "Of course" }, []string{"inventory", "contracts"}, ReasonScale},
		"another name that means the same": {func(_, after *instrument.Spec) {
			after.Scales[2].Levels[1].Name = "Of course"
			after.Crosswalk.Scale = instrument.SameQuestion
		}, nil, ""},
		"a longer scale": {func(_, after *instrument.Spec) {
			after.Scales[1].Levels = append(after.Scales[1].Levels[:1:1], after.Scales[1].Levels[1:6]...)
			after.Crosswalk.Scale = instrument.SameQuestion
		}, []string{"speaking"}, ReasonScale},
		"another id of a scale": {func(_, after *instrument.Spec) {
			after.Scales[1].ID, after.Domains[1].Scale = "consent", "consent"
		}, nil, ""},
		"one scale before": {func(before, _ *instrument.Spec) {
			before.Scale, before.Scales, before.Functions = before.Scales[0].Levels, nil, nil
			for d := range before.Domains {
				before.Domains[d].Scale = ""
			}
			before.Profiles = nil
		}, []string{"speaking", "inventory", "contracts"}, ReasonScale},
	} {
		t.Run(name, func(t *testing.T) {
			before, after := fixture.Several().Spec(), fixture.Several().Spec()
			after.Version, after.Crosswalk = "2", &instrument.Crosswalk{From: versionOf(before), Others: instrument.SameQuestion}
			tt.change(&before, &after)
			s, err := matchItems(before, after)
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := s.old(publication.OverallItem); ok {
				t.Error("the overall score is compared")
			}
			var lost []string
			for _, d := range after.Domains {
				if _, ok := s.old(d.ID); !ok {
					lost = append(lost, d.ID)
				}
			}
			if !slices.Equal(lost, tt.lost) {
				t.Errorf("%v are not compared, expected %v", lost, tt.lost)
			}
			reasons := map[string]bool{}
			for _, n := range s.not {
				if slices.ContainsFunc(after.Questions(), func(q instrument.Question) bool { return q.ID == n.Item }) {
					reasons[n.Reason] = true
				}
			}
			if len(reasons) > 0 != (tt.reason != "") || tt.reason != "" && !reasons[tt.reason] {
				t.Errorf("reasons %v", reasons)
			}
		})
	}
	before, after := fixture.Several().Spec(), fixture.Several().Spec()
	after.Scales[0].Levels[0].Name = "Not once"
	if _, err := matchItems(before, after); err == nil {
		t.Error("one version with two names of a level is compared")
	}
}
