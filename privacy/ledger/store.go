package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"time"

	"maturitybench/privacy"
)

// publication is a row of the table of that name with its long texts.
type publication struct {
	contents
	number     int64
	dataDigest []byte
	loss       privacy.Loss
	stored     int64 // seconds since 1970
}

// findPublication returns what is stored, once it agrees with its digests; the
// journal was walked before. The error is [sql.ErrNoRows] if nothing is stored.
func findPublication(ctx context.Context, tx *sql.Tx, t target) (publication, error) {
	var p publication
	err := tx.QueryRowContext(ctx,
		`select sequence, plan, plan_digest, data_digest, pure_epsilon, mu_squared, delta,
			measurement, measurement_digest, release, release_digest, stored
		from publications where account = $1 and wave = $2 and revision = $3`,
		t.account, t.wave, t.revision).
		Scan(&p.number, &p.plan, &p.planDigest, &p.dataDigest, &p.loss.PureEpsilon, &p.loss.MuSquared, &p.loss.Delta,
			&p.Measurement, &p.measurementDigest, &p.Release, &p.releaseDigest, &p.stored)
	if err != nil {
		return publication{}, err
	}
	return p, p.check(p.number)
}

// whereKnown reports whether another account has published the same data, and
// whether this one has, as another wave.
func whereKnown(ctx context.Context, tx *sql.Tx, r *request) (foreign, repeated bool, err error) {
	const query = `select count(*) from publications where data_digest = $1 and `
	var others, waves int
	if err := tx.QueryRowContext(ctx, query+`account <> $2`, r.dataDigest, r.Account).Scan(&others); err != nil {
		return false, false, err
	}
	err = tx.QueryRowContext(ctx, query+`account = $2 and wave <> $3`, r.dataDigest, r.Account, r.Wave).Scan(&waves)
	return others > 0, waves > 0, err
}

// charges returns the charges of an account in the order of their commits.
func charges(ctx context.Context, tx *sql.Tx, account string) ([]privacy.Charge, error) {
	rows, err := tx.QueryContext(ctx, `select pure_epsilon, mu_squared, delta, stored from publications where account = $1 order by sequence`, account)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []privacy.Charge
	for rows.Next() {
		var loss privacy.Loss
		var stored int64
		if err := rows.Scan(&loss.PureEpsilon, &loss.MuSquared, &loss.Delta, &stored); err != nil {
			return nil, err
		}
		list = append(list, privacy.Charge{Time: time.Unix(stored, 0).UTC(), Loss: loss})
	}
	return list, rows.Err()
}

// newPublication is the row of an admitted request: charge, measurement and
// release together.
func newPublication(key *Key, r *request, noise string, fresh privacy.Record) *row {
	measurement, release := sha256.Sum256(fresh.Measurement), sha256.Sum256(fresh.Release)
	p := publicationRow{
		target: targetOf(r.Entry), reason: r.Reason, loss: r.Loss, noise: noise,
		plan: r.planDigest, data: r.dataDigest, measurement: measurement[:], release: release[:],
	}
	return &row{
		table:  "publications",
		record: func(at int64) record { return p.record(key, at) },
		insert: func(ctx context.Context, tx *sql.Tx, number, at int64) error {
			_, err := tx.ExecContext(ctx,
				`insert into publications (sequence, account, wave, revision, reason, plan, plan_digest, data_digest, pure_epsilon, mu_squared, delta,
					noise, measurement, measurement_digest, release, release_digest, stored)
				values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
				number, p.account, p.wave, p.revision, p.reason, blob(r.Plan), p.plan, p.data, p.loss.PureEpsilon, p.loss.MuSquared, p.loss.Delta,
				p.noise, blob(fresh.Measurement), p.measurement, blob(fresh.Release), p.release, at)
			return err
		},
	}
}

// newAttempt is the row of a refused request: what was asked for and the kind
// of refusal.
func newAttempt(r *request, outcome string) *row {
	t := targetOf(r.Entry)
	return &row{
		table:  "attempts",
		record: func(at int64) record { return t.record("refused", at, "outcome", outcome) },
		insert: func(ctx context.Context, tx *sql.Tx, number, at int64) error {
			_, err := tx.ExecContext(ctx,
				`insert into attempts (sequence, account, wave, revision, outcome, tried) values ($1, $2, $3, $4, $5, $6)`,
				number, t.account, t.wave, t.revision, outcome, at)
			return err
		},
	}
}

// blob makes an empty value of none, which a database would store as null.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
