package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Without a path it is the one release that publish wrote, and never one of several.
func TestRelease(t *testing.T) {
	t.Chdir(t.TempDir())
	if path, err := Release("elsewhere.json"); path != "elsewhere.json" || err != nil {
		t.Errorf("%q, %v", path, err)
	}
	if _, err := Release(""); err == nil || !strings.Contains(err.Error(), "publish writes one") {
		t.Errorf("none: %v", err)
	}
	first, second := filepath.Join("out", "2026", "release.json"), filepath.Join("out", "2027", "release.json")
	put(t, first)
	if path, err := Release(""); path != first || err != nil {
		t.Errorf("one: %q, %v", path, err)
	}
	put(t, second)
	if path, err := Release(""); path != "" || err == nil || !strings.Contains(err.Error(), first) || !strings.Contains(err.Error(), second) {
		t.Errorf("two: %q, %v", path, err)
	}
}

func put(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
}
