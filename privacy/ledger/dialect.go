package ledger

import (
	"context"
	"database/sql"
)

// Dialect is what differs between databases. The SQL text does not.
type Dialect struct {
	// Durable returns an error unless what tx commits survives a crash of the
	// machine. It is asked in every transaction that writes.
	Durable func(ctx context.Context, tx *sql.Tx) error
	// Lock keeps all other writers of the ledger out until tx ends. It is asked
	// before tx reads anything. Nil: the database does so when a transaction
	// that writes begins.
	Lock func(ctx context.Context, tx *sql.Tx) error
	// Conflict reports whether err says that a transaction lost against
	// another one and may succeed when it is run again: a database that is
	// busy, a failed serialization, a unique key that another one inserted.
	Conflict func(err error) bool
	// Hint says what a person can do about an error of the driver, "" when
	// nothing is known.
	Hint func(err error) string
}
