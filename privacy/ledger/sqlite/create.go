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
	l, err := open(ctx, draft, key, ledger.New)
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
