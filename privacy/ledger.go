package privacy

import (
	"context"
	"errors"
)

var (
	// ErrBudgetExceeded says that a charge does not fit; it comes in a
	// [*BudgetError] with the facts.
	ErrBudgetExceeded = errors.New("privacy: budget exceeded")
	// ErrChanged says that the wave was published from another plan or other data.
	ErrChanged = errors.New("privacy: this wave and revision was published from another plan or other data")
	// ErrUnknownAccount says that the account has not been opened.
	ErrUnknownAccount = errors.New("privacy: account is not open")
	// ErrAccountConflict says that another account has this id.
	ErrAccountConflict = errors.New("privacy: another account is open under this id")
	// ErrForeignData says that the data are known under another account.
	ErrForeignData = errors.New("privacy: these data were published under another account")
	// ErrRepeatedData says that the data are known under another wave of the
	// account, and that the entry states no reason.
	ErrRepeatedData = errors.New("privacy: these data were published under another wave of this account")
	// ErrRosterConflict says that a publication states another roster than its account.
	ErrRosterConflict = errors.New("privacy: the roster of the plan is not that of the account")
)

// Entry asks for one publication.
type Entry struct {
	Account  string // id of an open account
	Wave     string // id of the wave
	Revision int    // 1, or more to publish the same wave again, charged anew
	Roster   Roster // must be the account's
	Plan     []byte // canonical compiled plan: public
	Loss     Loss   // what the publication is charged
	Data     Data   // by which the ledger recognises the raw data

	// Reason says why data that were published under another wave of the account
	// are published again: one line of at most 500 bytes, which is journaled.
	// Without it they are refused ([ErrRepeatedData]).
	Reason string
}

// Record is what a publication stores.
type Record struct {
	Measurement []byte // the noisy numbers
	Release     []byte // the published document
}

// Ledger charges, draws, stores and returns. There is one publication for each
// account, wave and revision, and it is charged once.
//
// OpenAccount opens an account. Opening the same account again changes
// nothing; another one under the same id is [ErrAccountConflict], and an
// account that cannot be used is an [*AccountError].
//
// Publish returns the stored record if the account, wave and revision were
// published before from the same plan and the same data, without calling
// release. Otherwise it checks the entry ([Account.Check]), the data
// ([ErrForeignData], [ErrRepeatedData]), the budget and the clock ([Admit]),
// calls release with fresh [Draws], makes sure that they spent no more than the
// entry declared ([Draws.Settle]), and then, in one step, checks again, charges
// and stores; what it returns is what was stored. Two calls may compute at the
// same time: the loser's noise is discarded and it returns the stored record, or
// [ErrChanged]. Release is called again, with fresh draws, if the standing that
// it was told ([Draws.Standing]) is no longer that of the account when it is to
// be stored. Nothing is charged or stored unless release succeeds; an error
// of release is returned as it is.
//
// Privacy: no noisy number may leave release except in the record that it
// returns, since a caller that keeps one has published what nobody paid for.
// Whether data are recognised ([ErrChanged], [ErrForeignData], [ErrRepeatedData], a replay) is a
// fact about the raw data, for their holder and for nobody else.
type Ledger interface {
	OpenAccount(ctx context.Context, account Account) error
	Publish(ctx context.Context, entry Entry, release func(*Draws) (Record, error)) (Record, error)
}

// Published is a publication that a ledger stored: public texts and noisy numbers.
type Published struct {
	Wave      string
	Revision  int    // 1 or more
	Plan      []byte // as of its [Entry]
	Record           // as it was stored
	Withdrawn bool   // a notice says that it should not be used any more
}

// Archive is what a ledger may offer beside publishing: it tells its own
// releases from others, and what it has stored.
type Archive interface {
	// Published lists the publications of an account in the order of their
	// commits, or fails with [ErrUnknownAccount].
	Published(ctx context.Context, account string) ([]Published, error)
	// Holds reports whether the ledger stored exactly these bytes as the
	// release of account, wave and revision.
	Holds(ctx context.Context, account, wave string, revision int, release []byte) (bool, error)
}
