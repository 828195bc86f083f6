package intake

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
)

// do runs the program.
func do(t *testing.T, code int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	run := map[string]func(context.Context, []string, io.Writer, io.Writer) int{"draft": Draft, "check": Check}[args[0]]
	if got := run(t.Context(), args[1:], &out, &errs); got != code {
		t.Fatalf("intake %q: exit code %d, want %d\n%s%s", args, got, code, &out, &errs)
	}
	return out.String(), errs.String()
}

func file(name string) string {
	return filepath.Join("..", "..", "..", "..", "examples", "export", name)
}

// The export of the documentation: drafted, and checked as it is.
func TestDraftAndCheck(t *testing.T) {
	dir := t.TempDir()
	do(t, 0, "draft", "-export", file("form.csv"), "-out", dir)
	if _, err := instrument.Load(filepath.Join(dir, "instrument.yaml")); err != nil {
		t.Error(err)
	}
	m, err := mapping.Load(filepath.Join(dir, "import.yaml"))
	if err != nil || m.Company == nil {
		t.Errorf("mapping %+v, error %v", m, err)
	}
	if _, stderr := do(t, 1, "draft", "-export", file("form.csv"), "-out", dir); !strings.Contains(stderr, "exists") {
		t.Errorf("a second draft: %s", stderr)
	}
	stdout, _ := do(t, 0, "check", "-export", file("form.csv"), "-instrument", file("instrument.yaml"), "-import", file("import.yaml"))
	for _, want := range []string{"42 rows below the header, 40 answer sheets", "1 row left out by keep and drop", "since a later one of the company counts", "% policy"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%s\ndoes not say %q", stdout, want)
		}
	}
	if strings.Contains(strings.ToLower(stdout), "company 0") {
		t.Errorf("a company is named:\n%s", stdout)
	}
	stdout, stderr := do(t, 1, "check", "-export", file("form.csv"), "-instrument", file("instrument.yaml"))
	if !strings.Contains(stdout, "company: expected a column of this name") || !strings.Contains(stderr, "not ready") {
		t.Errorf("without a mapping: %s%s", stdout, stderr)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"check"}, {"draft"}, {"check", "-export", file("form.csv")}, {"draft", "-x"}} {
		do(t, 2, args...)
	}
	if stdout, _ := do(t, 0, "draft", "-h"); !strings.Contains(stdout, "-export") {
		t.Errorf("help: %s", stdout)
	}
	empty := filepath.Join(t.TempDir(), "empty.csv")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	do(t, 1, "draft", "-export", empty)
}
