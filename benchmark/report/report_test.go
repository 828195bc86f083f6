package report

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"maturitybench/benchmark/publication"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the files under testdata")

// The releases are fixtures of package benchmark, made of invented numbers.
var fixtures = []string{"secret", "public", "counted", "suppressed", "withheld", "hostile", "profiles", "scores"}

var writers = []struct {
	extension string
	write     func(io.Writer, *publication.Release) error
}{
	{".csv", CSV},
	{".md", Markdown},
}

func load(t testing.TB, name string) *publication.Release {
	t.Helper()
	r, err := publication.Load(filepath.Join("..", "publication", "testdata", "releases", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestGoldens(t *testing.T) {
	for _, name := range fixtures {
		for _, w := range writers {
			t.Run(name+w.extension, func(t *testing.T) {
				var out bytes.Buffer
				if err := w.write(&out, load(t, name)); err != nil {
					t.Fatal(err)
				}
				golden(t, filepath.Join("testdata", name+w.extension), out.Bytes())
			})
		}
	}
}

// full is a writer that fails after n bytes.
type full struct{ n int }

var errFull = errors.New("full")

func (f *full) Write(p []byte) (int, error) {
	if f.n -= len(p); f.n < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWritersReportTheError(t *testing.T) {
	r := load(t, "secret")
	for _, w := range writers {
		for _, n := range []int{0, 5000} {
			if err := w.write(&full{n}, r); !errors.Is(err, errFull) {
				t.Errorf("%s after %d bytes: %v", w.extension, n, err)
			}
		}
	}
}

// golden holds what was written against a file, or rewrites the file if -update
// is set.
func golden(t *testing.T, path string, written []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, written, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(stored), string(written)); diff != "" {
		t.Errorf("%s (-stored +written), -update rewrites it:\n%s", path, diff)
	}
}
