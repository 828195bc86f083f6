package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
)

// kept is the file in which a ledger keeps its latest head.
type kept struct {
	lock sync.Mutex
	path string
	last Head
	late func() // in tests: what another process does just before a head is written
}

// keepHead compares the ledger with the head that was kept in a file beside its
// key, and keeps every later one there. A journal that does not continue that head
// was cut, rewritten or replaced by an older copy: the error wraps [ErrTampered]
// and says what to do.
func (l *Ledger) keepHead(ctx context.Context, path string, kept Head) error {
	now, err := l.VerifySince(ctx, kept)
	if err != nil {
		if e, ok := errors.AsType[*Error](err); ok && errors.Is(err, ErrTampered) {
			e.Hint = "the head in " + path + " is from a later state: find that ledger and put it back, since what an older copy has forgotten was published and would be charged again; if it is gone for good, keep the copy for its releases, and open a new ledger in another place for no more than the rest of the budget"
		}
		return err
	}
	l.keeps.path = path
	l.keepLatest(ctx, now)
	return nil
}

// readHead reads the file of a head, the zero one if there is none.
func (l *Ledger) readHead(path string) (Head, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, l.fault("open", err)
	}
	kept, err := ParseHead(strings.TrimSpace(string(text)))
	if err != nil {
		return Head{}, &Error{Op: "open", Name: l.name, Err: fmt.Errorf("%s: %w", path, err), Hint: "restore that file, or write a head into it that was kept elsewhere"}
	}
	return kept, nil
}

// keepLatest keeps a head, and then whatever another process has added meanwhile: it
// may have kept a later head between this one's look at the file and its writing, which
// took that back. Whoever writes last looks at the ledger after that, so that the file
// does not stay behind it.
func (l *Ledger) keepLatest(ctx context.Context, head Head) {
	for range tries {
		l.keep(head)
		var sequence int64
		if err := l.db.QueryRowContext(ctx, `select sequence from ledger where id = 1`).Scan(&sequence); err != nil || sequence <= head.Number {
			return
		}
		var latest Head
		if err := l.verified(ctx, func(_ *sql.Tx, now state) error {
			latest = now.head
			return nil
		}); err != nil {
			return // what is wrong with the ledger, the next call says
		}
		head = latest
	}
}

// keep writes a head down if it is later than the one before. What cannot be
// written now is made good by the next one: the ledger itself is durable.
func (l *Ledger) keep(head Head) {
	k := &l.keeps
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.path == "" || k.last != (Head{}) && head.Number <= k.last.Number {
		return
	}
	if text, err := os.ReadFile(k.path); err == nil { // of another process
		if other, err := ParseHead(strings.TrimSpace(string(text))); err == nil && other.Number >= head.Number {
			k.last = other
			return
		}
	}
	if k.late != nil {
		k.late()
	}
	if writeFile(k.path, head.String()+"\n", os.Rename) == nil {
		k.last = head
	}
}
