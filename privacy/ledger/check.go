package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"errors"

	"maturitybench/privacy"
)

// request is an entry with the digests by which it is recognised.
type request struct {
	privacy.Entry
	planDigest []byte
	dataDigest []byte
}

// finding is what one state of the ledger says to a request. The zero finding
// admits it.
type finding struct {
	stored  bool           // it was published before, as record
	record  privacy.Record // set if stored
	refusal error          // why it is refused, or nil
	outcome string         // the same for the journal, a constant
}

// refusals are the errors that are journaled, with their names there.
var refusals = []struct {
	err     error
	outcome string
}{
	{privacy.ErrChanged, "changed"},
	{privacy.ErrForeignData, "foreign"},
	{privacy.ErrBudgetExceeded, "budget"},
	{privacy.ErrRosterConflict, "roster"},
}

// inspect compares a request with the ledger as tx sees it. Its error is one of
// the database, or that the account is unknown.
func inspect(ctx context.Context, tx *sql.Tx, r *request) (finding, error) {
	record, stored, err := admit(ctx, tx, r)
	if err == nil {
		return finding{stored: stored, record: record}, nil
	}
	for _, refusal := range refusals {
		if errors.Is(err, refusal.err) {
			return finding{refusal: err, outcome: refusal.outcome}, nil
		}
	}
	return finding{}, err
}

// admit holds the rules: a stored publication is returned to its own plan and
// data and refused to others; a new one needs its account's roster, data that
// no other account knows, and room in the window.
func admit(ctx context.Context, tx *sql.Tx, r *request) (record privacy.Record, stored bool, err error) {
	account, err := findAccount(ctx, tx, r.Account)
	if err != nil {
		return record, false, err
	}
	if err := account.Check(r.Entry); err != nil {
		return record, false, err
	}
	old, err := findPublication(ctx, tx, targetOf(r.Entry))
	if err == nil {
		if !bytes.Equal(old.planDigest, r.planDigest) || !bytes.Equal(old.dataDigest, r.dataDigest) {
			return record, false, privacy.ErrChanged
		}
		return old.Record, true, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return record, false, err
	}
	foreign, err := isForeign(ctx, tx, r)
	if err != nil {
		return record, false, err
	}
	if foreign {
		return record, false, privacy.ErrForeignData
	}
	committed, err := charges(ctx, tx, r.Account)
	if err != nil {
		return record, false, err
	}
	return record, false, privacy.Admit(account, committed, r.Loss)
}
