package ledger

import (
	"context"
	"database/sql"

	"maturitybench/privacy"
)

// publication is a row of the table of that name.
type publication struct {
	planDigest []byte
	dataDigest []byte
	record     privacy.Record
}

// findPublication returns what is stored, else [sql.ErrNoRows].
func findPublication(ctx context.Context, tx *sql.Tx, account, wave string, revision int) (publication, error) {
	var p publication
	err := tx.QueryRowContext(ctx,
		`select plan_digest, data_digest, measurement, release from publications where account = $1 and wave = $2 and revision = $3`,
		account, wave, revision).
		Scan(&p.planDigest, &p.dataDigest, &p.record.Measurement, &p.record.Release)
	return p, err
}

// isForeign reports whether another account has published the same data.
func isForeign(ctx context.Context, tx *sql.Tx, r *request) (bool, error) {
	var count int
	err := tx.QueryRowContext(ctx, `select count(*) from publications where data_digest = $1 and account <> $2`, r.dataDigest, r.Account).Scan(&count)
	return count > 0, err
}

// charges returns the charges of an account in the order of their commits.
func charges(ctx context.Context, tx *sql.Tx, account string) ([]privacy.Loss, error) {
	rows, err := tx.QueryContext(ctx, `select pure_epsilon, mu_squared, delta from publications where account = $1 order by sequence`, account)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var losses []privacy.Loss
	for rows.Next() {
		var loss privacy.Loss
		if err := rows.Scan(&loss.PureEpsilon, &loss.MuSquared, &loss.Delta); err != nil {
			return nil, err
		}
		losses = append(losses, loss)
	}
	return losses, rows.Err()
}

func insertPublication(ctx context.Context, tx *sql.Tx, sequence int64, r *request, noise string, record privacy.Record, stored int64) error {
	_, err := tx.ExecContext(ctx,
		`insert into publications (sequence, account, wave, revision, plan, plan_digest, data_digest,
			pure_epsilon, mu_squared, delta, noise, measurement, release, stored)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		sequence, r.Account, r.Wave, r.Revision, blob(r.Plan), r.planDigest, r.dataDigest,
		r.Loss.PureEpsilon, r.Loss.MuSquared, r.Loss.Delta, noise, blob(record.Measurement), blob(record.Release), stored)
	return err
}

func insertAttempt(ctx context.Context, tx *sql.Tx, sequence int64, r *request, outcome string, tried int64) error {
	_, err := tx.ExecContext(ctx,
		`insert into attempts (sequence, account, wave, revision, outcome, tried) values ($1, $2, $3, $4, $5, $6)`,
		sequence, r.Account, r.Wave, r.Revision, outcome, tried)
	return err
}

// blob makes an empty value of none, which a database would store as null.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
