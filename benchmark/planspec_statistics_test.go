package benchmark

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

// A list that asks for everything is none, the order of a list says nothing, and a list
// that leaves something out makes another release.
func TestPlanStatistics(t *testing.T) {
	plan := func(list ...string) *Plan {
		p, err := NewPlan(instrument.JSP(), PlanSpec{
			Wave: "w", Account: "a", Roster: privacy.PublicRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 100, Statistics: list,
		})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	canonical := func(p *Plan) []byte {
		data, err := p.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	all := canonical(plan())
	if everything := plan("shares", "questions", "quartiles", "scores"); !bytes.Equal(all, canonical(everything)) || everything.Spec().Statistics != nil {
		t.Errorf("everything that is asked for by name is another plan: %v", everything.Spec().Statistics)
	}
	some, same := plan("questions", "scores"), plan("scores", "questions")
	if !bytes.Equal(canonical(some), canonical(same)) || bytes.Equal(all, canonical(some)) {
		t.Error("the order of a list makes another plan, or a list makes none")
	}
	m := &measurement{}
	if again, err := recompiled(canonical(some), m); err != nil || !slices.Equal(again.spec.Statistics, []string{"scores", "questions"}) || again.shape.Unasked != some.shape.Unasked {
		t.Errorf("the stored plan asks for something else, error %v", err)
	}
}

// Where scores alone are asked for, the scheme is the one that errs less: pure noise for few
// domains, that of a pilot and a main vector for many. Cohorts are measured by the former
// where their sizes are public.
func TestPlanScheme(t *testing.T) {
	t.Parallel()
	many := instrument.JSP().Spec()
	for d := range 24 {
		many.Domains = append(many.Domains, instrument.Domain{ID: fmt.Sprintf("d%d", d), Title: "D", Questions: []instrument.Question{{ID: fmt.Sprintf("d%d-1", d), Text: "Q"}}})
	}
	long, err := instrument.New(many)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in        *instrument.Instrument
		companies int
		cohorts   []string
		list      []string
		roster    privacy.Roster
		small     bool
		measured  int // cohorts
	}{
		{instrument.JSP(), 100, nil, []string{"scores"}, privacy.PublicRoster, true, 1},
		{long, 1000, nil, []string{"scores"}, privacy.PublicRoster, false, 1},
		{instrument.JSP(), 100, nil, []string{"scores", "questions"}, privacy.PublicRoster, false, 1},
		{instrument.JSP(), 100, nil, nil, privacy.PublicRoster, false, 1},
		{instrument.JSP(), 30, nil, nil, privacy.PublicRoster, true, 1},
		{instrument.JSP(), 30, []string{"size"}, nil, privacy.PublicRoster, true, 1},
		{instrument.JSP(), 30, []string{"size"}, []string{"scores"}, privacy.PublicRoster, true, 4},
		{instrument.JSP(), 300, []string{"size"}, []string{"scores"}, privacy.CountedRoster, true, 4},
		{instrument.JSP(), 30, []string{"size"}, []string{"scores"}, privacy.SecretRoster, true, 1},
	} {
		if c.in == long && testing.Short() {
			continue // a trial release of a long instrument takes seconds
		}
		p, err := NewPlan(c.in, PlanSpec{
			Wave: "w", Account: "a", Roster: c.roster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: c.companies, Statistics: c.list, Cohorts: c.cohorts,
		})
		if err != nil {
			t.Fatal(err)
		}
		if p.levelsOnly() != c.small {
			t.Errorf("%d companies, %v of %v: measured by the scheme of a small panel: %t", c.companies, c.list, c.cohorts, !c.small)
		}
		if len(p.measured) != c.measured {
			t.Errorf("%d companies, %v of %v: %d cohorts are measured", c.companies, c.list, c.cohorts, len(p.measured))
		}
		full, loss := p.charge, p.charge.loss
		if c.small && (loss.MuSquared != 0 || loss.PureEpsilon != 4e9) || !c.small && loss.PureEpsilon != 0 {
			t.Errorf("%d companies, %v: the charge is %+v", c.companies, c.list, full)
		}
	}
}

// The noise of a small panel's scheme has a number of coordinates at most: a plan with one
// domain or cohort more has no choice of schemes.
func TestPlanSchemeLimit(t *testing.T) {
	spec := instrument.JSP().Spec()
	spec.Domains = nil
	for d := range maxSmallDomains - 3 {
		spec.Domains = append(spec.Domains, instrument.Domain{ID: fmt.Sprintf("d%d", d), Title: "D", Questions: []instrument.Question{{ID: fmt.Sprintf("q%d", d), Text: "Q"}}})
	}
	in, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		cohorts []string
		roster  privacy.Roster
		choice  bool
	}{
		{nil, privacy.SecretRoster, true},
		{[]string{"size"}, privacy.PublicRoster, true}, // three values
		{[]string{"size"}, privacy.SecretRoster, false},
		{[]string{"size", "kind"}, privacy.PublicRoster, false},
	} {
		p := shapedPlan(in, PlanSpec{Roster: c.roster, ExpectedCompanies: 100, Cohorts: c.cohorts, Statistics: []string{"scores"}}, nil)
		if p.scoresOnly() != c.choice {
			t.Errorf("%v under a %s roster: a choice of schemes: %t", c.cohorts, c.roster, !c.choice)
		}
	}
}
