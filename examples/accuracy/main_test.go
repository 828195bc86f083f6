package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/synthetic"
)

func runIn(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(t.Context(), args, &out, &err)
	return code, out.String(), err.String()
}

func TestTable(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: TestKinds runs the same, in parallel")
	}
	code, stdout, stderr := runIn(t, "-companies", "60", "-trials", "2")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for _, want := range []string{
		"2 panels of 60 synthetic companies", "maturitybench", "dpagg by family", "dpagg by statistic", "joint histogram",
		"prior alone", "published", "covered", "five highest", "Times the error",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the table lacks %q:\n%s", want, stdout)
		}
	}
	if !strings.HasSuffix(stderr, "2 of 2 panels\n") {
		t.Errorf("progress %q", stderr)
	}
}

// Panels of a file are drawn from its companies, with an instrument of its own
// and without a prior.
func TestOwnFile(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: TestKinds runs the same, in parallel")
	}
	dir := t.TempDir()
	file, err := os.Create(filepath.Join(dir, "responses.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := synthetic.WriteCSV(file, instrument.JSP(), synthetic.NewPanel(30, 1)); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := runIn(t, "-companies", "50", "-trials", "1", "-responses", file.Name(), "-roster", "public")
	if code != 0 || !strings.Contains(stdout, "1 panels of 50 companies of the file") {
		t.Errorf("exit code %d, output %s%s", code, stdout, stderr)
	}
	code, stdout, stderr = runIn(t, "-companies", "50", "-trials", "1", "-responses", file.Name(), "-panel", "file")
	if code != 0 || !strings.Contains(stdout, "file: companies of "+file.Name()) {
		t.Errorf("exit code %d, output %s%s", code, stdout, stderr)
	}
}

// Kinds of panels have a table each and one together.
func TestKinds(t *testing.T) {
	args := []string{"-companies", "60", "-trials", "2", "-panel", "specialists,nobody", "-parallel", "2"}
	code, stdout, stderr := runIn(t, args...)
	if code != 0 || !strings.HasSuffix(stderr, "2 of 2 kinds\n") {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for _, want := range []string{
		"2 panels of 60 companies of every kind", "specialists: some companies", "nobody: one domain",
		"extreme question means", "The cells with the lowest coverage", "published numbers", "all kinds: together",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the tables lack %q:\n%s", want, stdout)
		}
	}
	for _, wrong := range []string{"nothing", "usual,", "file"} {
		if code, _, stderr := runIn(t, "-panel", wrong); code != 1 || !strings.Contains(stderr, "specialists") {
			t.Errorf("-panel %s: exit code %d, %s", wrong, code, stderr)
		}
	}
}

// Waves are measured by themselves and leaning on those before.
func TestWaves(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: TestKinds runs the same, in parallel")
	}
	code, stdout, stderr := runIn(t, "-companies", "60", "-trials", "1", "-waves", "2", "-change", "question", "-changes", "-cohorts=false", "-roster", "public")
	if code != 0 || !strings.HasSuffix(stderr, "1 of 1 panels\n") {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for _, want := range []string{"1 industries of 60 synthetic companies", "before the last wave: question", "leaning on earlier waves", "the question that jumps", "as seen from the last wave", "\nof the question that jumps", "\nin the last step", "\n1     question means", "\n2     shares"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the table lacks %q:\n%s", want, stdout)
		}
	}
}

func TestWrongFlags(t *testing.T) {
	for _, args := range [][]string{{"-companies", "2"}, {"-epsilon", "0"}, {"-trials", "0"}, {"-roster", "hidden"}, {"-parallel", "0"}, {"-nothing"}, {"stray"}, {"-waves", "1"}, {"-waves", "2", "-panel", "all"}, {"-change", "all"}} {
		if code, _, stderr := runIn(t, args...); code != 2 || stderr == "" {
			t.Errorf("%v: exit code %d, standard error %q; expected 2 and a reason", args, code, stderr)
		}
	}
	if code, _, stderr := runIn(t, "-responses", filepath.Join(t.TempDir(), "nowhere.csv"), "-trials", "1"); code != 1 || stderr == "" {
		t.Errorf("missing file: exit code %d, standard error %q", code, stderr)
	}
}

// The exact statistics have no error by any measure.
func TestExactIsExact(t *testing.T) {
	in := instrument.JSP()
	sample, err := synthetic.NewSample(in, synthetic.NewPanel(40, 3))
	if err != nil {
		t.Fatal(err)
	}
	var exact []statistics
	for _, c := range sample.Cohorts("size") {
		exact = append(exact, truth(c))
	}
	var s scores
	s.add(exact, exact, exact, exact)
	for f := range families {
		if r := s.all[f].rmse(); r != 0 || s.all[f].covered != s.all[f].intervals || s.all[f].shown != s.all[f].all {
			t.Errorf("%s: error %v, %v of %v covered", familyNames[f], r, s.all[f].covered, s.all[f].intervals)
		}
	}
	// An error of one in every second of two numbers has the mean square ½.
	var half score
	half.add(1, 1)
	half.add(2, 1)
	half.add(math.NaN(), 1)
	if got := half.rmse(); math.Abs(got-math.Sqrt(0.5)) > 1e-15 || half.shown != 2 || half.all != 3 {
		t.Errorf("rmse %v of %v shown, %v in all", got, half.shown, half.all)
	}
}
