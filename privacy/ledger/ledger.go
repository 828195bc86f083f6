package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/draw"
)

// Ledger is a durable [privacy.Ledger] and the store of the releases. It is
// safe for concurrent use, also by several processes on one database.
type Ledger struct {
	db      *sql.DB
	dialect Dialect
	name    string
	key     *Key
	source  draw.Source   // the secure one: the zero value
	writer  chan struct{} // holds a token while this Ledger writes
	keeps   kept
	seen    atomic.Pointer[Head] // the longest that was seen; nil before New has verified
}

var _ privacy.Ledger = (*Ledger)(nil)

// New makes the tables of a ledger in an open database, for the packages that
// create one, records its key, and verifies it ([Ledger.Verify]). Tables that are
// there already stay as they are, and their key must be the same. Name stands for
// the ledger in errors and holds no secret. The Ledger owns db from then on,
// unless New fails.
func New(ctx context.Context, db *sql.DB, dialect Dialect, name string, key *Key) (*Ledger, error) {
	return start(ctx, db, dialect, name, key, true)
}

// Open is New for tables that must be there: it brings them up to date, and makes
// none.
func Open(ctx context.Context, db *sql.DB, dialect Dialect, name string, key *Key) (*Ledger, error) {
	return start(ctx, db, dialect, name, key, false)
}

func start(ctx context.Context, db *sql.DB, dialect Dialect, name string, key *Key, fresh bool) (*Ledger, error) {
	if key == nil || key.secret == nil {
		return nil, keyError(name, ErrKeyMissing, hintKey)
	}
	l := &Ledger{
		db:      db,
		dialect: dialect,
		name:    name,
		key:     key,
		writer:  make(chan struct{}, 1),
	}
	if err := l.migrate(ctx, migrations, fresh); err != nil {
		return nil, l.fault("open", err)
	}
	if err := l.checkKey(ctx, fresh); err != nil {
		return nil, l.fault("open", err)
	}
	if _, err := l.Verify(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// Close closes the database. Publications under way fail, uncharged or stored
// whole. Its error is that of the database driver.
func (l *Ledger) Close() error { return l.db.Close() }

// Format prints the name of the ledger under every verb.
func (l *Ledger) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "ledger(%s)", l.name) }

// checkKey records the key of a new ledger and compares it afterwards: under
// another key the ledger would not know its own data any more.
func (l *Ledger) checkKey(ctx context.Context, fresh bool) error {
	want := l.key.check()
	return l.write(ctx, func(tx *sql.Tx) (bool, error) {
		var err error
		if fresh {
			_, err = tx.ExecContext(ctx, `insert into ledger (id, sequence, key_check) values (1, 0, $1) on conflict do nothing`, want)
		} else { // who may not write is told now
			_, err = tx.ExecContext(ctx, `update ledger set sequence = sequence where id = 1`)
		}
		if err != nil {
			return false, err
		}
		var got []byte
		err = tx.QueryRowContext(ctx, `select key_check from ledger where id = 1`).Scan(&got)
		if errors.Is(err, sql.ErrNoRows) {
			return false, &TamperError{Problem: "the ledger has lost its counter"}
		}
		if err != nil {
			return false, err
		}
		if !bytes.Equal(got, want) {
			return false, fmt.Errorf("%w: the ledger was made with another one", ErrKeyRefused)
		}
		return true, nil
	})
}

// fault puts a name and a hint to an error of the database.
func (l *Ledger) fault(op string, err error) error {
	return &Error{Op: op, Name: l.name, Hint: l.hint(err), Err: err}
}

func (l *Ledger) hint(err error) string {
	switch {
	case errors.Is(err, ErrKeyRefused):
		return hintKey
	case errors.Is(err, ErrNewer):
		return "use that version"
	case errors.Is(err, ErrOlder):
		return "keep it, with its key and its releases, and open a new ledger in another place"
	case errors.Is(err, ErrTampered):
		return "nothing is charged or published on it; restore the ledger and its key from a back-up"
	}
	return l.dialect.Hint(err)
}
