package ledger

import (
	"context"
	"database/sql"
	"errors"

	"maturitybench/privacy"
)

// scanner is a row of a query.
type scanner interface{ Scan(into ...any) error }

// tables are what the journal is about: for each, a query that starts with the
// number of a row, and how to read the rest of the row as a record.
var tables = map[string]struct {
	query string
	read  func(*Key, scanner) (number int64, r record, err error)
}{
	"accounts": {`select sequence, id, unit, roster, epsilon, delta, span, lifetime, opened from accounts`, readAccount},
	"publications": {`select sequence, account, wave, revision, reason, plan_digest, data_digest, pure_epsilon, mu_squared, delta,
		noise, measurement_digest, release_digest, stored from publications`, readPublication},
	"attempts":    {`select sequence, account, wave, revision, outcome, tried from attempts`, readAttempt},
	"reestimates": {`select sequence, account, wave, revision, estimator, made from reestimates`, readReestimate},
	"dates":       {`select sequence, stated, confirmed from dates`, readDate},
	"withdrawals": {`select sequence, account, wave, revision, reason, withdrawn from withdrawals`, readWithdrawal},
}

// accountRow is an account as its table has it.
type accountRow struct {
	id, unit, roster, epsilon, delta, span, lifetime string
}

func rowOf(a privacy.Account) accountRow {
	return accountRow{a.ID, a.Unit, string(a.Roster), decimal(a.Epsilon), decimal(a.Delta), string(a.Window), decimal(a.Lifetime)}
}

func (a accountRow) record(at int64) record {
	return newRecord(kindAccount, at, "account", a.id, "unit", a.unit, "roster", a.roster,
		"epsilon", a.epsilon, "delta", a.delta, "window", a.span, "lifetime", a.lifetime)
}

func readAccount(_ *Key, row scanner) (number int64, _ record, err error) {
	var a accountRow
	var at int64
	err = row.Scan(&number, &a.id, &a.unit, &a.roster, &a.epsilon, &a.delta, &a.span, &a.lifetime, &at)
	return number, a.record(at), err
}

// target is what an attempt, a publication or a reestimate is about.
type target struct {
	account, wave string
	revision      int64
}

func targetOf(e privacy.Entry) target { return target{e.Account, e.Wave, int64(e.Revision)} }

func (t target) record(kind string, at int64, fields ...any) record {
	return newRecord(kind, at, append([]any{"account", t.account, "wave", t.wave, "revision", t.revision}, fields...)...)
}

// publicationRow is a publication without its plan, measurement and release,
// for which their digests stand.
type publicationRow struct {
	target
	reason                           string
	loss                             privacy.Loss
	noise                            string
	plan, data, measurement, release []byte // digests
}

func (p publicationRow) record(key *Key, at int64) record {
	return p.target.record(kindPublication, at, "reason", p.reason,
		"pure_epsilon", p.loss.PureEpsilon, "mu_squared", p.loss.MuSquared, "delta", p.loss.Delta, "noise", p.noise,
		"plan", p.plan, "data", key.data(p.target, p.data), "measurement", p.measurement, "release", p.release)
}

func readPublication(key *Key, row scanner) (number int64, _ record, err error) {
	var p publicationRow
	var at int64
	err = row.Scan(&number, &p.account, &p.wave, &p.revision, &p.reason, &p.plan, &p.data,
		&p.loss.PureEpsilon, &p.loss.MuSquared, &p.loss.Delta, &p.noise, &p.measurement, &p.release, &at)
	return number, p.record(key, at), err
}

func readAttempt(_ *Key, row scanner) (number int64, _ record, err error) {
	var t target
	var outcome string
	var at int64
	err = row.Scan(&number, &t.account, &t.wave, &t.revision, &outcome, &at)
	return number, t.record("refused", at, "outcome", outcome), err
}

func readReestimate(_ *Key, row scanner) (number int64, _ record, err error) {
	var t target
	var estimator string
	var at int64
	err = row.Scan(&number, &t.account, &t.wave, &t.revision, &estimator, &at)
	return number, t.record("reestimate", at, "estimator", estimator), err
}

// readRows reads all tables as records by number. A number that two rows have
// is tampering, and so is a value that is not of the type of its column, which
// SQLite allows.
func readRows(ctx context.Context, tx *sql.Tx, key *Key) (map[int64]record, error) {
	all := map[int64]record{}
	for name, table := range tables {
		rows, err := tx.QueryContext(ctx, table.query)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			number, r, err := table.read(key, rows)
			if err != nil {
				return nil, errors.Join(ctx.Err(), &TamperError{Problem: "a row of " + name + " has a value of another type"})
			}
			if _, ok := all[number]; ok {
				return nil, &TamperError{Number: number, Problem: "two rows of the tables have this number"}
			}
			all[number] = r
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// readRow reads the row that was written under a number as its record.
func readRow(ctx context.Context, tx *sql.Tx, key *Key, table string, number int64) (record, error) {
	t := tables[table]
	_, r, err := t.read(key, tx.QueryRowContext(ctx, t.query+` where sequence = $1`, number))
	return r, err
}
