package program

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Folder is a folder that several tests start from: it is made once, and copied for every
// test after the first, since a publication takes longer than what most of them do with it.
type Folder struct {
	Prepare func(t *testing.T) // in a folder of the test, which becomes the current one
	files   []kept
}

// kept is a file or a folder.
type kept struct {
	path string
	mode fs.FileMode
	data []byte
}

// Enter makes a folder of its own the current one of the test.
func (f *Folder) Enter(t *testing.T) {
	t.Helper()
	if f.files == nil {
		f.Prepare(t)
		f.keep(t)
		return
	}
	t.Chdir(t.TempDir())
	for _, of := range f.files {
		write := func() error { return os.WriteFile(of.path, of.data, of.mode.Perm()) }
		if of.mode.IsDir() {
			write = func() error { return os.Mkdir(of.path, of.mode.Perm()) }
		}
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
}

// keep remembers the current folder.
func (f *Folder) keep(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == "." {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		of := kept{path: path, mode: info.Mode()}
		if !d.IsDir() {
			if of.data, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		f.files = append(f.files, of)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
