package ledger

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/privacy"
)

// The file of the head never goes back: a process that is behind another one leaves
// the later head alone, and writes its own when that is the latest.
func TestHeadIsNeverReplacedByAnOlderOne(t *testing.T) {
	head := func(n int64) Head { return Head{Number: n, Hash: [32]byte{byte(n), 1}} }
	path := filepath.Join(t.TempDir(), "head")
	kept := func() string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	var slow, fast Ledger
	slow.keeps.path, fast.keeps.path = path, path
	for _, step := range []struct {
		by         *Ledger
		head, want int64
	}{{&slow, 1, 1}, {&fast, 2, 2}, {&fast, 5, 5}, {&slow, 3, 5}, {&slow, 4, 5}, {&slow, 6, 6}, {&fast, 6, 6}, {&fast, 7, 7}, {&fast, 6, 7}} {
		step.by.keep(head(step.head))
		if got, want := kept(), head(step.want).String()+"\n"; got != want {
			t.Errorf("after head %d the file has %q, want %q", step.head, got, want)
		}
	}
}

// A process that is overtaken between its look at the file and its writing takes a later
// head back, sees that the ledger goes on, and puts it right.
func TestHeadOvertaken(t *testing.T) {
	db, path := database(t), filepath.Join(t.TempDir(), "head")
	slow, fast := newLedger(t, db), newLedger(t, db)
	fast.keeps.path = path
	if err := slow.keepHead(t.Context(), path, Head{}); err != nil {
		t.Fatal(err)
	}
	open := func(l *Ledger, id string) {
		t.Helper()
		if err := l.OpenAccount(t.Context(), privacy.Account{ID: id, Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}); err != nil {
			t.Fatal(err)
		}
	}
	slow.keeps.late = func() {
		slow.keeps.late = nil
		open(fast, "second")
		open(fast, "third")
	}
	open(slow, "first")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := ParseHead(strings.TrimSpace(string(text))); err != nil || kept.Number != 3 {
		t.Errorf("the file has the head %d of 3: %v", kept.Number, err)
	}
}
