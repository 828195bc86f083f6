package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"maturitybench/privacy"
)

// ErrWithdrawn says that a publication was withdrawn before, for another reason.
var ErrWithdrawn = errors.New("the publication was withdrawn before, for another reason")

// Withdrawal is the public notice that a publication was withdrawn.
type Withdrawal struct {
	Account  string    `json:"account"`
	Wave     string    `json:"wave"`
	Revision int       `json:"revision"` // as of a [Publication]
	Reason   string    `json:"reason"`   // for the readers of the release
	Time     time.Time `json:"time"`     // in UTC
}

// Withdraw journals that a publication should not be used any more, and why: one
// line of at most 500 bytes, which becomes public and must say nothing about an
// answer. It is free, and it gives no budget back: what was published has been
// read. The same reason again returns the same notice; another one is
// [ErrWithdrawn], and a publication that is not there [ErrNotPublished]. The
// release itself stays in the ledger and is returned as before.
func (l *Ledger) Withdraw(ctx context.Context, account, wave string, revision int, reason string) (notice Withdrawal, err error) {
	if reason == "" || !privacy.ValidReason(reason) {
		return Withdrawal{}, errors.New("ledger: a withdrawal needs a reason: one line of at most 500 bytes of text")
	}
	t := target{account, wave, int64(revision)}
	err = l.appends(ctx, func(tx *sql.Tx, now state) (*row, error) {
		if _, err := findPublication(ctx, tx, t); errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("%w: account %q, wave %q, revision %d", ErrNotPublished, account, wave, revision)
		} else if err != nil {
			return nil, err
		}
		old, err := findWithdrawal(ctx, tx, t)
		switch {
		case err == nil && old.Reason == reason:
			notice = old
			return nil, nil
		case err == nil:
			return nil, ErrWithdrawn
		case !errors.Is(err, sql.ErrNoRows):
			return nil, err
		}
		notice = Withdrawal{account, wave, revision, reason, now.at.Quiet()}
		return newWithdrawal(t, reason), nil
	})
	if err != nil {
		return Withdrawal{}, l.fault("withdraw", err)
	}
	return notice, nil
}

func findWithdrawal(ctx context.Context, tx *sql.Tx, t target) (w Withdrawal, err error) {
	var at int64
	w = Withdrawal{Account: t.account, Wave: t.wave, Revision: int(t.revision)}
	err = tx.QueryRowContext(ctx, `select reason, withdrawn from withdrawals where account = $1 and wave = $2 and revision = $3`,
		t.account, t.wave, t.revision).Scan(&w.Reason, &at)
	w.Time = time.Unix(at, 0).UTC()
	return w, err
}

func newWithdrawal(t target, reason string) *row {
	return &row{
		table:  "withdrawals",
		record: func(at int64) record { return t.record("withdrawal", at, "reason", reason) },
		insert: func(ctx context.Context, tx *sql.Tx, number, at int64) error {
			_, err := tx.ExecContext(ctx,
				`insert into withdrawals (sequence, account, wave, revision, reason, withdrawn) values ($1, $2, $3, $4, $5, $6)`,
				number, t.account, t.wave, t.revision, reason, at)
			return err
		},
	}
}

func readWithdrawal(_ *Key, row scanner) (number int64, _ record, err error) {
	var t target
	var reason string
	var at int64
	err = row.Scan(&number, &t.account, &t.wave, &t.revision, &reason, &at)
	return number, t.record("withdrawal", at, "reason", reason), err
}
