package sqlite

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"maturitybench/privacy/ledger"
)

// pending is added to the name of the key until its ledger is there.
const pending = ".pending"

// prepare returns the key of the ledger in file, and makes both if neither is
// there. The key gets its name after the ledger has its own, so that a key
// without a ledger is one whose ledger was lost: it is refused, since a new
// ledger would give the budget again that was spent.
func prepare(ctx context.Context, file string) (*ledger.Key, error) {
	for try := 0; ; try++ {
		info, err := os.Stat(file)
		switch {
		case err == nil && info.Size() == 0:
			return nil, fail(file, errEmpty, hint(errEmpty))
		case err == nil:
			if err := settle(file); err != nil {
				return nil, err
			}
			return ledger.ReadKey(file + ".key")
		case !errors.Is(err, fs.ErrNotExist):
			return nil, fail(file, err, hint(err))
		}
		if _, err := os.Stat(file + ".key"); err == nil {
			if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) { // looked for again: another process may have made both
				return nil, fail(file, errLost, hint(errLost))
			}
			continue
		}
		key, err := ledger.CreateKey(file + ".key" + pending)
		if errors.Is(err, fs.ErrExist) {
			key, err = ledger.ReadKey(file + ".key" + pending)
		}
		if errors.Is(err, ledger.ErrKeyMissing) && try < 100 {
			continue // another process has finished meanwhile
		}
		if err != nil {
			return nil, err
		}
		if err := create(ctx, file, key); err != nil {
			return nil, err
		}
	}
}

// settle gives the key of a ledger that is there its name.
func settle(file string) error {
	err := os.Link(file+".key"+pending, file+".key")
	if errors.Is(err, fs.ErrNotExist) {
		return nil // long ago, or by another process
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return fail(file, err, hint(err))
	}
	if err := ledger.SyncDirectory(filepath.Dir(file)); err != nil {
		return fail(file, err, hint(err))
	}
	if err := os.Remove(file + ".key" + pending); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fail(file, err, hint(err))
	}
	return nil
}

// create makes an empty ledger under another name and gives it its name when
// it is complete, unless another process was faster.
func create(ctx context.Context, file string, key *ledger.Key) error {
	draft := file + ".new-" + rand.Text()
	defer func() {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			os.Remove(draft + suffix)
		}
	}()
	// SQLite would let everybody read the file.
	made, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		err = made.Close()
	}
	if err != nil {
		return fail(file, err, hint(err))
	}
	l, err := open(ctx, draft, key)
	if err == nil {
		err = l.Close() // moves the write-ahead log into the file and flushes it
	}
	if err != nil {
		return err
	}
	// A rename would replace the ledger of a faster process.
	if err := os.Link(draft, file); err != nil && !errors.Is(err, fs.ErrExist) {
		return fail(file, err, hint(err))
	}
	if err := ledger.SyncDirectory(filepath.Dir(file)); err != nil {
		return fail(file, err, hint(err))
	}
	return nil
}
