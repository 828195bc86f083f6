package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

// A process that makes a ledger and finds that another one was faster leaves
// that one alone.
func TestCreateKeepsWhatIsThere(t *testing.T) {
	ctx, file := t.Context(), filepath.Join(t.TempDir(), "ledger.db")
	key, err := ledger.CreateKey(file + ".key")
	if err != nil {
		t.Fatal(err)
	}
	if err := create(ctx, file, key); err != nil {
		t.Fatal(err)
	}
	before, err := open(ctx, file, key, ledger.Open)
	if err != nil {
		t.Fatal(err)
	}
	a := privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-5, Window: "3y"}
	if err := before.OpenAccount(ctx, a); err != nil {
		t.Fatal(err)
	}
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}

	if err := create(ctx, file, key); err != nil {
		t.Fatal(err)
	}
	after, err := open(ctx, file, key, ledger.Open)
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close()
	a.Lifetime = 9 // conflicts with the account only if that is still open
	if err := after.OpenAccount(ctx, a); !errors.Is(err, privacy.ErrAccountConflict) {
		t.Errorf("another account under the same id: %v, want %v", err, privacy.ErrAccountConflict)
	}
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); len(name) > len("ledger.db.head") {
			t.Errorf("%s is left behind", name)
		}
	}
}
