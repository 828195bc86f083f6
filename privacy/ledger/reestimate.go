package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"maturitybench/privacy"
)

// RecordReestimate journals that the stored measurement of a publication is
// read with another estimator, an id such as a version, and returns how many
// estimators it has been read with since it was published: 1 for the first.
// The same estimator again changes nothing and returns its own number. It
// charges nothing, since a function of a measurement tells no more about the
// raw data than the measurement. The error is [ErrNotPublished] if there is no
// such publication.
func (l *Ledger) RecordReestimate(ctx context.Context, account, wave string, revision int, estimator string) (count int, err error) {
	if !privacy.ValidID(estimator) {
		return 0, errors.New("ledger: an estimator must have an id")
	}
	t := target{account, wave, int64(revision)}
	err = l.appends(ctx, func(tx *sql.Tx, _ state) (*row, error) {
		_, err := findPublication(ctx, tx, t)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("%w: account %q, wave %q, revision %d", ErrNotPublished, account, wave, revision)
		}
		if err != nil {
			return nil, err
		}
		if count, err = placeOfReestimate(ctx, tx, t, estimator); err != nil || count > 0 {
			return nil, err
		}
		before, err := countReestimates(ctx, tx, t)
		count = before + 1
		return newReestimate(t, estimator), err
	})
	if err != nil {
		return 0, l.fault("reestimate", err)
	}
	return count, nil
}

func countReestimates(ctx context.Context, tx *sql.Tx, t target) (count int, err error) {
	err = tx.QueryRowContext(ctx, `select count(*) from reestimates where account = $1 and wave = $2 and revision = $3`,
		t.account, t.wave, t.revision).Scan(&count)
	return count, err
}

// placeOfReestimate is the number of an estimator among those of a
// publication, or 0.
func placeOfReestimate(ctx context.Context, tx *sql.Tx, t target, estimator string) (place int, err error) {
	err = tx.QueryRowContext(ctx, `select count(*) from reestimates where account = $1 and wave = $2 and revision = $3
		and sequence <= (select sequence from reestimates where account = $1 and wave = $2 and revision = $3 and estimator = $4)`,
		t.account, t.wave, t.revision, estimator).Scan(&place)
	return place, err
}

func newReestimate(t target, estimator string) *row {
	return &row{
		table:  "reestimates",
		record: func(at int64) record { return t.record("reestimate", at, "estimator", estimator) },
		insert: func(ctx context.Context, tx *sql.Tx, number, at int64) error {
			_, err := tx.ExecContext(ctx,
				`insert into reestimates (sequence, account, wave, revision, estimator, made) values ($1, $2, $3, $4, $5, $6)`,
				number, t.account, t.wave, t.revision, estimator, at)
			return err
		},
	}
}
