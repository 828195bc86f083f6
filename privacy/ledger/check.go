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

// finding is what one state of the ledger says to a request: that it was stored,
// why it is refused, or else how the account will stand.
type finding struct {
	stored  bool             // it was published before, as record
	record  privacy.Record   // set if stored
	refusal error            // why it is refused, or nil
	outcome string           // the same for the journal, a constant
	told    privacy.Standing // once it is charged
}

// refusals are the errors that are journaled, with their names there.
var refusals = []struct {
	err     error
	outcome string
}{
	{privacy.ErrChanged, "changed"},
	{privacy.ErrForeignData, "foreign"},
	{privacy.ErrRepeatedData, "repeated"},
	{privacy.ErrBudgetExceeded, "budget"},
	{privacy.ErrClock, "clock"},
	{privacy.ErrRosterConflict, "roster"},
}

// inspect compares a request with the ledger as tx sees it. Its error is one of
// the database, or that the account is unknown.
func inspect(ctx context.Context, tx *sql.Tx, at privacy.Reading, r *request) (finding, error) {
	found, err := admit(ctx, tx, at, r)
	if err == nil {
		return found, nil
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
// neither another account knows nor, without a reason, another wave, and room in
// the budget.
func admit(ctx context.Context, tx *sql.Tx, at privacy.Reading, r *request) (found finding, err error) {
	account, err := findAccount(ctx, tx, r.Account)
	if err != nil {
		return found, err
	}
	if err := account.Check(r.Entry); err != nil {
		return found, err
	}
	old, err := findPublication(ctx, tx, targetOf(r.Entry))
	if err == nil {
		if !bytes.Equal(old.planDigest, r.planDigest) || !bytes.Equal(old.dataDigest, r.dataDigest) {
			return found, privacy.ErrChanged
		}
		return finding{stored: true, record: old.Record}, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return found, err
	}
	foreign, repeated, err := whereKnown(ctx, tx, r)
	switch {
	case err != nil:
		return found, err
	case foreign:
		return found, privacy.ErrForeignData
	case repeated && r.Reason == "":
		return found, privacy.ErrRepeatedData
	}
	committed, err := charges(ctx, tx, r.Account)
	if err != nil {
		return found, err
	}
	if err := privacy.Admit(account, committed, at, r.Loss); err != nil {
		return found, err
	}
	return finding{told: account.Standing(committed, at).Plus(r.Loss)}, nil
}
