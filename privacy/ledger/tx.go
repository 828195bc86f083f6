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
		tx, err := l.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if err := l.dialect.Durable(ctx, tx); err != nil {
			return err
		}
		if l.dialect.Lock != nil {
			if err := l.dialect.Lock(ctx, tx); err != nil {
				return err
			}
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

// appends runs decide on a ledger that was verified and that no other writer
// changes meanwhile, and makes the row that it returns and the record of the
// row durable in one commit. Nothing is written if decide returns no row.
func (l *Ledger) appends(ctx context.Context, decide func(*sql.Tx, state) (*row, error)) error {
	seen := l.seen.Load()
	var head Head
	err := l.write(ctx, func(tx *sql.Tx) (_ bool, err error) {
		now, err := l.walk(ctx, tx, seen)
		if err != nil {
			return false, err
		}
		head = now.head
		row, err := decide(tx, now)
		if err != nil || row == nil {
			return false, err
		}
		head, err = l.append(ctx, tx, now, row)
		return true, err
	})
	if err == nil {
		l.remember(head)
		l.keepLatest(ctx, head)
	}
	return err
}

// row is what a transaction adds to a table.
type row struct {
	table  string
	insert func(ctx context.Context, tx *sql.Tx, number, at int64) error
	record func(at int64) record
}

// append adds a row and its record to a ledger. The record tells what was meant,
// and the row must say the same once it is stored. What charges nothing does not
// move a clock that is to be confirmed.
func (l *Ledger) append(ctx context.Context, tx *sql.Tx, now state, row *row) (Head, error) {
	number := now.head.Number + 1
	if _, err := tx.ExecContext(ctx, `update ledger set sequence = $1 where id = 1`, number); err != nil {
		return Head{}, err
	}
	at := now.at.Quiet().Unix()
	if row.table == "publications" || row.table == "dates" {
		at = now.at.Time.Unix()
	}
	if err := row.insert(ctx, tx, number, at); err != nil {
		return Head{}, err
	}
	meant := row.record(at)
	stored, err := readRow(ctx, tx, l.key, row.table, number)
	if err != nil {
		return Head{}, err
	}
	if stored != meant {
		return Head{}, &TamperError{Number: number, Problem: "the database does not store what is written to it"}
	}
	return l.journal(ctx, tx, now.head, meant)
}

// journal adds a record to a journal that ends in head.
func (l *Ledger) journal(ctx context.Context, tx *sql.Tx, head Head, r record) (Head, error) {
	text := head.text(r)
	head = head.after(text)
	_, err := tx.ExecContext(ctx, `insert into journal (number, record, hash, seal) values ($1, $2, $3, $4)`,
		head.Number, text, head.Hash[:], l.key.seal(head))
	return head, err
}
