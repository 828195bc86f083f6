package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"maturitybench/privacy"
)

// Publish returns the stored record of an entry. The first time, it runs
// release with fresh noise, stores the record and its charge in one commit and
// returns what it reads back afterwards; asked again, it returns the same bytes
// and charges nothing.
//
// It refuses with [privacy.ErrChanged] another plan or other data for the same
// wave and revision, with [privacy.ErrForeignData] data that another account
// has published, with [privacy.ErrBudgetExceeded] a charge that does not fit,
// with [privacy.ErrRosterConflict] another roster than the account's, and with
// [privacy.ErrUnknownAccount] an account that is not open. A refusal charges
// nothing; all but the last kind are journaled. On a ledger that was tampered
// with nothing is drawn, and the error wraps [ErrTampered].
//
// A late answer or a withdrawal changes nothing that was published: the wave is
// refused as changed, and a new revision is a publication of its own, charged
// as such.
//
// Several publications of one entry may run at once, here or in other
// processes: the first to commit is stored, and all return it. An error of
// release is returned as it is and charges nothing. After an error of the
// context or of the database, ask again: what was committed is returned then,
// and nothing is charged twice.
func (l *Ledger) Publish(ctx context.Context, entry privacy.Entry, release func(*privacy.Draws) (privacy.Record, error)) (privacy.Record, error) {
	if err := l.expects(ctx, entry); err != nil {
		return privacy.Record{}, err
	}
	r, err := l.request(ctx, entry)
	if err != nil {
		return privacy.Record{}, err
	}
	var found finding
	err = l.verified(ctx, func(tx *sql.Tx, now state) (err error) {
		found, err = inspect(ctx, tx, now.at, r)
		return err
	})
	switch {
	case err != nil:
		return privacy.Record{}, l.fault("publish", err)
	case found.stored:
		return found.record, nil
	case found.refusal != nil:
		return privacy.Record{}, l.refuse(ctx, r, found)
	}
	for !found.stored {
		record, noise, err := l.compute(r, found.told, release)
		if err != nil {
			return privacy.Record{}, err
		}
		if found, err = l.commit(ctx, r, found.told, noise, record); err != nil {
			return privacy.Record{}, err
		}
	}
	return l.readBack(ctx, r)
}

// expects checks an entry, and that its account is open, before the data are walked: that
// may take a cluster an hour.
func (l *Ledger) expects(ctx context.Context, entry privacy.Entry) error {
	if err := entry.Validate(); err != nil {
		return err
	}
	err := l.verified(ctx, func(tx *sql.Tx, _ state) error {
		_, err := findAccount(ctx, tx, entry.Account)
		return err
	})
	if err != nil {
		return l.fault("publish", err)
	}
	return nil
}

// request takes the digests of an entry.
func (l *Ledger) request(ctx context.Context, entry privacy.Entry) (*request, error) {
	plan := privacy.PlanDigest(entry.Plan)
	data, err := entry.Data.Digest(ctx, l.key.bytes())
	switch {
	case err == nil:
	case err == ctx.Err():
		return nil, l.fault("publish", err)
	default:
		return nil, err
	}
	return &request{Entry: entry, planDigest: plan[:], dataDigest: data[:]}, nil
}

// compute draws and computes a record, without touching the database.
//
// Privacy: the record is noisy and stays in the process until it and its
// charge are durable. The draws are closed when release returns, and they
// must not have lost more than is charged.
func (l *Ledger) compute(r *request, told privacy.Standing, release func(*privacy.Draws) (privacy.Record, error)) (privacy.Record, string, error) {
	draws := privacy.NewDraws(l.source).In(told)
	defer draws.Close()
	noise := draws.Noise()
	if noise != "secure" {
		return privacy.Record{}, "", ErrTestNoise
	}
	record, err := release(draws)
	if err != nil {
		return privacy.Record{}, "", err
	}
	if err := draws.Settle(r.Loss); err != nil {
		return privacy.Record{}, "", err
	}
	return record, noise, nil
}

// commit stores the record with its charge, unless the entry has been stored
// or has become refused in the meantime. If the account stands otherwise than
// the release was told, nothing is stored either, and the finding says how it
// stands now.
func (l *Ledger) commit(ctx context.Context, r *request, told privacy.Standing, noise string, record privacy.Record) (found finding, err error) {
	err = l.appends(ctx, func(tx *sql.Tx, now state) (_ *row, err error) {
		found, err = inspect(ctx, tx, now.at, r)
		switch {
		case err != nil || found.stored:
			return nil, err
		case found.refusal != nil:
			return newAttempt(r, found.outcome), nil
		case !found.told.Agrees(told):
			return nil, nil
		}
		found.stored = true
		return newPublication(l.key, r, noise, record), nil
	})
	if err != nil {
		return finding{}, l.fault("publish", err)
	}
	return found, found.refusal
}

// refuse journals a refusal, whatever becomes of the context, and returns it.
func (l *Ledger) refuse(ctx context.Context, r *request, found finding) error {
	ctx = context.WithoutCancel(ctx)
	err := l.appends(ctx, func(*sql.Tx, state) (*row, error) { return newAttempt(r, found.outcome), nil })
	if err != nil {
		return fmt.Errorf("%w; the refusal could not be journaled: %w", found.refusal, l.fault("publish", err))
	}
	return found.refusal
}

// readBack returns what is stored, in a transaction after the commit.
func (l *Ledger) readBack(ctx context.Context, r *request) (privacy.Record, error) {
	var stored publication
	err := l.verified(ctx, func(tx *sql.Tx, _ state) (err error) {
		stored, err = findPublication(ctx, tx, targetOf(r.Entry))
		return err
	})
	if err != nil {
		return privacy.Record{}, l.fault("read back", err)
	}
	return stored.Record, nil
}
