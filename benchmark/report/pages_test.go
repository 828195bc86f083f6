package report

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The pages of all fixtures are written where "go test -artifacts" keeps
// them, for the page tests of .ci/pages.
func TestPages(t *testing.T) {
	for _, name := range fixtures {
		var out bytes.Buffer
		if err := HTML(&out, load(t, name), Options{}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(t.ArtifactDir(), name+".html"), out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
