package ledger

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// kept is the file in which a ledger keeps its latest head.
type kept struct {
	lock sync.Mutex
	path string
	last Head
}

// KeepHead compares the ledger with the head that was kept in a file beside its
// key, and keeps every later one there, for the packages that open a ledger. A
// journal that does not continue that head was cut, rewritten or replaced by an
// older copy: the error wraps [ErrTampered] and says what to do. Without the file
// nothing is compared, and it is made: who deletes it decides to believe the
// ledger as it is.
func (l *Ledger) KeepHead(ctx context.Context, path string) error {
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return l.fault("open", err)
	}
	var old Head
	if err == nil {
		if old, err = ParseHead(strings.TrimSpace(string(text))); err != nil {
			return &Error{Op: "open", Name: l.name, Err: err, Hint: "restore " + path + " from a back-up, or delete it if the ledger is known to be the latest"}
		}
	}
	now, err := l.VerifySince(ctx, old)
	if err != nil {
		if e, ok := errors.AsType[*Error](err); ok && errors.Is(err, ErrTampered) {
			e.Hint = "the head in " + path + " is from a later state: find that ledger and put it back; what an older copy has forgotten was published and would be charged again"
		}
		return err
	}
	l.keeps.path = path
	l.keep(now)
	return nil
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
	if writeHead(k.path, head) == nil {
		k.last = head
	}
}

// writeHead replaces the file whole.
func writeHead(path string, head Head) error {
	draft := path + ".new-" + rand.Text()
	file, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(draft)
	_, err = file.WriteString(head.String() + "\n")
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Rename(draft, path); err != nil {
		return err
	}
	return SyncDirectory(filepath.Dir(path))
}
