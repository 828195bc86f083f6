package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"maturitybench/privacy"
)

// OpenAccount opens an account. The same account again is no change; another
// one under the same id is a [privacy.ErrAccountConflict].
func (l *Ledger) OpenAccount(ctx context.Context, account privacy.Account) error {
	if err := account.Validate(); err != nil {
		return err
	}
	var open privacy.Account
	err := l.verified(ctx, func(tx *sql.Tx, _ state) (err error) {
		open, err = findAccount(ctx, tx, account.ID)
		return err
	})
	if errors.Is(err, privacy.ErrUnknownAccount) {
		err = l.appends(ctx, func(tx *sql.Tx, _ state) (*row, error) {
			var err error
			open, err = findAccount(ctx, tx, account.ID)
			if !errors.Is(err, privacy.ErrUnknownAccount) {
				return nil, err
			}
			open = account
			return newAccount(account), nil
		})
	}
	if err != nil {
		return l.fault("open account", err)
	}
	if open != account {
		return fmt.Errorf("%w: %q", privacy.ErrAccountConflict, account.ID)
	}
	return nil
}

// findAccount returns the account that is open under id, else a
// [privacy.ErrUnknownAccount].
func findAccount(ctx context.Context, tx *sql.Tx, id string) (privacy.Account, error) {
	account, err := scanAccount(tx.QueryRowContext(ctx, `select `+accountColumns+` from accounts where id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return privacy.Account{}, fmt.Errorf("%w: %q", privacy.ErrUnknownAccount, id)
	}
	return account, err
}

const accountColumns = `id, unit, roster, epsilon, delta, span, lifetime`

// scanAccount reads the accountColumns of a row.
func scanAccount(row scanner) (account privacy.Account, err error) {
	var epsilon, delta, lifetime string
	if err := row.Scan(&account.ID, &account.Unit, &account.Roster, &epsilon, &delta, &account.Window, &lifetime); err != nil {
		return privacy.Account{}, err
	}
	var err1, err2, err3 error
	account.Epsilon, err1 = strconv.ParseFloat(epsilon, 64)
	account.Delta, err2 = strconv.ParseFloat(delta, 64)
	account.Lifetime, err3 = strconv.ParseFloat(lifetime, 64)
	return account, errors.Join(err1, err2, err3)
}

// newAccount is the row of an account.
func newAccount(account privacy.Account) *row {
	a := rowOf(account)
	return &row{table: "accounts", record: a.record, insert: func(ctx context.Context, tx *sql.Tx, number, at int64) error {
		_, err := tx.ExecContext(ctx,
			`insert into accounts (id, sequence, unit, roster, epsilon, delta, span, lifetime, opened) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			a.id, number, a.unit, a.roster, a.epsilon, a.delta, a.span, a.lifetime, at)
		return err
	}}
}

// decimal is the shortest decimal that reads back as x.
func decimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
