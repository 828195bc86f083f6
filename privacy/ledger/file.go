package ledger

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
)

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
