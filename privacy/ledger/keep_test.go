package ledger

import (
	"os"
	"path/filepath"
	"testing"
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
