// Package output writes the files of the subcommands, each as a whole or not at
// all.
package output

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"maturitybench/privacy/ledger"
)

// Prepare makes the output directory and tries whether files can be made
// there, so that a run which could not deliver is not charged.
func Prepare(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("the output directory: %w", err)
	}
	name, err := writeTemporary(dir, nil)
	if err != nil {
		return fmt.Errorf("the output directory: %w", err)
	}
	return os.Remove(name)
}

// Write writes files into a directory, each as a whole or not at all: all
// are written under temporary names, flushed to the disk, and then renamed. A
// failure leaves the files of an earlier run.
func Write(dir string, files []File) (err error) {
	var temporary []string
	defer func() {
		for _, name := range temporary {
			err = errors.Join(err, os.Remove(name))
		}
	}()
	for _, f := range files {
		name, err := writeTemporary(dir, f.Data)
		if err != nil {
			return err
		}
		temporary = append(temporary, name)
	}
	for _, f := range files {
		if err := os.Rename(temporary[0], filepath.Join(dir, f.Name)); err != nil {
			return err
		}
		temporary = temporary[1:]
	}
	return ledger.SyncDirectory(dir)
}

// writeTemporary writes a new hidden file with a name of its own, with the
// permissions that the process gives to new files.
func writeTemporary(dir string, data []byte) (name string, err error) {
	name = filepath.Join(dir, ".publish-"+rand.Text()+".tmp")
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(name))
	}
	return name, nil
}
