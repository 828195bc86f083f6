package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/sqlite"
)

// The user and group of the tests' files where the tests run as root.
const nobody = 65534

// TestReadOnly opens ledgers that the process may read but not write.
func TestReadOnly(t *testing.T) {
	tests := []struct {
		name            string
		file, directory os.FileMode
	}{
		{"file", 0o400, 0o700},
		{"directory", 0o600, 0o500},
		{"both", 0o400, 0o500},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := lend(t, made(t))
			if err := errors.Join(os.Chmod(path, test.file), os.Chmod(filepath.Dir(path), test.directory)); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.Chmod(filepath.Dir(path), 0o700) })
			asNobody(t, func() {
				l, err := sqlite.Open(context.Background(), path)
				if err == nil {
					l.Close()
					t.Error("the ledger opens")
					return
				}
				fault, ok := errors.AsType[*ledger.Error](err)
				if !ok || fault.Hint != "the directory must exist, and it and the ledger must be writable" {
					t.Errorf("the error has another hint: %v", err)
				}
			})
		})
	}
	path := lend(t, made(t))
	asNobody(t, func() { // the same without the obstacle
		l, err := sqlite.Open(context.Background(), path)
		if err != nil {
			t.Error(err)
			return
		}
		l.Close()
	})
}

// lend moves a closed ledger to a directory that belongs to nobody.
func lend(t *testing.T, path string) string {
	t.Helper()
	directory, err := os.MkdirTemp("", "ledger")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(directory) })
	lent := filepath.Join(directory, "ledger.db")
	err = errors.Join(os.Rename(path, lent), os.Rename(path+".key", lent+".key"), os.Rename(path+".head", lent+".head"))
	if os.Geteuid() == 0 {
		err = errors.Join(err, os.Chown(directory, nobody, nobody), os.Chown(lent, nobody, nobody), os.Chown(lent+".key", nobody, nobody), os.Chown(lent+".head", nobody, nobody))
	}
	if err != nil {
		t.Fatal(err)
	}
	return lent
}

// asNobody runs do under the modes of files, to which root is not subject.
func asNobody(t *testing.T, do func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		do()
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		if err := syscall.Setfsuid(nobody); err != nil {
			t.Error(err)
			return
		}
		do()
	}()
	<-done
}
