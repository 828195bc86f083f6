package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"maturitybench/privacy"
)

// Publication names a publication and says what it was charged and when it was
// stored, in UTC.
type Publication struct {
	Account  string
	Wave     string
	Revision int // 1 for the first publication of the wave, then 2, 3, …
	Loss     privacy.Loss
	Time     time.Time
}

// Stored is a publication with all that is kept of it: public texts and noisy
// numbers.
type Stored struct {
	Publication
	privacy.Record             // the measurement, and the exact bytes of the release
	Plan           []byte      // canonical, as it was published
	Reestimates    int         // estimators that the measurement was read with since
	Withdrawn      *Withdrawal // the notice, if it was withdrawn
	Journal        Head        // its record in the journal
}

// Publication returns what is stored for a wave and revision, or
// [ErrNotPublished].
func (l *Ledger) Publication(ctx context.Context, account, wave string, revision int) (Stored, error) {
	s := Stored{Publication: Publication{Account: account, Wave: wave, Revision: revision}}
	err := l.verified(ctx, func(tx *sql.Tx, _ state) error {
		t := target{account, wave, int64(revision)}
		p, err := findPublication(ctx, tx, t)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("%w: account %q, wave %q, revision %d", ErrNotPublished, account, wave, revision)
		}
		if err != nil {
			return err
		}
		s.Loss, s.Time = p.loss, time.Unix(p.stored, 0).UTC()
		s.Record, s.Plan = p.Record, p.plan
		if s.Journal, err = recordOf(ctx, tx, p.number); err != nil {
			return err
		}
		if s.Reestimates, err = countReestimates(ctx, tx, t); err != nil {
			return err
		}
		notice, err := findWithdrawal(ctx, tx, t)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		s.Withdrawn = &notice
		return err
	})
	if err != nil {
		return Stored{}, l.fault("read", err)
	}
	return s, nil
}

// recordOf is the head of a journal that ends with a record.
func recordOf(ctx context.Context, tx *sql.Tx, number int64) (Head, error) {
	var hash []byte
	if err := tx.QueryRowContext(ctx, `select hash from journal where number = $1`, number).Scan(&hash); err != nil {
		return Head{}, err
	}
	head := Head{Number: number}
	copy(head.Hash[:], hash)
	return head, nil
}

// Holds reports whether the ledger stored exactly these bytes as the release
// of account, wave and revision; false where nothing is published under these.
// The error is an [*Error], of [ErrTampered] if the ledger is not as it was
// written.
func (l *Ledger) Holds(ctx context.Context, account, wave string, revision int, release []byte) (bool, error) {
	stored, err := l.Publication(ctx, account, wave, revision)
	if errors.Is(err, ErrNotPublished) {
		return false, nil
	}
	return err == nil && bytes.Equal(stored.Record.Release, release), err
}

// Publications lists the publications of an account in the order of their
// commits. The error is an [*Error]: of [privacy.ErrUnknownAccount] if the account
// is not open, of [ErrTampered] if the ledger is not as it was written.
func (l *Ledger) Publications(ctx context.Context, account string) (list []Publication, err error) {
	err = l.verified(ctx, func(tx *sql.Tx, _ state) error {
		if _, err := findAccount(ctx, tx, account); err != nil {
			return err
		}
		list, err = listPublications(ctx, tx, account)
		return err
	})
	if err != nil {
		return nil, l.fault("read", err)
	}
	return list, nil
}

// Published lists the publications of an account with what is stored of each, see
// [privacy.Archive]. The error is that of [Ledger.Publications].
func (l *Ledger) Published(ctx context.Context, account string) (list []privacy.Published, err error) {
	err = l.verified(ctx, func(tx *sql.Tx, _ state) error {
		list = nil
		if _, err := findAccount(ctx, tx, account); err != nil {
			return err
		}
		publications, err := listPublications(ctx, tx, account)
		if err != nil {
			return err
		}
		for _, p := range publications {
			t := target{account, p.Wave, int64(p.Revision)}
			stored, err := findPublication(ctx, tx, t)
			if err != nil {
				return err
			}
			_, err = findWithdrawal(ctx, tx, t)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
			list = append(list, privacy.Published{Wave: p.Wave, Revision: p.Revision, Plan: stored.plan, Record: stored.Record, Withdrawn: err == nil})
		}
		return nil
	})
	if err != nil {
		return nil, l.fault("read", err)
	}
	return list, nil
}

func listPublications(ctx context.Context, tx *sql.Tx, account string) (list []Publication, err error) {
	rows, err := tx.QueryContext(ctx,
		`select wave, revision, pure_epsilon, mu_squared, delta, stored from publications where account = $1 order by sequence`, account)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		p := Publication{Account: account}
		var stored int64
		if err := rows.Scan(&p.Wave, &p.Revision, &p.Loss.PureEpsilon, &p.Loss.MuSquared, &p.Loss.Delta, &stored); err != nil {
			return nil, err
		}
		p.Time = time.Unix(stored, 0).UTC()
		list = append(list, p)
	}
	return list, rows.Err()
}

// Accounts lists the open accounts in the order in which they were opened. The
// error is an [*Error], as that of [Ledger.Publications].
func (l *Ledger) Accounts(ctx context.Context) (list []privacy.Account, err error) {
	err = l.verified(ctx, func(tx *sql.Tx, _ state) error {
		list = nil
		rows, err := tx.QueryContext(ctx, `select `+accountColumns+` from accounts order by sequence`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			account, err := scanAccount(rows)
			if err != nil {
				return err
			}
			list = append(list, account)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, l.fault("read", err)
	}
	return list, nil
}

// Remaining says what an account has lost, within its window and ever, and what
// is left ([privacy.Standing.Left]), or [privacy.ErrUnknownAccount].
func (l *Ledger) Remaining(ctx context.Context, account string) (standing privacy.Standing, err error) {
	err = l.verified(ctx, func(tx *sql.Tx, now state) error {
		a, err := findAccount(ctx, tx, account)
		if err != nil {
			return err
		}
		committed, err := charges(ctx, tx, account)
		standing = a.Standing(committed, now.at)
		return err
	})
	if err != nil {
		return privacy.Standing{}, l.fault("read", err)
	}
	return standing, nil
}
