package benchmark

import (
	"context"
	"errors"
	"fmt"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// Estimator is the id of the way in which this version of the package turns
// measurements into estimates. It changes when the same measurement would give
// other numbers.
const Estimator = "2"

// Journal counts how often measurements are estimated again. The ledger of
// package privacy/ledger is one.
type Journal interface {
	// RecordReestimate notes that the measurement of a publication is read with
	// another estimator, and returns how many estimators it has been read with
	// since it was published, this one included.
	RecordReestimate(ctx context.Context, account, wave string, revision int, estimator string) (count int, err error)
}

// Reestimate reads the stored measurement of a publication with the estimator of
// this version, [Estimator], and returns the release that it makes. It takes the
// canonical plan and the record that the ledger keeps.
//
// Privacy: post-processing of published noise; it looks at no answer, draws no
// noise and costs nothing. A suppressed cohort stays suppressed, since its status
// is that of the stored release, and the limits on what is withheld are the same
// ones. Choosing among several estimates of one measurement costs no privacy
// either, but is honest only if it is disclosed: the release therefore says
// that it is a re-estimate, and which one, and the journal counts them.
//
// The id of the new release is derived from those of the published release and
// of the estimator. The estimator of the published release gives the same
// numbers again. The loss that the new release states is that of the
// publication, which counts once. It is an error if plan and record do not
// belong together, and [ErrEncoding] if this version cannot read the
// measurement.
func Reestimate(ctx context.Context, journal Journal, plan []byte, record privacy.Record) (*publication.Release, error) {
	published, err := publication.Parse(record.Release)
	if err != nil {
		return nil, err
	}
	m, err := parseMeasurement(record.Measurement)
	if err != nil {
		return nil, err
	}
	p, err := storedPlan(plan, m)
	if err != nil {
		return nil, fmt.Errorf("reestimate: %w", err)
	}
	head, err := p.head(m)
	if err != nil {
		return nil, err
	}
	if head.ID != published.ID || len(published.Cohorts) != len(p.cohorts) || published.Reestimated != nil {
		return nil, errors.New("reestimate: the release does not belong to the plan")
	}
	cohorts, err := p.estimate(m)
	if err != nil {
		return nil, fmt.Errorf("reestimate: %w", err)
	}
	kept := make([]bool, len(cohorts))
	for g := range kept {
		kept[g] = published.Cohorts[g].Status == publication.Published
	}
	count, err := journal.RecordReestimate(ctx, published.Account, published.Wave, published.Revision, Estimator)
	if err != nil {
		return nil, fmt.Errorf("reestimate: %w", err)
	}
	head.Reestimated = &publication.Reestimated{From: head.ID, Estimator: Estimator, Count: count}
	if head.ID, err = reestimateID(head.ID, Estimator); err != nil {
		return nil, err
	}
	document, err := draft.Release(head, p.figures(cohorts, kept))
	if err != nil {
		return nil, err
	}
	return publication.Parse(document)
}

// storedPlan compiles the plan that [Plan.canonical] wrote.
func storedPlan(data []byte, m *measurement) (*Plan, error) {
	var stored struct {
		Instrument instrument.Spec `json:"instrument"`
		Plan       publicPlan      `json:"plan"`
	}
	if err := decodeStrictly(data, &stored); err != nil {
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
	exact := 0
	if spec.Roster.ExactSizes() {
		exact = len(p.measured)
	}
	if len(m.Kept) != len(p.measured) || len(m.Exact) != exact {
		return nil, errors.New("the measurement does not belong to this plan")
	}
	return p, nil
}

// spec is the specification that a public plan was made of; its prior's release
// is an id instead of a path.
func (p publicPlan) spec() PlanSpec {
	s := PlanSpec{
		Wave: p.Wave, Account: p.Account, Roster: p.Roster, Epsilon: p.Epsilon, Delta: p.Delta,
		MinCompanies: p.MinCompanies, Cohorts: p.Cohorts, Confidence: p.Confidence,
		ExpectedCompanies: p.ExpectedCompanies, Revision: p.Revision, Override: p.Override, Reason: p.Reason,
	}
	switch {
	case p.Prior == nil:
	case p.Prior.Release != "" || p.Prior.Level == nil || p.Prior.Spread == nil:
		s.Prior = &Prior{Release: p.Prior.Release}
	default:
		s.Prior = &Prior{Level: *p.Prior.Level, Spread: *p.Prior.Spread}
	}
	return s
}
