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
	err := l.read(ctx, func(tx *sql.Tx) (err error) {
		open, err = findAccount(ctx, tx, account.ID)
		return err
	})
	if errors.Is(err, privacy.ErrUnknownAccount) {
		err = l.write(ctx, func(tx *sql.Tx) (bool, error) {
			sequence, err := next(ctx, tx)
			if err != nil {
				return false, err
			}
			open, err = findAccount(ctx, tx, account.ID)
			if !errors.Is(err, privacy.ErrUnknownAccount) {
				return false, err
			}
			open = account
			return true, insertAccount(ctx, tx, sequence, account, l.now().Unix())
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
	account := privacy.Account{ID: id}
	var epsilon, delta string
	err := tx.QueryRowContext(ctx, `select unit, roster, epsilon, delta, waves from accounts where id = $1`, id).
		Scan(&account.Unit, &account.Roster, &epsilon, &delta, &account.Waves)
	if errors.Is(err, sql.ErrNoRows) {
		return privacy.Account{}, fmt.Errorf("%w: %q", privacy.ErrUnknownAccount, id)
	}
	if err != nil {
		return privacy.Account{}, err
	}
	var err1, err2 error
	account.Epsilon, err1 = strconv.ParseFloat(epsilon, 64)
	account.Delta, err2 = strconv.ParseFloat(delta, 64)
	return account, errors.Join(err1, err2)
}

func insertAccount(ctx context.Context, tx *sql.Tx, sequence int64, account privacy.Account, opened int64) error {
	_, err := tx.ExecContext(ctx,
		`insert into accounts (id, sequence, unit, roster, epsilon, delta, waves, opened) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		account.ID, sequence, account.Unit, string(account.Roster), decimal(account.Epsilon), decimal(account.Delta), account.Waves, opened)
	return err
}

// decimal is the shortest decimal that reads back as x.
func decimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
