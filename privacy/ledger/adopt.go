package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
)

// adopt journals what a ledger holds that was written before there was a
// journal, in the order in which it was written. It runs once, in the
// transaction that makes the journal.
func (l *Ledger) adopt(ctx context.Context, tx *sql.Tx) error {
	var keyCheck []byte
	err := tx.QueryRowContext(ctx, `select key_check from ledger where id = 1`).Scan(&keyCheck)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // a new ledger
	}
	if err != nil {
		return err
	}
	if !bytes.Equal(keyCheck, l.key.check()) {
		return fmt.Errorf("%w: the ledger was made with another one", ErrKeyRefused)
	}
	if err := digestContents(ctx, tx); err != nil {
		return err
	}
	rows, err := readRows(ctx, tx, l.key)
	if err != nil {
		return err
	}
	head := startOf(keyCheck)
	for range len(rows) {
		row, ok := rows[head.Number+1]
		if !ok {
			return &TamperError{Number: head.Number + 1, Problem: "the ledger has no row with this number"}
		}
		if head, err = l.journal(ctx, tx, head, row); err != nil {
			return err
		}
	}
	return nil
}

// digestContents fills in the digests of measurements and releases.
func digestContents(ctx context.Context, tx *sql.Tx) error {
	numbers, err := publicationNumbers(ctx, tx)
	if err != nil {
		return err
	}
	for _, number := range numbers {
		var measurement, release []byte
		err := tx.QueryRowContext(ctx, `select measurement, release from publications where sequence = $1`, number).Scan(&measurement, &release)
		if err != nil {
			return err
		}
		m, r := sha256.Sum256(measurement), sha256.Sum256(release)
		_, err = tx.ExecContext(ctx, `update publications set measurement_digest = $1, release_digest = $2 where sequence = $3`, m[:], r[:], number)
		if err != nil {
			return err
		}
	}
	return nil
}

func publicationNumbers(ctx context.Context, tx *sql.Tx) (numbers []int64, err error) {
	rows, err := tx.QueryContext(ctx, `select sequence from publications order by sequence`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var number int64
		if err := rows.Scan(&number); err != nil {
			return nil, err
		}
		numbers = append(numbers, number)
	}
	return numbers, rows.Err()
}
