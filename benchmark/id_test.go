package benchmark

import (
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/privacy"
)

func idFacts() (instrument.Spec, PlanSpec) {
	return instrument.Spec{
			ID: "x", Version: "1", Title: "X",
			Scale:   []instrument.Level{{Level: 0, Name: "no", Test: ""}, {Level: 1, Name: "yes", Test: "T"}},
			Domains: []instrument.Domain{{ID: "d", Title: "D", Questions: []instrument.Question{{ID: "q", Text: `<Q> & "ü"`}}}},
		}, PlanSpec{
			Wave: "2026", Account: "body", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-7,
			MinCompanies: 5, Confidence: 0.9, ExpectedCompanies: 100, Revision: 1,
		}
}

// The text was written by hand from the description of the format, and hashed
// with Python's hashlib.
func TestReleaseID(t *testing.T) {
	const (
		text = `{"account":"body","instrument":{"attributes":[],"domains":[{"id":"d","questions":[{"id":"q","text":"<Q> & \"ü\""}],"title":"D"}],` +
			`"id":"x","scale":[{"level":0,"name":"no"},{"level":1,"name":"yes","test":"T"}],"title":"X","version":"1"},` +
			`"plan":{"account":"body","cohorts":[],"confidence":0.9,"delta":0.0000001,"epsilon":4,"expected_companies":100,"min_companies":5,` +
			`"override":false,"revision":1,"roster":"secret","wave":"2026"},"revision":1,"wave":"2026"}`
		want = "065d8d2d9e20463797bd932f6459a07d"
	)
	asked, plan := idFacts()
	got, err := decimal.CanonicalJSON(map[string]any{
		"wave": plan.Wave, "revision": plan.Revision, "plan": newPublicPlan(plan, ""),
		"instrument": asked.Public(), "account": plan.Account,
	})
	if err != nil || string(got) != text {
		t.Errorf("canonical JSON (%v)\n%s, want\n%s", err, got, text)
	}
	if id, err := releaseID(asked, plan, "", nil); id != want || err != nil {
		t.Errorf("id %s (%v), want %s", id, err, want)
	}
}

func TestReleaseIDDependsOnPublicFactsOnly(t *testing.T) {
	asked, plan := idFacts()
	plan.Prior = &Prior{Release: "last/release.json"}
	id := func(in instrument.Spec, p PlanSpec, prior string) string {
		id, err := releaseID(in, p, prior, nil)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	base := id(asked, plan, "0123")

	same, elsewhere := asked, plan
	same.NoAnswer, same.Ignore, same.Attributes = []string{"NA"}, []string{"email"}, []instrument.Attribute{}
	elsewhere.Prior = &Prior{Release: "elsewhere/other.json"}
	elsewhere.Cohorts = []string{}
	if id(same, elsewhere, "0123") != base {
		t.Error("no_answer, ignore or a path changes the id")
	}

	seen := map[string]string{base: "the plan itself"}
	for name, change := range map[string]func(in *instrument.Spec, p *PlanSpec, prior *string){
		"title":      func(in *instrument.Spec, _ *PlanSpec, _ *string) { in.Title = "Y" },
		"attributes": func(in *instrument.Spec, _ *PlanSpec, _ *string) { in.Attributes = fixture.Industry().Attributes },
		"account":    func(_ *instrument.Spec, p *PlanSpec, _ *string) { p.Account = "other" },
		"wave":       func(_ *instrument.Spec, p *PlanSpec, _ *string) { p.Wave = "2027" },
		"revision":   func(_ *instrument.Spec, p *PlanSpec, _ *string) { p.Revision = 2 },
		"roster":     func(_ *instrument.Spec, p *PlanSpec, _ *string) { p.Roster = privacy.PublicRoster },
		"epsilon":    func(_ *instrument.Spec, p *PlanSpec, _ *string) { p.Epsilon = 2 },
		"cohorts":    func(_ *instrument.Spec, p *PlanSpec, _ *string) { p.Cohorts = []string{"size"} },
		"prior":      func(_ *instrument.Spec, _ *PlanSpec, prior *string) { *prior = "4567" },
		"no prior":   func(_ *instrument.Spec, p *PlanSpec, _ *string) { p.Prior = nil },
		"figure":     func(_ *instrument.Spec, p *PlanSpec, _ *string) { p.Prior = &Prior{Level: 0, Spread: 0.5} },
		"override":   func(_ *instrument.Spec, p *PlanSpec, _ *string) { p.Override = true },
	} {
		in, p, prior := asked, plan, "0123"
		change(&in, &p, &prior)
		got := id(in, p, prior)
		if other, ok := seen[got]; ok {
			t.Errorf("%s has the id of %s", name, other)
		}
		seen[got] = name
	}
}
