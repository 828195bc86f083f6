package ledger

import (
	"errors"
	"strings"
)

var (
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
	// ErrTestNoise says that noise other than the secure one was to be stored.
	ErrTestNoise = errors.New("a durable ledger stores secure noise only")
)

// Error says what failed, on which ledger, and what to do about it. It never
// holds a key, an answer or a noisy number.
type Error struct {
	Op   string // what was being done: open, open account, publish
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
