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
// domains, that of a pilot and a main vector for many. Cohorts are measured by the latter,
// whatever the number of companies.
func TestPlanScheme(t *testing.T) {
	many := instrument.JSP().Spec()
	for d := range 50 {
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
		small     bool
	}{
		{instrument.JSP(), 100, nil, []string{"scores"}, true},
		{long, 1000, nil, []string{"scores"}, false},
		{instrument.JSP(), 100, nil, []string{"scores", "questions"}, false},
		{instrument.JSP(), 100, nil, nil, false},
		{instrument.JSP(), 30, nil, nil, true},
		{instrument.JSP(), 30, []string{"size"}, nil, true},
		{instrument.JSP(), 30, []string{"size"}, []string{"scores"}, false},
	} {
		if c.in == long && testing.Short() {
			continue // a trial release of a long instrument takes seconds
		}
		p, err := NewPlan(c.in, PlanSpec{
			Wave: "w", Account: "a", Roster: privacy.PublicRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: c.companies, Statistics: c.list, Cohorts: c.cohorts,
		})
		if err != nil {
			t.Fatal(err)
		}
		if p.levelsOnly() != c.small {
			t.Errorf("%d companies, %v of %v: measured by the scheme of a small panel: %t", c.companies, c.list, c.cohorts, !c.small)
		}
		if c.small && len(p.measured) != 1 || !c.small && len(p.measured) != len(p.cohorts) {
			t.Errorf("%d companies, %v of %v: %d cohorts are measured", c.companies, c.list, c.cohorts, len(p.measured))
		}
		full, loss := p.charge, p.charge.loss
		if c.small && (loss.MuSquared != 0 || loss.PureEpsilon != 4e9) || !c.small && loss.PureEpsilon != 0 {
			t.Errorf("%d companies, %v: the charge is %+v", c.companies, c.list, full)
		}
	}
}
