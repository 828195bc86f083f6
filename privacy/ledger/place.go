package ledger

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// pending is added to the name of a key until its ledger is there.
const pending = ".pending"

// Place is where a ledger is kept, for the packages that open one: its tables,
// and beside each other the files of its key and of its latest head. To create a
// ledger and to open it are two calls, so that one that was lost is never taken
// for one that never was.
type Place struct {
	Name string // stands for the ledger in errors, and holds no secret
	Key  string // path of the key ([ReadKey])
	Head string // path of the head ([Head.String] and a line feed)

	// There reports whether the tables are there, complete.
	There func(ctx context.Context) (bool, error)
	// Make makes the tables with [New], unless another process was faster.
	Make func(ctx context.Context, key *Key) error
	// Open opens the tables with [Open].
	Open func(ctx context.Context, key *Key) (*Ledger, error)
	// Hint says what a person can do about an error of the storage.
	Hint func(err error) string
}

// OpenLedger opens the ledger that is there, and compares it with the head that is kept
// beside its key. The error is an [*Error]: of [ErrMissing] where there is none and
// no trace of one, of [ErrLost] where only its key or its head is left, of
// [ErrKeyMissing] or [ErrHeadMissing] where one of these is gone, and of
// [ErrTampered] for a ledger that does not continue the head, such as an older
// copy or one that was cut.
func (p Place) OpenLedger(ctx context.Context) (*Ledger, error) {
	l, kept, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	if kept == (Head{}) {
		return nil, errors.Join(p.fail("open", ErrHeadMissing), l.Close())
	}
	return p.hold(ctx, l, kept)
}

// Accept is OpenLedger for a ledger that has lost the file of its head: on the word
// of a person who compared it with the releases that are out, or with a head that
// was kept elsewhere, since, which it must continue. The zero Head believes the
// ledger as it is. A file that is there must be continued too.
func (p Place) Accept(ctx context.Context, since Head) (*Ledger, error) {
	l, kept, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := l.VerifySince(ctx, since); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return p.hold(ctx, l, kept)
}

// Create makes a ledger with its key and its head, and opens it. It goes on where
// a process stopped that made one. The error is an [*Error]: of [ErrExists] where
// a ledger is, of [ErrLost] where one was.
func (p Place) Create(ctx context.Context) (*Ledger, error) {
	there, err := p.there(ctx)
	switch {
	case err != nil:
		return nil, p.fail("create", err)
	case there:
		return nil, p.fail("create", ErrExists)
	}
	for {
		key, err := CreateKey(p.Key + pending)
		if errors.Is(err, fs.ErrExist) {
			key, err = ReadKey(p.Key + pending)
			if errors.Is(err, ErrKeyMissing) {
				continue // another process has finished meanwhile
			}
		}
		if err == nil {
			err = p.Make(ctx, key)
		}
		if errors.Is(err, ErrKeyRefused) { // another machine was faster, with a key of its own
			return nil, errors.Join(p.fail("create", ErrExists), os.Remove(p.Key+pending))
		}
		if err != nil {
			return nil, err
		}
		return p.OpenLedger(ctx)
	}
}

// there reports whether the ledger is there, and returns [ErrLost] if only traces
// of it are.
func (p Place) there(ctx context.Context) (bool, error) {
	for try := 0; ; try++ {
		there, err := p.There(ctx)
		if err != nil || there {
			return there, err
		}
		_, noKey := os.Stat(p.Key)
		_, noHead := os.Stat(p.Head)
		if noKey != nil && noHead != nil {
			return false, nil
		}
		if try > 0 { // looked for again: another process may have made all
			return false, ErrLost
		}
	}
}

// open opens the ledger that is there, and reads its head: the zero one without
// the file.
func (p Place) open(ctx context.Context) (*Ledger, Head, error) {
	there, err := p.there(ctx)
	if err == nil && !there {
		err = ErrMissing
	}
	if err != nil {
		return nil, Head{}, p.fail("open", err)
	}
	key, err := ReadKey(p.Key)
	made := errors.Is(err, ErrKeyMissing)
	if made { // the process that made the ledger stopped before the last step
		if waiting, problem := ReadKey(p.Key + pending); problem == nil {
			key, err = waiting, nil
		} else if again, problem := ReadKey(p.Key); problem == nil { // another process has finished it meanwhile
			key, err, made = again, nil, false
		}
	}
	if err != nil {
		return nil, Head{}, err
	}
	l, err := p.Open(ctx, key)
	if err != nil {
		return nil, Head{}, err
	}
	if err := p.settle(key, made); err != nil {
		return nil, Head{}, errors.Join(p.fail("open", err), l.Close())
	}
	kept, err := l.readHead(p.Head)
	if err != nil {
		return nil, Head{}, errors.Join(err, l.Close())
	}
	return l, kept, nil
}

// settle finishes what Create began: it writes the first head, gives the key its
// name, and removes the other one. In this order a key is never without its head.
func (p Place) settle(key *Key, made bool) error {
	if made {
		if err := writeFile(p.Head, startOf(key.check()).String()+"\n", os.Link); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err := os.Link(p.Key+pending, p.Key); err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := SyncDirectory(filepath.Dir(p.Key)); err != nil {
			return err
		}
	}
	if err := os.Remove(p.Key + pending); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// hold compares an open ledger with the head that was kept, and keeps every later one.
func (p Place) hold(ctx context.Context, l *Ledger, kept Head) (*Ledger, error) {
	if err := l.keepHead(ctx, p.Head, kept); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// fail puts the name of the ledger and a hint to an error.
func (p Place) fail(op string, err error) error {
	if _, ok := errors.AsType[*Error](err); ok {
		return err
	}
	hint := ""
	switch {
	case errors.Is(err, ErrMissing):
		hint = "look for it in another place; if there never was one, create it, once"
	case errors.Is(err, ErrExists):
		hint = "open it"
	case errors.Is(err, ErrLost):
		hint = "find the ledger or restore it, with its key and its head; delete " + p.Key + " and " + p.Head + " only if nothing was ever published on it"
	case errors.Is(err, ErrHeadMissing):
		hint = "put " + p.Head + " back; if it is gone, compare the ledger with a head that was kept elsewhere and with the releases that are out, and accept it then: an older copy has forgotten what was published since, and would charge it again"
	default:
		hint = p.Hint(err)
	}
	return &Error{Op: op, Name: p.Name, Err: err, Hint: hint}
}
