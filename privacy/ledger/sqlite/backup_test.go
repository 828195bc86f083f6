package sqlite_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/internal/ledgertest"
	"maturitybench/privacy/ledger/sqlite"
)

// A back-up that is taken while the ledger is in use has all that was committed, and
// stands in for a ledger that was lost.
func TestBackUp(t *testing.T) {
	path := place(t)
	l := open(t, path)
	ledgertest.OpenAccount(t, l, "a", 3)
	ledgertest.Publish(t, l, ledgertest.Entry("a", "w1"))
	want, err := l.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	head, err := sqlite.BackUp(t.Context(), path, to)
	if err != nil || head != want {
		t.Fatalf("the head is %v, %v, want %v", head, err, want)
	}
	if info, err := os.Stat(to); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read the copy: %v, %v", info, err)
	}
	if entries, err := os.ReadDir(filepath.Dir(to)); err != nil || len(entries) != 1 {
		t.Errorf("beside the copy: %v, %v", entries, err)
	}
	if _, err := sqlite.BackUp(t.Context(), path, to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second one over it: %v", err)
	}
	stored, err := l.Publication(t.Context(), "a", "w1", 1)
	if err := errors.Join(err, l.Close()); err != nil {
		t.Fatal(err)
	}
	restore(t, to, path)
	again, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	restored, err := again.Publication(t.Context(), "a", "w1", 1)
	if err != nil || !bytes.Equal(restored.Release, stored.Release) || !bytes.Equal(restored.Measurement, stored.Measurement) {
		t.Errorf("the restored ledger gives %v back, %v", restored, err)
	}
}

// A back-up that has forgotten a publication is refused, since it would charge it again.
func TestOlderBackUpIsRefused(t *testing.T) {
	path := place(t)
	l := open(t, path)
	ledgertest.OpenAccount(t, l, "a", 3)
	ledgertest.Publish(t, l, ledgertest.Entry("a", "w1"))
	to := filepath.Join(t.TempDir(), "copy.db")
	if _, err := sqlite.BackUp(t.Context(), path, to); err != nil {
		t.Fatal(err)
	}
	ledgertest.Publish(t, l, ledgertest.Entry("a", "w2"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	restore(t, to, path)
	if _, err := sqlite.Open(t.Context(), path); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("the older copy: %v, want %v", err, ledger.ErrTampered)
	}
	if _, err := sqlite.BackUp(t.Context(), path, to+".2"); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("a back-up of it: %v", err)
	}
	if _, err := os.Stat(to + ".2"); err == nil {
		t.Error("a back-up that failed was left behind")
	}
}

// restore puts a copy in the place of a ledger that is closed.
func restore(t *testing.T, from, path string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A file that is no database is said to be none, whatever lies beside it, and is left as it is.
func TestNoLedger(t *testing.T) {
	path := place(t)
	const text = "wave: \"2026\"\n"
	for _, content := range []string{text, "x"} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		for name, start := range map[string]func() (*ledger.Ledger, error){
			"Open":   func() (*ledger.Ledger, error) { return sqlite.Open(t.Context(), path) },
			"Create": func() (*ledger.Ledger, error) { return sqlite.Create(t.Context(), path) },
		} {
			if _, err := start(); err == nil || !strings.Contains(err.Error(), "no ledger") || !strings.Contains(err.Error(), path) {
				t.Errorf("%s of a text: %v", name, err)
			}
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != content {
			t.Errorf("the file was changed: %q, %v", data, err)
		}
	}
	if _, err := sqlite.Open(t.Context(), filepath.Dir(path)); err == nil || !strings.Contains(err.Error(), "no ledger") {
		t.Errorf("a folder: %v", err)
	}
}
