package benchmark

import (
	"context"
	"errors"
	"fmt"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/earlier"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/privacy"
)

// ErrInstrument says that a plan and a data set were made for different
// instruments.
var ErrInstrument = errors.New("benchmark: the plan and the data belong to different instruments")

// Publish makes the release of a plan from a data set, charges the account
// and stores the release, in one commit of the ledger, and returns what was
// stored. Asked again with the same plan and data it returns the same bytes
// and charges nothing; another plan or other data for the same wave and
// revision are refused ([privacy.ErrChanged]), and so is a charge that does
// not fit ([privacy.ErrBudgetExceeded]).
//
// The same answers from a [*responses.Dataset] or a [*responses.Source] are the
// same data. When ctx is done, nothing is charged.
//
// Privacy: the raw data are looked at in two walks, both inside the ledger's
// call: the first one gathers what the keyed digest recognises them by, the
// sizes of the cohorts and the pilot's sums; the second one, which is not made
// for data that are recognised, the main sums. It leaves through the digest and
// through publishing.measure only, whose draws add up to the loss that is
// charged.
func Publish(ctx context.Context, ledger privacy.Ledger, plan *Plan, data responses.Data) (*publication.Release, error) {
	in, panel, changing := intake.Begin(data)
	if !plan.in.Equal(in) {
		return nil, ErrInstrument
	}
	public, err := plan.Canonical()
	if err != nil {
		return nil, err
	}
	external, err := earlier.External(ctx, ledger, plan.earlier)
	if err != nil {
		return nil, err
	}
	p := plan.publication(panel, changing)
	record, err := ledger.Publish(ctx, privacy.Entry{
		Account: plan.spec.Account, Wave: plan.spec.Wave, Revision: plan.spec.Revision,
		Roster: plan.spec.Roster, Plan: public, Loss: plan.charge.loss, Data: privacy.Gathered(p.gather), Reason: plan.spec.Reason,
	}, func(draws *privacy.Draws) (privacy.Record, error) {
		waves, err := plan.earlierWaves(ctx, ledger, draws.Noise())
		if err != nil {
			return privacy.Record{}, err
		}
		return p.record(ctx, draws, external, waves)
	})
	if err != nil {
		return nil, fmt.Errorf("publish wave %s: %w", plan.spec.Wave, err)
	}
	return publication.Parse(record.Release)
}

// record measures the data and makes the release of the measurement.
func (p *publishing) record(ctx context.Context, draws *privacy.Draws, external bool, waves []earlier.Wave) (privacy.Record, error) {
	if p.first == nil { // by a ledger that keeps no digest, as for an audit
		if _, err := p.gather(ctx, privacy.GatherKey{}); err != nil {
			return privacy.Record{}, err
		}
	}
	m, err := p.measure(ctx, draws)
	if err != nil {
		return privacy.Record{}, err
	}
	m.Noise, m.Prior, m.External = draws.Noise(), p.plan.storedPrior(), external
	if m.Kept[0] { // of a panel that is not shown nothing is estimated
		m.Earlier = waves
	}
	m.Account = draft.NewAccountLoss(draws.Standing())
	release, err := p.plan.release(m)
	if err != nil {
		return privacy.Record{}, err
	}
	measurement, err := m.encode()
	if err != nil {
		return privacy.Record{}, err
	}
	return privacy.Record{Measurement: measurement, Release: release}, nil
}

// release turns a measurement into the published document: post-processing.
func (p *Plan) release(m *measurement) ([]byte, error) {
	cohorts, err := p.estimate(m)
	if err != nil {
		return nil, err
	}
	kept := append([]bool(nil), m.Kept...)
	sizes := make([]float64, len(cohorts))
	for g, c := range cohorts {
		sizes[g] = c.Companies.Value
	}
	suppressSiblings(p.measured, kept, sizes, p.siblingLimit())
	head, err := p.head(m)
	if err != nil {
		return nil, err
	}
	return draft.Release(head, p.numbers(cohorts, kept))
}

// numbers decides what is published of every cohort of the release; kept says
// which of the measured ones are shown.
func (p *Plan) numbers(cohorts []estimate.Cohort, kept []bool) []draft.Cohort {
	all := make([]draft.Cohort, len(p.cohorts)) // what is not measured is suppressed
	for g := range all {
		if all[g].Suppressed = g >= len(kept) || !kept[g]; !all[g].Suppressed {
			all[g] = draft.Select(cohorts[g], p.spec.MinCompanies, p.levelsOnly())
		}
	}
	return all
}

// Canonical is the plan with its instrument as the ledger knows it: JSON.
func (p *Plan) Canonical() ([]byte, error) {
	return decimal.CanonicalJSON(map[string]any{"instrument": p.asked.Public(), "plan": newPublicPlan(p.spec, p.priorID)})
}
