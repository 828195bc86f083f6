package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/internal/ledgertest"
	"maturitybench/privacy/ledger/sqlite"
)

func TestReopen(t *testing.T) {
	path := place(t)
	l, err := sqlite.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	a := ledgertest.OpenAccount(t, l, "a", 1)
	first := ledgertest.Publish(t, l, ledgertest.Entry("a", "w1"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Publish(t.Context(), ledgertest.Entry("a", "w1"), ledgertest.Never(t)); err == nil {
		t.Error("a closed ledger answers")
	}

	l = open(t, path)
	if err := l.OpenAccount(t.Context(), a); err != nil {
		t.Error(err)
	}
	again, err := l.Publish(t.Context(), ledgertest.Entry("a", "w1"), ledgertest.Never(t))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("the replay after a restart differs (-first +again):\n%s", diff)
	}
	if _, err := l.Publish(t.Context(), ledgertest.Entry("a", "w2"), ledgertest.Never(t)); !errors.Is(err, privacy.ErrBudgetExceeded) {
		t.Errorf("the error is %v, want %v", err, privacy.ErrBudgetExceeded)
	}
}

func TestPaths(t *testing.T) {
	names := []string{"ledger.db", "with space.db", "with?mode=ro", "with#fragment", "100%25.db", "täst&_txlock=deferred.db", "semi;colon", "file:name"}
	if runtime.GOOS == "windows" {
		names = []string{"ledger.db", "with space.db", "with#fragment", "100%25.db", "täst&_txlock=deferred.db", "semi;colon"}
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			directory := t.TempDir()
			path := filepath.Join(directory, name)
			l, err := sqlite.Create(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			ledgertest.OpenAccount(t, l, "a", 1)
			ledgertest.Publish(t, l, ledgertest.Entry("a", "w1"))
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			var files []string
			entries, err := os.ReadDir(directory)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				files = append(files, e.Name())
			}
			if diff := cmp.Diff([]string{name, name + ".head", name + ".key"}, files); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			open(t, path)
		})
	}
}

// A relative path is read once: a later change of the directory changes nothing.
func TestRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	l := open(t, "ledger.db")
	ledgertest.OpenAccount(t, l, "a", 1)
	if _, err := os.Stat("ledger.db.key"); err != nil {
		t.Error(err)
	}
	t.Chdir(t.TempDir())
	ledgertest.Publish(t, l, ledgertest.Entry("a", "w1"))
	if _, err := os.Stat("ledger.db"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a ledger in the new directory: %v", err)
	}
}

func TestFileModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // has no such modes
	}
	path := place(t)
	ledgertest.OpenAccount(t, open(t, path), "a", 1)
	for _, suffix := range []string{"", ".key", ".head", "-wal"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o600 {
			t.Errorf("the mode of ledger.db%s is %04o, want 0600", suffix, got)
		}
	}
}

// made is the path of a closed ledger in which account a has published.
func made(t *testing.T) string {
	t.Helper()
	path := place(t)
	l, err := sqlite.Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	ledgertest.OpenAccount(t, l, "a", 1)
	ledgertest.Publish(t, l, ledgertest.Entry("a", "w1"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRefusedFiles(t *testing.T) {
	overwrite := func(suffix, text string) func(string) error {
		return func(path string) error { return os.WriteFile(path+suffix, []byte(text), 0o600) }
	}
	tests := []struct {
		name  string
		spoil func(path string) error // a closed ledger
		want  error                   // nil: any
	}{
		{"no key", func(path string) error { return os.Remove(path + ".key") }, ledger.ErrKeyMissing},
		{"empty key", overwrite(".key", ""), ledger.ErrKeyRefused},
		{"short key", overwrite(".key", strings.Repeat("0", 63)+"\n"), ledger.ErrKeyRefused},
		{"long key", overwrite(".key", strings.Repeat("0", 66)+"\n"), ledger.ErrKeyRefused},
		{"two lines", overwrite(".key", strings.Repeat("0", 64)+"\n\n"), ledger.ErrKeyRefused},
		{"not hexadecimal", overwrite(".key", strings.Repeat("g", 64)+"\n"), ledger.ErrKeyRefused},
		{"key of another ledger", overwrite(".key", strings.Repeat("0", 64)+"\n"), ledger.ErrKeyRefused},
		{"key for the group to read", func(path string) error { return os.Chmod(path+".key", 0o640) }, ledger.ErrKeyRefused},
		{"key for others to write", func(path string) error { return os.Chmod(path+".key", 0o602) }, ledger.ErrKeyRefused},
		{"key is a directory", func(path string) error {
			return errors.Join(os.Remove(path+".key"), os.Mkdir(path+".key", 0o700))
		}, ledger.ErrKeyRefused},
		{"no head", func(path string) error { return os.Remove(path + ".head") }, ledger.ErrHeadMissing},
		{"empty head", overwrite(".head", ""), nil},
		{"half a head", overwrite(".head", "2:0123"), nil},
		{"head of another ledger", overwrite(".head", "0:"+strings.Repeat("1", 64)+"\n"), ledger.ErrTampered},
		{"a database without tables", func(path string) error {
			return errors.Join(os.Remove(path), exec(path, `create table other (x bigint)`))
		}, nil},
		{"without its counter", func(path string) error { return exec(path, `delete from ledger`) }, ledger.ErrTampered},
		{"empty file", overwrite("", ""), nil},
		{"another file", overwrite("", strings.Repeat("no database ", 1000)), nil},
		{"half a file", func(path string) error { return os.Truncate(path, 10_000) }, nil},
		{"damaged pages", func(path string) error {
			file, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = file.WriteAt(make([]byte, 8192), 4096)
			return errors.Join(err, file.Close())
		}, nil},
		{"written by a newer version", func(path string) error {
			return exec(path, `insert into migrations values ('migration/9999_future.sql', 0)`)
		}, ledger.ErrNewer},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := made(t)
			if err := test.spoil(path); err != nil {
				t.Fatal(err)
			}
			l, err := sqlite.Open(t.Context(), path)
			if err == nil {
				l.Close()
				t.Fatal("the ledger opens")
			}
			if test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("the error is %v, want %v", err, test.want)
			}
			if !strings.Contains(err.Error(), path) {
				t.Errorf("the error does not name the file: %v", err)
			}
			fault, ok := errors.AsType[*ledger.Error](err)
			if !ok || fault.Hint == "" {
				t.Errorf("the error has no hint: %v", err)
			}
		})
	}
}

// exec runs a statement on the file of a closed ledger.
func exec(path, statement string) error {
	db, err := openFile(path)
	if err != nil {
		return err
	}
	_, err = db.Exec(statement)
	return errors.Join(err, db.Close())
}

func TestRefusedPlaces(t *testing.T) {
	tests := []struct{ name, path string }{
		{"none", ""},
		{"memory", ":memory:"},
		{"no such directory", filepath.Join(t.TempDir(), "none", "ledger.db")},
		{"a directory", t.TempDir()},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for name, do := range map[string]func(context.Context, string) (*ledger.Ledger, error){"opens": sqlite.Open, "is made": sqlite.Create} {
				l, err := do(t.Context(), test.path)
				if err == nil {
					l.Close()
					t.Fatalf("the ledger %s", name)
				}
				if _, ok := errors.AsType[*ledger.Error](err); !ok {
					t.Errorf("the error is a %T", err)
				}
			}
		})
	}
}

// The key is random: two ledgers have two.
func TestKeysDiffer(t *testing.T) {
	first, second := made(t), made(t)
	a, err := os.ReadFile(first + ".key")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(second + ".key")
	if err != nil {
		t.Fatal(err)
	}
	if string(a) == string(b) {
		t.Error("two ledgers have one key")
	}
}

// What a ledger stores to recognise data is worth nothing without its key: two
// ledgers store other digests of the same data, and neither stores the one
// without a key, which anybody could compute for data that he guesses.
func TestDigestNeedsTheKey(t *testing.T) {
	seen := map[string]bool{}
	for range 2 {
		path := place(t)
		l := open(t, path)
		ledgertest.OpenAccount(t, l, "a", 1)
		e := ledgertest.Entry("a", "w1")
		ledgertest.Publish(t, l, e)
		var stored []byte
		if err := look(t, path).QueryRowContext(t.Context(), `select data_digest from publications`).Scan(&stored); err != nil {
			t.Fatal(err)
		}
		open, err := e.Data.Digest(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if seen[string(stored)] || string(stored) == string(open[:]) {
			t.Error("the digest of the data does not depend on the key")
		}
		seen[string(stored)] = true
	}
}

func TestSealed(t *testing.T) {
	path := place(t)
	l := open(t, path)
	key, err := ledger.ReadKey(path + ".key")
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		if got := fmt.Sprintf(verb, key) + fmt.Sprintf(verb, *key); got != "sealedsealed" {
			t.Errorf("%s prints a key as %q", verb, got)
		}
		if got, want := fmt.Sprintf(verb, l), "ledger("+path+")"; got != want {
			t.Errorf("%s prints a ledger as %q, want %q", verb, got, want)
		}
	}
}
