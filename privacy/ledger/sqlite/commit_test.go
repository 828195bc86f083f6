package sqlite_test

import (
	"errors"
	"strings"
	"testing"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/internal/ledgertest"
)

// Publish returns what the database holds, and only if that is what was meant.
func TestStoredOtherwise(t *testing.T) {
	tests := []struct {
		name, change string
		committed    bool // the row itself is only known by its digest before the commit
	}{
		{"release", `release = cast('as stored' as blob)`, true},
		{"measurement", `measurement = x'00'`, true},
		{"charge", `mu_squared = 0`, false},
		{"data", `data_digest = x'00'`, false},
		{"wave", `wave = 'w2'`, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := place(t)
			l := open(t, path)
			ledgertest.OpenAccount(t, l, "a", 1)
			_, err := look(t, path).Exec(`create trigger stamp after insert on publications begin
				update publications set ` + test.change + ` where sequence = new.sequence; end`)
			if err != nil {
				t.Fatal(err)
			}
			record, err := l.Publish(t.Context(), ledgertest.Entry("a", "w1"), ledgertest.Release)
			if !errors.Is(err, ledger.ErrTampered) || record.Release != nil {
				t.Errorf("the error is %v, want %v", err, ledger.ErrTampered)
			}
			if got := count(t, path, `select count(*) from publications`) == 1; got != test.committed {
				t.Errorf("a publication is stored: %t, want %t", got, test.committed)
			}
		})
	}
}

// A commit that the database refuses leaves nothing.
func TestFailedCommit(t *testing.T) {
	path := place(t)
	l := open(t, path)
	ledgertest.OpenAccount(t, l, "a", 1)
	db := look(t, path)
	if _, err := db.Exec(`create trigger fail after insert on publications begin select raise(abort, 'no space'); end`); err != nil {
		t.Fatal(err)
	}
	record, err := l.Publish(t.Context(), ledgertest.Entry("a", "w1"), ledgertest.Release)
	if err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("the error is %v, want one that names the ledger", err)
	}
	if record.Release != nil {
		t.Error("an error comes with a record")
	}
	if _, err := db.Exec(`drop trigger fail`); err != nil {
		t.Fatal(err)
	}
	ledgertest.Publish(t, l, ledgertest.Entry("a", "w1"))
}
