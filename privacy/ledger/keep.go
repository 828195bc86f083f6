package ledger

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
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
	l.keep(now)
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
	if writeFile(k.path, head.String()+"\n", os.Rename) == nil {
		k.last = head
	}
}

// writeFile writes a file for its owner and gives it its name, complete and
// flushed: os.Rename replaces one that is there, os.Link refuses to, with an error
// that wraps [fs.ErrExist]. File and directory are flushed before it returns.
func writeFile(path, text string, name func(draft, path string) error) error {
	draft := path + ".new-" + rand.Text()
	file, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(draft)
	_, err = file.WriteString(text)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := name(draft, path); err != nil {
		return err
	}
	return SyncDirectory(filepath.Dir(path))
}
