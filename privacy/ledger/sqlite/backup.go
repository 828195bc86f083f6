package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"maturitybench/privacy/ledger"
)

// BackUp writes a copy of the ledger at path, as it is at one moment, into a new file,
// readable by its owner only, and returns the head of the copy. The ledger may be in
// use meanwhile. Neither the key nor the head are in the copy: the key is backed up once,
// apart from it. To restore, put the copy in the place of the ledger, beside its key
// and its head; one that is older than that head is refused by [Open]. The error is a
// [*ledger.Error], that wraps [fs.ErrExist] where a file is.
func BackUp(ctx context.Context, path, to string) (head ledger.Head, err error) {
	l, err := Open(ctx, path) // which verifies it
	if err != nil {
		return head, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	from, err := place(path)
	if err != nil {
		return head, err
	}
	key, err := ledger.ReadKey(from.Key)
	if err != nil {
		return head, err
	}
	if to, err = filepath.Abs(to); err != nil {
		return head, fail(to, err, "")
	}
	// SQLite would let everybody read the file; it fills one that is empty.
	made, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return head, fail(to, err, "name a file that is not there, in a folder that is")
	}
	if err = made.Close(); err == nil {
		head, err = copied(ctx, from.Name, to, key)
	}
	if err != nil {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if gone := os.Remove(to + suffix); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
	}
	return head, err
}

// copied fills a file with a copy of a ledger, and verifies it.
func copied(ctx context.Context, from, to string, key *ledger.Key) (head ledger.Head, err error) {
	db, err := sql.Open("sqlite", dsn(from))
	if err != nil {
		return head, fail(from, err, "")
	}
	_, err = db.ExecContext(ctx, `vacuum into ?`, to)
	if err = errors.Join(err, db.Close()); err != nil {
		return head, fail(to, err, hint(err))
	}
	l, err := open(ctx, to, key, ledger.Open)
	if err != nil {
		return head, err
	}
	head, err = l.Verify(ctx)
	if err = errors.Join(err, l.Close()); err != nil {
		return head, err
	}
	if err := flush(to); err != nil {
		return head, fail(to, err, hint(err))
	}
	return head, nil
}

// flush makes a file and its name durable.
func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return ledger.SyncDirectory(filepath.Dir(path))
}
