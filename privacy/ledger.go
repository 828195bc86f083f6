package privacy

import (
	"context"
	"errors"
	"iter"
)

var (
	// ErrBudgetExceeded says that a charge does not fit.
	ErrBudgetExceeded = errors.New("privacy: budget exceeded")
	// ErrChanged says that the wave was published from another plan or other data.
	ErrChanged = errors.New("privacy: this wave and revision was published from another plan or other data")
	// ErrUnknownAccount says that the account has not been opened.
	ErrUnknownAccount = errors.New("privacy: account is not open")
	// ErrAccountConflict says that another account has this id.
	ErrAccountConflict = errors.New("privacy: another account is open under this id")
	// ErrForeignData says that the data are known under another account.
	ErrForeignData = errors.New("privacy: these data were published under another account")
)

// Account is a lifetime budget.
type Account struct {
	ID      string  `yaml:"account" json:"account"`
	Unit    string  `yaml:"unit" json:"unit"`
	Roster  Roster  `yaml:"roster" json:"roster"`
	Epsilon float64 `yaml:"epsilon" json:"epsilon"`
	Delta   float64 `yaml:"delta" json:"delta"`
	Waves   int     `yaml:"waves" json:"waves"`
}

// Entry asks for one publication.
type Entry struct {
	Account  string
	Wave     string
	Revision int
	Roster   Roster
	Plan     []byte            // canonical compiled plan: public
	Loss     Loss              // what the publication is charged
	Data     iter.Seq[[]byte]  // canonical records of the raw data, for the digest only; the slice is reused
}

// Record is what a publication stores.
type Record struct {
	Measurement []byte // the noisy numbers
	Release     []byte // the published document
}

// Ledger charges, draws, stores and returns.
type Ledger interface {
	OpenAccount(ctx context.Context, account Account) error
	Publish(ctx context.Context, entry Entry, release func(*Draws) (Record, error)) (Record, error)
}
