package benchmark

import (
	"errors"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/earlier"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/specfile"
)

// compiled compiles a canonical plan that has the measurement, if it is there.
func compiled(plan []byte, m *measurement, whole bool) (*Plan, error) {
	p, err := recompiled(plan, m)
	if err != nil {
		return nil, err
	}
	if whole {
		return p, p.fits(m)
	}
	return p, nil
}

// fits checks that a measurement has the numbers of the plan's cohorts.
func (p *Plan) fits(m *measurement) error {
	exact := 0
	if p.spec.Roster.ExactSizes() {
		exact = len(p.measured)
	}
	if len(m.Kept) != len(p.measured) || len(m.Exact) != exact || !earlier.Fit(m.Earlier, p.shape.Questions()) {
		return errors.New("the measurement does not belong to this plan")
	}
	if small, ok := p.scheme.(*smallScheme); ok && small.test != nil && m.Kept[0] != (len(m.Small) > 0) {
		return errors.New("the measurement has numbers of a panel that is not shown, or none of one that is")
	}
	for g, n := range m.Exact {
		if m.Kept[g] != (n >= int64(p.spec.MinCompanies)) {
			return errors.New("the measurement keeps other cohorts than those of the minimum of companies")
		}
	}
	return nil
}

// recompiled compiles the plan that [Plan.Canonical] wrote, with the prior of
// the measurement.
func recompiled(data []byte, m *measurement) (*Plan, error) {
	var stored struct {
		Instrument instrument.Spec `json:"instrument"`
		Plan       publicPlan      `json:"plan"`
	}
	if err := decimal.DecodeJSON(data, &stored); err != nil {
		return nil, errors.New("a canonical plan is expected")
	}
	in, err := instrument.New(stored.Instrument)
	if err != nil {
		return nil, err
	}
	spec, _, err := validatePlan(in, stored.Plan.spec())
	if err != nil {
		return nil, err
	}
	p := shapedPlan(in, spec, nil)
	if prior := stored.Plan.Prior; prior == nil || prior.Release == "" {
		err = p.setPrior(&specfile.Checker{}, nil)
	} else {
		p.priorID = prior.Release
		p.prior = model.Prior{Companies: float64(spec.ExpectedCompanies)}
		if m.Prior != nil {
			p.prior.Known, p.prior.Level, p.prior.Spread = true, m.Prior.Level, m.Prior.Spread
		}
	}
	if err != nil {
		return nil, err
	}
	if err := p.calibrate(&specfile.Checker{}); err != nil {
		return nil, err
	}
	return p, nil
}

// spec is the specification that a public plan was made of; its prior's release
// is an id instead of a path.
func (p publicPlan) spec() PlanSpec {
	s := PlanSpec{
		Wave: p.Wave, Account: p.Account, Roster: p.Roster, Epsilon: p.Epsilon, Delta: p.Delta,
		MinCompanies: p.MinCompanies, Cohorts: p.Cohorts, Statistics: p.Statistics, Confidence: p.Confidence,
		ExpectedCompanies: p.ExpectedCompanies, Revision: p.Revision, Override: p.Override, Reason: p.Reason,
	}
	switch {
	case p.Prior == nil:
	case len(p.Prior.Waves) > 0:
		s.Prior = &Prior{Waves: p.Prior.Waves}
	case p.Prior.Release != "" || p.Prior.Level == nil || p.Prior.Spread == nil:
		s.Prior = &Prior{Release: p.Prior.Release}
	default:
		s.Prior = &Prior{Level: *p.Prior.Level, Spread: *p.Prior.Spread}
	}
	return s
}
