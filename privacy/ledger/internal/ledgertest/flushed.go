package ledgertest

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// deed is what a call of the system does.
type deed int

const (
	other   deed = iota
	written      // a file, or to whoever is at the other end
	flushed      // a file or a directory
	named        // a file gets a further or another name
)

// call is a call of the system.
type call struct {
	deed deed
	file string // that it is about
	name string // that the file gets
}

// A process that makes a ledger and publishes never relies on a file before it is on
// the disk: key, head and ledger are flushed before they get their name, and their
// directory is flushed before anything else is written, named or reported. A power
// cut would lose the key otherwise, and with it the ledger.
func testFlushed(t *testing.T, place func(testing.TB) Named) {
	p := place(t)
	command, _ := child(t, "publish", p.Name, 1, 2)
	f := flushes{directory: filepath.Dir(p.Key), dirty: map[string]bool{}}
	_, calls, err := trace(command, 0, f.see)
	if err != nil {
		t.Fatal(err)
	}
	if calls == 0 {
		t.Skip("calls of the system cannot be seen here")
	}
	for _, problem := range f.problems {
		t.Error(problem)
	}
	for _, want := range []string{filepath.Base(p.Key) + ".pending", filepath.Base(p.Key), filepath.Base(p.Head)} {
		if !slices.Contains(f.seen, want) {
			t.Errorf("%s got its name unseen, among %q", want, f.seen)
		}
	}
}

// flushes follows the calls of one process. It sees one call at a time.
type flushes struct {
	directory string
	dirty     map[string]bool // files that were written since they were flushed
	names     []string        // that were given since the directory was flushed
	seen      []string        // all names
	problems  []string
}

func (f *flushes) see(c call) {
	inside := filepath.Dir(c.file) == f.directory
	draft := strings.Contains(filepath.Base(c.file), ".new-")
	switch {
	case c.deed == flushed && c.file == f.directory:
		f.names = nil
	case c.deed == flushed:
		delete(f.dirty, c.file)
	case c.deed == written && (strings.HasPrefix(c.file, "anon_inode:") || strings.HasPrefix(c.file, "pipe:")): // the runtime's
	case c.deed == written && inside && draft:
		f.dirty[c.file] = true
	case c.deed == written:
		f.settled("before something is written to " + filepath.Base(c.file))
	case c.deed == named && inside:
		f.settled("before " + filepath.Base(c.name) + " gets its name")
		if f.dirty[c.file] {
			f.problems = append(f.problems, filepath.Base(c.name)+" gets its name before it is flushed")
		}
		f.names = append(f.names, filepath.Base(c.name))
		f.seen = append(f.seen, filepath.Base(c.name))
	}
}

// settled notes the names that a power cut could still take back.
func (f *flushes) settled(when string) {
	for _, name := range f.names {
		f.problems = append(f.problems, "the directory is not flushed after "+name+" got its name, "+when)
	}
	f.names = nil
}
