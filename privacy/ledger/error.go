package ledger

import (
	"errors"
	"fmt"
	"strings"
)

var (
	// ErrMissing says that there is no ledger, and no trace of one.
	ErrMissing = errors.New("there is no ledger")
	// ErrExists says that a ledger is there where one was to be created.
	ErrExists = errors.New("there is a ledger already")
	// ErrLost says that the key or the head of a ledger is there and its tables
	// are not.
	ErrLost = errors.New("the ledger is lost: its key or its head is here and it is not, and a new one would give the budget again that was spent")
	// ErrHeadMissing says that a ledger has lost the file of its head, without
	// which an older copy looks like the latest.
	ErrHeadMissing = errors.New("the head that is kept beside the key is missing")
	// ErrKeyMissing says that a ledger has no key file.
	ErrKeyMissing = errors.New("the key of the ledger is missing")
	// ErrKeyRefused says that a key file is unsafe or malformed, or that the
	// key belongs to another ledger.
	ErrKeyRefused = errors.New("the key of the ledger is refused")
	// ErrNotDurable says that the database does not promise that a commit
	// survives a crash.
	ErrNotDurable = errors.New("the database is not set to durable commits")
	// ErrNewer says that a newer version of this package wrote the ledger.
	ErrNewer = errors.New("the ledger was written by a newer version")
	// ErrOlder says that an older version of this package made the ledger, whose
	// accounts counted publications where they now count time, or which recognises
	// data by another digest.
	ErrOlder = errors.New("the ledger has an old form")
	// ErrTestNoise says that noise other than the secure one was to be stored.
	ErrTestNoise = errors.New("a durable ledger stores secure noise only")
	// ErrTampered says that the ledger is not as it was written; it comes in a
	// [*TamperError] with the place.
	ErrTampered = errors.New("the ledger was tampered with")
	// ErrNotPublished says that there is no publication of this account, wave
	// and revision.
	ErrNotPublished = errors.New("nothing is published for this account, wave and revision")
)

// TamperError says where the journal and the tables of a ledger stop to agree
// with each other or with a head that was kept.
type TamperError struct {
	Number  int64  // of the first record that does not hold; 0: no single one
	Problem string // what is wrong there, without any value
}

// Error returns one line.
func (e *TamperError) Error() string {
	if e.Number == 0 {
		return fmt.Sprintf("%v: %s", ErrTampered, e.Problem)
	}
	return fmt.Sprintf("%v: record %d: %s", ErrTampered, e.Number, e.Problem)
}

// Unwrap is [ErrTampered].
func (e *TamperError) Unwrap() error { return ErrTampered }

// Error says what failed, on which ledger, and what to do about it. It never
// holds a key, an answer or a noisy number.
type Error struct {
	Op   string // what was being done: create, open, open account, publish, read, verify
	Name string // the path of the ledger, or the name of its database
	Hint string // what a person can do about it, or ""
	Err  error
}

// Error returns one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("ledger ")
	b.WriteString(e.Name)
	b.WriteString(": ")
	b.WriteString(e.Op)
	b.WriteString(": ")
	b.WriteString(e.Err.Error())
	if e.Hint != "" {
		b.WriteString(" (")
		b.WriteString(e.Hint)
		b.WriteString(")")
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
