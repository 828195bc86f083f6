package benchmark

import (
	"testing"

	"maturitybench/privacy"
)

func idFacts() (InstrumentSpec, PlanSpec) {
	return InstrumentSpec{
			ID: "x", Version: "1", Title: "X",
			Scale:   []Level{{0, "no", ""}, {1, "yes", "T"}},
			Domains: []Domain{{"d", "D", []Question{{"q", `<Q> & "ü"`}}}},
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
	instrument, plan := idFacts()
	got, err := canonicalJSON(map[string]any{
		"wave": plan.Wave, "revision": plan.Revision, "plan": newPublicPlan(plan, ""),
		"instrument": instrument.Public(), "account": plan.Account,
	})
	if err != nil || string(got) != text {
		t.Errorf("canonical JSON (%v)\n%s, want\n%s", err, got, text)
	}
	if id, err := releaseID(instrument, plan, ""); id != want || err != nil {
		t.Errorf("id %s (%v), want %s", id, err, want)
	}
}

func TestReleaseIDDependsOnPublicFactsOnly(t *testing.T) {
	instrument, plan := idFacts()
	plan.Prior = &Prior{Release: "last/release.json"}
	id := func(in InstrumentSpec, p PlanSpec, prior string) string {
		id, err := releaseID(in, p, prior)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	base := id(instrument, plan, "0123")

	same, elsewhere := instrument, plan
	same.NoAnswer, same.Ignore, same.Attributes = []string{"NA"}, []string{"email"}, []Attribute{}
	elsewhere.Prior = &Prior{Release: "elsewhere/other.json"}
	elsewhere.Cohorts = []string{}
	if id(same, elsewhere, "0123") != base {
		t.Error("no_answer, ignore or a path changes the id")
	}

	seen := map[string]string{base: "the plan itself"}
	for name, change := range map[string]func(in *InstrumentSpec, p *PlanSpec, prior *string){
		"title":      func(in *InstrumentSpec, _ *PlanSpec, _ *string) { in.Title = "Y" },
		"attributes": func(in *InstrumentSpec, _ *PlanSpec, _ *string) { in.Attributes = industry().Attributes },
		"account":    func(_ *InstrumentSpec, p *PlanSpec, _ *string) { p.Account = "other" },
		"wave":       func(_ *InstrumentSpec, p *PlanSpec, _ *string) { p.Wave = "2027" },
		"revision":   func(_ *InstrumentSpec, p *PlanSpec, _ *string) { p.Revision = 2 },
		"roster":     func(_ *InstrumentSpec, p *PlanSpec, _ *string) { p.Roster = privacy.PublicRoster },
		"epsilon":    func(_ *InstrumentSpec, p *PlanSpec, _ *string) { p.Epsilon = 2 },
		"cohorts":    func(_ *InstrumentSpec, p *PlanSpec, _ *string) { p.Cohorts = []string{"size"} },
		"prior":      func(_ *InstrumentSpec, _ *PlanSpec, prior *string) { *prior = "4567" },
		"no prior":   func(_ *InstrumentSpec, p *PlanSpec, _ *string) { p.Prior = nil },
		"figure":     func(_ *InstrumentSpec, p *PlanSpec, _ *string) { p.Prior = &Prior{Level: 0, Spread: 0.5} },
		"override":   func(_ *InstrumentSpec, p *PlanSpec, _ *string) { p.Override = true },
	} {
		in, p, prior := instrument, plan, "0123"
		change(&in, &p, &prior)
		got := id(in, p, prior)
		if other, ok := seen[got]; ok {
			t.Errorf("%s has the id of %s", name, other)
		}
		seen[got] = name
	}
}
