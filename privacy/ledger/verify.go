package ledger

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"errors"
	"math"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/clock"
)

// Verify walks the journal from its first record and compares every record
// with the row of the tables that it is about, down to the bytes of plans,
// measurements and releases. It returns the head, or an error that wraps
// [ErrTampered] and says in a [*TamperError] which record is the first that
// does not hold: an edited or deleted account, charge, measurement or release,
// one without its record, a record that was edited, moved or removed.
//
// A ledger is verified when it is opened, and all of it but the long texts
// before every decision and every answer, so that nothing is ever read or
// charged on an unverified ledger.
func (l *Ledger) Verify(ctx context.Context) (Head, error) { return l.VerifySince(ctx, Head{}) }

// VerifySince is Verify, and it also finds that the journal does not continue
// the one of which kept was the head: it was cut, rewritten, or replaced by an
// older copy of itself. The zero Head is continued by every journal. The error is
// an [*Error] of a [*TamperError] for what was found, or of the database.
func (l *Ledger) VerifySince(ctx context.Context, kept Head) (Head, error) {
	var head Head
	err := l.verified(ctx, func(tx *sql.Tx, now state) error {
		head = now.head
		if err := checkContents(ctx, tx); err != nil {
			return err
		}
		return l.continues(ctx, tx, kept, head)
	})
	if err != nil {
		return Head{}, l.fault("verify", err)
	}
	return head, nil
}

// verified runs do on one snapshot of the ledger whose journal has been
// walked, and which continues every one that this Ledger has seen before.
func (l *Ledger) verified(ctx context.Context, do func(tx *sql.Tx, now state) error) error {
	seen := l.seen.Load() // before the snapshot, which therefore must contain it
	var now state
	err := l.read(ctx, func(tx *sql.Tx) (err error) {
		if now, err = l.walk(ctx, tx, seen); err != nil {
			return err
		}
		return do(tx, now)
	})
	if err == nil {
		l.remember(now.head)
	}
	return err
}

// remember keeps the longest head that was seen to be durable.
func (l *Ledger) remember(head Head) {
	for {
		seen := l.seen.Load()
		if seen != nil && seen.Number >= head.Number || l.seen.CompareAndSwap(seen, &head) {
			return
		}
	}
}

// state is what a walk found: how far the journal goes, and what time it is.
type state struct {
	head  Head
	clock privacy.Clock
	at    privacy.Reading
}

// walk verifies the journal and the tables as tx sees them, but for the long
// texts.
func (l *Ledger) walk(ctx context.Context, tx *sql.Tx, seen *Head) (state, error) {
	var sequence int64
	var keyCheck []byte
	if err := tx.QueryRowContext(ctx, `select sequence, key_check from ledger where id = 1`).Scan(&sequence, &keyCheck); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return state{}, &TamperError{Problem: "the ledger has lost its counter"}
		}
		return state{}, err
	}
	if !bytes.Equal(keyCheck, l.key.check()) {
		return state{}, &TamperError{Problem: "the ledger names another key"}
	}
	rows, err := readRows(ctx, tx, l.key)
	if err != nil {
		return state{}, err
	}
	now, err := l.walkJournal(ctx, tx, state{head: startOf(keyCheck)}, rows)
	head := now.head
	switch {
	case err != nil:
		return state{}, err
	case head.Number != sequence:
		return state{}, &TamperError{Number: min(head.Number, sequence) + 1, Problem: "the journal and its counter disagree"}
	case head.Number != int64(len(rows)):
		return state{}, &TamperError{Number: head.Number + 1, Problem: "a row of the tables has no record"}
	case seen != nil:
		err = l.continues(ctx, tx, *seen, head)
	}
	now.at = now.clock.Read(clock.Now(ctx))
	return now, err
}

// walkJournal compares the journal with the rows of the tables, by number.
func (l *Ledger) walkJournal(ctx context.Context, tx *sql.Tx, now state, rows map[int64]record) (state, error) {
	head, last := now.head, int64(math.MinInt64)
	journal, err := tx.QueryContext(ctx, `select number, record, hash, seal from journal order by number`)
	if err != nil {
		return state{}, err
	}
	defer journal.Close()
	var sealed []byte
	for journal.Next() {
		var number int64
		var text string
		var hash []byte
		if err := journal.Scan(&number, &text, &hash, &sealed); err != nil {
			return state{}, err
		}
		if number != head.Number+1 {
			return state{}, &TamperError{Number: head.Number + 1, Problem: "the record is missing"}
		}
		row, ok := rows[number]
		if !ok {
			return state{}, &TamperError{Number: number, Problem: "the record has lost its row of the tables"}
		}
		if text != head.text(row) {
			return state{}, &TamperError{Number: number, Problem: "the record, the one before it and the tables disagree"}
		}
		if row.at < last {
			return state{}, &TamperError{Number: number, Problem: "the record is older than the one before it"}
		}
		last, now.clock = row.at, row.after(now.clock)
		if head = head.after(text); !bytes.Equal(hash, head.Hash[:]) {
			return state{}, &TamperError{Number: number, Problem: "the hash is not that of the record"}
		}
	}
	if err := journal.Err(); err != nil {
		return state{}, err
	}
	// Each hash depends on those before, so one seal is one for all.
	if head.Number > 0 && !hmac.Equal(sealed, l.key.seal(head)) {
		return state{}, &TamperError{Number: head.Number, Problem: "the record was not written with the key of the ledger"}
	}
	now.head = head
	return now, nil
}

// continues says whether the journal that ends in head has kept in it. The
// zero Head is in every journal.
func (l *Ledger) continues(ctx context.Context, tx *sql.Tx, kept, head Head) error {
	at := kept
	switch {
	case kept == Head{}:
		return nil
	case kept.Number > head.Number:
		return &TamperError{Number: kept.Number, Problem: "the record was there before: the ledger was cut or is an older copy"}
	case kept.Number == 0:
		at = startOf(l.key.check())
	default:
		var hash []byte
		if err := tx.QueryRowContext(ctx, `select hash from journal where number = $1`, kept.Number).Scan(&hash); err != nil {
			return err
		}
		copy(at.Hash[:], hash) // of the right length: it was walked
	}
	if at != kept {
		return &TamperError{Number: kept.Number, Problem: "another record was there before: the ledger was rewritten or is another one"}
	}
	return nil
}

// checkContents compares the long texts of all publications with their digests.
func checkContents(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `select sequence, plan, plan_digest, measurement, measurement_digest, release, release_digest
		from publications order by sequence`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number int64
		var c contents
		if err := rows.Scan(&number, &c.plan, &c.planDigest, &c.Measurement, &c.measurementDigest, &c.Release, &c.releaseDigest); err != nil {
			return err
		}
		if err := c.check(number); err != nil {
			return err
		}
	}
	return rows.Err()
}

// contents are the long texts of a publication with their digests.
type contents struct {
	privacy.Record
	plan                                         []byte
	planDigest, measurementDigest, releaseDigest []byte
}

func (c *contents) check(number int64) error {
	plan, measurement, release := privacy.PlanDigest(c.plan), sha256.Sum256(c.Measurement), sha256.Sum256(c.Release)
	problem := ""
	switch {
	case !bytes.Equal(c.planDigest, plan[:]):
		problem = "the plan was changed"
	case !bytes.Equal(c.measurementDigest, measurement[:]):
		problem = "the measurement was changed"
	case !bytes.Equal(c.releaseDigest, release[:]):
		problem = "the release was changed"
	default:
		return nil
	}
	return &TamperError{Number: number, Problem: problem}
}
