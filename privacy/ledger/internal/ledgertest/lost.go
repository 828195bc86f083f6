package ledgertest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"testing"

	"maturitybench/privacy/ledger"
)

// refused expects that a ledger is neither opened nor made, with errors of these
// kinds that say what to do, and that its files stay as they are.
func refused(t *testing.T, p Place, opening, creating error) {
	t.Helper()
	type content struct{ key, head string }
	look := func() content { return content{text(p.Key), text(p.Head)} }
	before := look()
	for _, try := range []struct {
		name string
		do   func(context.Context) (*ledger.Ledger, error)
		want error
	}{
		{"Open", p.Open, opening},
		{"Create", p.Create, creating},
		{"Open again", p.Open, opening},
	} {
		l, err := try.do(t.Context())
		if err == nil {
			l.Close()
		}
		if fault, ok := errors.AsType[*ledger.Error](err); !ok || !errors.Is(err, try.want) || fault.Hint == "" {
			t.Errorf("%s: %v, want %v and a hint", try.name, err, try.want)
		}
	}
	if look() != before {
		t.Error("the files of the key or the head are others afterwards")
	}
}

// text is what is in a file, or "" if there is none.
func text(path string) string {
	data, _ := os.ReadFile(path)
	return string(data)
}

// spent is a place whose ledger has lost all of the budget of its account, and is
// closed, with its head before the last publication and its last one.
func spent(t *testing.T, place func(*testing.T) Place) (p Place, early, late ledger.Head) {
	t.Helper()
	p = place(t)
	l, err := p.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	OpenAccount(t, l, "a", 1)
	if early, err = l.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	Publish(t, l, Entry("a", "w1"))
	if late, err = l.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return p, early, late
}

// Where there is no ledger none is opened, and none is made in passing.
func testNothingThere(t *testing.T, place func(*testing.T) Place) {
	p := place(t)
	for range 2 {
		if l, err := p.Open(t.Context()); !errors.Is(err, ledger.ErrMissing) {
			if err == nil {
				l.Close()
			}
			t.Fatalf("Open: %v, want %v", err, ledger.ErrMissing)
		}
	}
	if text(p.Key)+text(p.Head) != "" {
		t.Error("a key or a head was made")
	}
	l, err := p.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first, err := l.Verify(t.Context())
	if err := errors.Join(err, l.Close()); err != nil {
		t.Fatal(err)
	}
	if text(p.Head) != first.String()+"\n" {
		t.Errorf("the head that is kept is %q, want %v", text(p.Head), first)
	}
	if l, err := p.Create(t.Context()); !errors.Is(err, ledger.ErrExists) {
		if err == nil {
			l.Close()
		}
		t.Errorf("a second Create: %v, want %v", err, ledger.ErrExists)
	}
	p.Ledger(t)
}

// A ledger that is gone while its key or its head is there is not made again: its
// budget would be given a second time.
func testLost(t *testing.T, place func(*testing.T) Place) {
	for _, test := range []struct {
		name string
		rest func(Place) string // the file that is removed too
	}{
		{"key and head are left", nil},
		{"the key is left", func(p Place) string { return p.Head }},
		{"the head is left", func(p Place) string { return p.Key }},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, _, _ := spent(t, place)
			if err := p.Lose(); err != nil {
				t.Fatal(err)
			}
			if test.rest != nil {
				if err := os.Remove(test.rest(p)); err != nil {
					t.Fatal(err)
				}
			}
			refused(t, p, ledger.ErrLost, ledger.ErrLost)
		})
	}
}

// A ledger without its head may be an older copy: it is opened on the word of a
// person only, who may state a head that was kept elsewhere.
func testHeadMissing(t *testing.T, place func(*testing.T) Place) {
	p, early, late := spent(t, place)
	if err := os.Remove(p.Head); err != nil {
		t.Fatal(err)
	}
	refused(t, p, ledger.ErrHeadMissing, ledger.ErrExists)
	later := late
	later.Number++
	if l, err := p.Accept(t.Context(), later); !errors.Is(err, ledger.ErrTampered) {
		if err == nil {
			l.Close()
		}
		t.Errorf("Accept with a later head: %v, want %v", err, ledger.ErrTampered)
	}
	refused(t, p, ledger.ErrHeadMissing, ledger.ErrExists)
	for _, since := range []ledger.Head{early, late, {}} {
		l, err := p.Accept(t.Context(), since)
		if err != nil {
			t.Fatalf("Accept with the head %v: %v", since, err)
		}
		l.Close()
		if text(p.Head) != late.String()+"\n" {
			t.Errorf("the head that is kept is %q, want %v", text(p.Head), late)
		}
		p.Ledger(t)
		if err := os.Remove(p.Head); err != nil {
			t.Fatal(err)
		}
	}
	// A head that is there binds Accept too.
	if err := os.WriteFile(p.Head, []byte(later.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err := p.Accept(t.Context(), ledger.Head{}); !errors.Is(err, ledger.ErrTampered) {
		if err == nil {
			l.Close()
		}
		t.Errorf("Accept against the head that is kept: %v, want %v", err, ledger.ErrTampered)
	}
}

// A crash while a ledger is made leaves its key under another name, with or
// without the tables and the head, and the next process goes on from there.
func testHalfMade(t *testing.T, place func(*testing.T) Place) {
	for _, test := range []struct {
		name string
		undo func(Place) error
	}{
		{"the key only", func(p Place) error { return errors.Join(p.Lose(), os.Remove(p.Head)) }},
		{"the tables", func(p Place) error { return os.Remove(p.Head) }},
		{"the head", func(Place) error { return nil }},
		{"both names of the key", func(p Place) error { return os.Link(p.Key+".pending", p.Key) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := place(t)
			l, err := p.Create(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			l.Close()
			key := text(p.Key)
			if err := errors.Join(os.Rename(p.Key, p.Key+".pending"), test.undo(p)); err != nil {
				t.Fatal(err)
			}
			l = p.Ledger(t)
			OpenAccount(t, l, "a", 1)
			Publish(t, l, Entry("a", "w1"))
			if text(p.Key) != key {
				t.Error("the key was replaced")
			}
			if _, err := os.Stat(p.Key + ".pending"); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the key has two names: %v", err)
			}
			if head, err := l.Verify(t.Context()); err != nil || text(p.Head) != head.String()+"\n" {
				t.Errorf("the head that is kept is %q, want %v (%v)", text(p.Head), head, err)
			}
		})
	}
}
