package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// prepared is a folder that several tests start from: it is made once, and copied for every
// test after the first, since a publication takes longer than what most of them do with it.
type prepared struct {
	prepare func(t *testing.T) // in a folder of the test, which becomes the current one
	files   []kept
}

// kept is a file or a folder.
type kept struct {
	path string
	mode fs.FileMode
	data []byte
}

// enter makes a folder of its own the current one of the test.
func (p *prepared) enter(t *testing.T) {
	t.Helper()
	if p.files == nil {
		p.prepare(t)
		p.keep(t)
		return
	}
	t.Chdir(t.TempDir())
	for _, f := range p.files {
		write := func() error { return os.WriteFile(f.path, f.data, f.mode.Perm()) }
		if f.mode.IsDir() {
			write = func() error { return os.Mkdir(f.path, f.mode.Perm()) }
		}
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
}

// keep remembers the current folder.
func (p *prepared) keep(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == "." {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		f := kept{path: path, mode: info.Mode()}
		if !d.IsDir() {
			if f.data, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		p.files = append(p.files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
