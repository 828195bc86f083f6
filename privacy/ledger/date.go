package ledger

import (
	"context"
	"database/sql"
	"time"
)

// ConfirmDate is the organiser's word that it is this date, after the clock of
// the machine has run far ahead of the ledger ([privacy.ErrClock]). It is
// journaled, and budget is freed up to that day. A date that the ledger's clock
// does not show, to within a day, is a [*privacy.ClockError]. The date must come
// from a person or another machine, not from this one's clock, or it confirms
// nothing.
func (l *Ledger) ConfirmDate(ctx context.Context, year int, month time.Month, day int) error {
	err := l.appends(ctx, func(_ *sql.Tx, now state) (*row, error) {
		if err := now.at.Confirm(year, month, day); err != nil {
			return nil, err
		}
		return newDate(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)), nil
	})
	if err != nil {
		return l.fault("confirm the date", err)
	}
	return nil
}

func newDate(stated string) *row {
	return &row{
		table:  "dates",
		record: func(at int64) record { return dateRecord(stated, at) },
		insert: func(ctx context.Context, tx *sql.Tx, number, at int64) error {
			_, err := tx.ExecContext(ctx, `insert into dates (sequence, stated, confirmed) values ($1, $2, $3)`, number, stated, at)
			return err
		},
	}
}

func dateRecord(stated string, at int64) record { return newRecord(kindDate, at, "stated", stated) }

func readDate(_ *Key, row scanner) (number int64, _ record, err error) {
	var stated string
	var at int64
	err = row.Scan(&number, &stated, &at)
	return number, dateRecord(stated, at), err
}
