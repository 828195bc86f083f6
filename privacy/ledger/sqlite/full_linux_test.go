package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/internal/ledgertest"
)

// The same on a file system that is full, which only root can make.
func TestFullFileSystem(t *testing.T) {
	if ledgertest.Thorough(t) == 0 || os.Geteuid() != 0 {
		t.Logf("a small file system is made by root, with %s=1", ledgertest.Faults)
		return
	}
	directory := t.TempDir()
	if err := syscall.Mount("tmpfs", directory, "tmpfs", 0, "size=2m"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Unmount(directory, syscall.MNT_DETACH) })
	l := open(t, filepath.Join(directory, "ledger.db"))
	ledgertest.OpenAccount(t, l, "a", 1)

	filler, err := os.Create(filepath.Join(directory, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	defer filler.Close()
	for err == nil {
		_, err = filler.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	refused := 0
	for {
		record, err := l.Publish(t.Context(), ledgertest.Entry("a", "w1"), ledgertest.Release)
		if err == nil {
			break
		}
		refused++
		if fault, ok := errors.AsType[*ledger.Error](err); !ok || fault.Hint != "check the disk and its free space, then try again" || record.Release != nil {
			t.Fatalf("the error is unclear: %v", err)
		}
		info, err := filler.Stat()
		if err != nil {
			t.Fatal(err)
		}
		if err := filler.Truncate(info.Size() - 4096); err != nil {
			t.Fatal(err)
		}
	}
	if refused == 0 {
		t.Error("the file system was not full")
	}
	if b, err := l.Remaining(t.Context(), "a"); err != nil || b.Lifetime.Publications != 1 {
		t.Errorf("%d charges (%v), want 1", b.Lifetime.Publications, err)
	}
}
