package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// tries is how often a transaction that loses against others is run.
const tries = 8

// read runs do on one snapshot of the ledger, without any lock.
func (l *Ledger) read(ctx context.Context, do func(tx *sql.Tx) error) error {
	options := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	return l.again(ctx, func() error {
		tx, err := l.db.BeginTx(ctx, options)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		return do(tx)
	})
}

// write runs do in a transaction that survives a crash once it has committed,
// and commits it iff do returns true and no error. One goroutine of a Ledger
// writes at a time; other processes are kept out by the database. Do may run
// several times.
func (l *Ledger) write(ctx context.Context, do func(tx *sql.Tx) (bool, error)) error {
	select {
	case l.writer <- struct{}{}:
		defer func() { <-l.writer }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return l.again(ctx, func() error {
		tx, err := l.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if err := l.dialect.Durable(ctx, tx); err != nil {
			return err
		}
		if commit, err := do(tx); err != nil || !commit {
			return err
		}
		return tx.Commit()
	})
}

// again runs do until it does not lose against another transaction. Once the
// context is done, that is what its error wraps, whatever do reports.
func (l *Ledger) again(ctx context.Context, do func() error) error {
	pause := 5 * time.Millisecond
	for try := 1; ; try++ {
		err := do()
		if done := ctx.Err(); err != nil && done != nil && !errors.Is(err, done) {
			return fmt.Errorf("%w: %w", done, err)
		}
		if err == nil || try == tries || !l.dialect.Conflict(err) {
			return err
		}
		select {
		case <-time.After(pause):
			pause *= 2
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// next numbers what tx is about to write. It is the first statement of a
// transaction: on a database that locks rows, the later ones then see all that
// was committed before.
func next(ctx context.Context, tx *sql.Tx) (sequence int64, err error) {
	err = tx.QueryRowContext(ctx, `update ledger set sequence = sequence + 1 where id = 1 returning sequence`).Scan(&sequence)
	return sequence, err
}
