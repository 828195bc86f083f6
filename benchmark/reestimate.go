package benchmark

import (
	"context"
	"errors"
	"fmt"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// Estimator names the way from measurements to estimates. From the first release of
// this module on it changes when the same measurement would give other numbers; a
// test of package conformance pins the numbers to the name.
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
// ones. Choosing among several estimates is honest only if it is disclosed: the
// release therefore says that it is a re-estimate, and which one, and the
// journal counts them.
//
// The estimator of the published release gives the same numbers again. The loss
// that the new release states is that of the publication. It is an error if plan and record do not
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
	p, err := compiled(plan, m, true)
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
	document, err := draft.Release(head, p.numbers(cohorts, kept))
	if err != nil {
		return nil, err
	}
	return publication.Parse(document)
}
