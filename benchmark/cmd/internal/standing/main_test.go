package standing

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/compare"
)

const release = "../../../publication/testdata/releases/"

func runIn(ctx context.Context, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = Run(ctx, args, &out, &err)
	return code, out.String(), err.String()
}

func put(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The three files say the same, and only their owner can read them.
func TestFiles(t *testing.T) {
	out := t.TempDir()
	own := put(t, "own.json", `{"company": "us", "attributes": {"size": "small"}, "scores": {"org-01": 5, "org-02": 0, "risk-01": "NA"}}`)
	instrument := put(t, "i.yaml", strings.Replace(instrumentOf(t, "secret"), `"attributes"`, `"no_answer": ["NA"], "attributes"`, 1))
	code, stdout, stderr := runIn(t.Context(), "-release", release+"secret.json", "-own", own, "-instrument", instrument, "-out", out)
	if code != 0 || stderr != "" {
		t.Fatalf("exit code %d, standard error %q", code, stderr)
	}
	for _, want := range []string{"Our overall score is 2.50; the mean", filepath.Join(out, "standing.html")} {
		if !strings.Contains(stdout, want) {
			t.Errorf("standard output lacks %q:\n%s", want, stdout)
		}
	}
	var standing compare.Standing
	if err := json.Unmarshal([]byte(read(t, filepath.Join(out, "standing.json"))), &standing); err != nil {
		t.Fatal(err)
	}
	all, _ := standing.Cohort("all")
	if len(standing.Cohorts) != 2 || all.Overall.Own == nil || *all.Overall.Own != 2.5 {
		t.Errorf("standing.json has %d cohorts", len(standing.Cohorts))
	}
	for _, name := range []string{"standing.html", "standing.md"} {
		if text := read(t, filepath.Join(out, name)); !strings.Contains(text, "For the company only.") || !strings.Contains(text, "no answer") {
			t.Errorf("%s is not the page of a company", name)
		}
		info, err := os.Stat(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v", name, info.Mode())
		}
	}
}

// instrumentOf is the instrument of a release, as JSON on its own.
func instrumentOf(t *testing.T, name string) string {
	t.Helper()
	var r struct{ Instrument json.RawMessage }
	if err := json.Unmarshal([]byte(read(t, release+name+".json")), &r); err != nil {
		t.Fatal(err)
	}
	return string(r.Instrument)
}

// A release without numbers has nothing to compare with, and that is said.
func TestSuppressed(t *testing.T) {
	out := t.TempDir()
	own := put(t, "own.json", `{"company": "us", "scores": {"org-01": 3}}`)
	code, stdout, stderr := runIn(t.Context(), "-release", release+"suppressed.json", "-own", own, "-out", out)
	if code != 0 || stderr != "" || !strings.Contains(stdout, "nothing to compare with") {
		t.Errorf("exit code %d, standard output %q, standard error %q", code, stdout, stderr)
	}
	if !strings.Contains(read(t, filepath.Join(out, "standing.md")), "nothing to compare with") {
		t.Error("standing.md does not say that there is nothing to compare with")
	}
}

func TestRefusals(t *testing.T) {
	out := t.TempDir()
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"-release", filepath.Join(out, "none.json")}, 1, "none.json"},
		{[]string{"-release", release + "secret.json"}, 1, "the input cannot be used"}, // the made-up company answers another instrument
		{[]string{"-release", release + "secret.json", "-own", put(t, "own.json", `{"company": "us", "scores": {"org-01": -77}}`)}, 1, "org-01"},
		{[]string{"-release", release + "secret.json", "-own", put(t, "own.jsonl", `{"company": "a", "scores": {"org-01": 1}}`+"\n"+`{"company": "b", "scores": {"org-01": 1}}`)}, 1, "one company"},
		{[]string{"-release", release + "secret.json", "-instrument", filepath.Join(out, "none.yaml")}, 1, "none.yaml"},
		{[]string{"-nowhere"}, 2, "-h explains"},
	} {
		code, stdout, stderr := runIn(t.Context(), append(c.args, "-out", out)...)
		if code != c.code || stdout != "" || !strings.Contains(stderr, c.want) || strings.Contains(stderr, "-77") {
			t.Errorf("%v: exit code %d, standard error %q", c.args, code, stderr)
		}
	}
	if files, err := os.ReadDir(out); err != nil || len(files) != 0 {
		t.Errorf("a refused run left %v (%v)", files, err)
	}
}
