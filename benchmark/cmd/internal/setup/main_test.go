package setup

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/xlsx"
	"maturitybench/privacy"
)

func do(t *testing.T, code int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	if got := Run(t.Context(), args, &out, &err); got != code {
		t.Fatalf("init %q: exit code %d, want %d\n%s%s", args, got, code, &out, &err)
	}
	return out.String(), err.String()
}

// Every roster gets files that fit together, with what the flags say, and an answer sheet
// in two formats that can be read once there is an answer in it.
func TestFilesFitTogether(t *testing.T) {
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		for _, companies := range []string{"17", "123", "300000"} {
			dir := filepath.Join(t.TempDir(), "survey")
			stdout, _ := do(t, 0, "-roster", string(roster), "-companies", companies, "-out", dir, "-account", "acct", "-wave", "w.1", "-cohorts", "size, region")
			in, err := instrument.Load(filepath.Join(dir, "instrument.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			account, err := benchmark.LoadAccount(filepath.Join(dir, "account.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			plan, err := benchmark.LoadPlan(in, filepath.Join(dir, "plan.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			spec := plan.Spec()
			if account.ID != "acct" || spec.Account != "acct" || spec.Wave != "w.1" || account.Roster != roster || spec.Roster != roster || strings.Join(spec.Cohorts, "+") != "size+region" {
				t.Errorf("account %+v, plan %+v", account, spec)
			}
			want := map[string]int{"17": 17, "123": 123, "300000": 300000}[companies]
			if !roster.ExactSizes() {
				want = map[string]int{"17": 20, "123": 100, "300000": 300000}[companies]
			}
			if spec.ExpectedCompanies != want {
				t.Errorf("%s roster, %s companies: %d are expected, want %d", roster, companies, spec.ExpectedCompanies, want)
			}
			for _, name := range []string{"instrument.yaml", "account.yaml", "plan.yaml", "README.md", "answers.csv", "answers.xlsx"} {
				if !strings.Contains(stdout, filepath.Join(dir, name)+"\n") {
					t.Errorf("%s is not named:\n%s", name, stdout)
				}
			}
			sheets(t, in, dir)
		}
	}
}

// sheets expects that the empty answer sheets have the columns of the instrument, and that
// the README explains each of them.
func sheets(t *testing.T, in *instrument.Instrument, dir string) {
	t.Helper()
	path := filepath.Join(dir, "answers.csv")
	header := read(t, path)
	columns, err := csv.NewReader(strings.NewReader(header)).Read()
	if err != nil {
		t.Fatal(err)
	}
	readme := read(t, filepath.Join(dir, "README.md"))
	for _, c := range columns {
		if !strings.Contains(readme, "\n| `"+c+"` | ") {
			t.Errorf("the README does not explain the column %s", c)
		}
	}
	put(t, path, header+"c1"+strings.Repeat(",", len(columns)-1)+"1\n")
	if _, err := responses.Load(t.Context(), in, path); err != nil {
		t.Error(err)
	}
	if _, err := xlsx.Load(t.Context(), in, filepath.Join(dir, "answers.xlsx")); err == nil || !strings.Contains(err.Error(), "at least one response") {
		t.Errorf("the empty workbook: %v", err)
	}
}

// Without a roster there are no files, and nothing is ever written over.
func TestRefusals(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range [][]string{
		nil, {"-roster", "secret"}, {"-companies", "20"}, {"-roster", "open", "-companies", "20"}, {"-roster", "secret", "-companies", "4"},
		{"-roster", "secret", "-companies", "many"}, {"-roster", "secret", "-companies", "20", "-account", "a b"}, {"-roster", "secret", "-companies", "20", "-wave", ""},
	} {
		if _, stderr := do(t, 2, args...); !strings.Contains(stderr, "expected") && !strings.Contains(stderr, "needed") {
			t.Errorf("%q: %s", args, stderr)
		}
	}
	if _, stderr := do(t, 1, "-roster", "secret", "-companies", "20", "-cohorts", "color"); !strings.Contains(stderr, "size, kind, region") {
		t.Errorf("an unknown attribute: %s", stderr)
	}
	do(t, 1, "-roster", "secret", "-companies", "20", "-instrument", "nowhere.yaml")
	if entries, err := os.ReadDir("."); err != nil || len(entries) > 0 {
		t.Errorf("refused runs left %v, %v", entries, err)
	}
	do(t, 0, "-roster", "secret", "-companies", "20")
	before := read(t, filepath.Join("survey", "plan.yaml"))
	if _, stderr := do(t, 1, "-roster", "public", "-companies", "30"); !strings.Contains(stderr, "not empty") {
		t.Errorf("a second run: %s", stderr)
	}
	if read(t, filepath.Join("survey", "plan.yaml")) != before {
		t.Error("a second run wrote over the plan")
	}
}

// An instrument that ships is copied by its name, with its comments; a folder of that name
// is in nobody's way.
func TestNamedInstrumentIsCopied(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range instrument.Names() {
		do(t, 0, "-roster", "public", "-companies", "40", "-instrument", name, "-out", name)
		in, err := instrument.Load(filepath.Join(name, "instrument.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if want, err := instrument.Named(name); err != nil || !in.Equal(want) {
			t.Errorf("the copy of %s is another instrument: %v", name, err)
		}
		if in, err := instrument.Load(name); err != nil || in.ID() == "" {
			t.Errorf("%s beside a folder of that name: %v", name, err)
		}
		if !strings.HasPrefix(read(t, filepath.Join(name, "instrument.yaml")), "#") {
			t.Errorf("the comments of %s are lost", name)
		}
	}
}

// Every instrument that ships can be said in other words, which are of its version; wrong ones
// are named with their place, and nothing is written.
func TestTexts(t *testing.T) {
	t.Chdir(t.TempDir())
	for i, name := range instrument.Names() {
		if i > 0 && testing.Short() {
			break // a plan of a long instrument takes seconds
		}
		in, err := instrument.Named(name)
		if err != nil {
			t.Fatal(err)
		}
		q := in.Spec().Questions()[0]
		put(t, "texts.yaml", fmt.Sprintf("version: de-1\ntexts: {%s: \"Ist das: so?\"}\n", q.ID))
		do(t, 0, "-roster", "public", "-companies", "30", "-instrument", name, "-texts", "texts.yaml", "-out", name)
		got, err := instrument.Load(filepath.Join(name, "instrument.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		want, err := in.LoadTexts("texts.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if !got.Equal(want) || got.Spec().Version != in.Spec().Version+"+de-1" || got.Spec().Questions()[0].Text != "Ist das: so?" {
			t.Errorf("%s is another instrument: version %s", name, got.Spec().Version)
		}
	}
	put(t, "texts.yaml", "version: x\ntexts: {nowhere: x}\n")
	if _, stderr := do(t, 1, "-roster", "public", "-companies", "30", "-instrument", "samm", "-texts", "texts.yaml", "-out", "wrong"); !strings.Contains(stderr, "texts.yaml:2:18") {
		t.Errorf("wrong texts: %s", stderr)
	}
	if _, err := os.Stat("wrong"); err == nil {
		t.Error("wrong texts left a folder")
	}
}

// A copy is the file as it is, comments and format included.
func TestInstrumentIsCopied(t *testing.T) {
	t.Chdir(t.TempDir())
	const text = `{"id": "tiny", "version": "1", "title": "A | B", "scale": [{"level": 1, "name": "No"}, {"level": 2, "name": "Yes"}],
  "domains": [{"id": "d", "title": "D", "questions": [{"id": "q", "text": "Is it | done?"}]}]}`
	put(t, "own.json", text)
	do(t, 0, "-roster", "public", "-companies", "40", "-instrument", "own.json", "-out", ".maturity")
	if read(t, filepath.Join(".maturity", "instrument.json")) != text {
		t.Error("the copy differs")
	}
	if readme := read(t, filepath.Join(".maturity", "README.md")); !strings.Contains(readme, `| D: Is it \| done? |`) {
		t.Errorf("a bar in a question is no cell of the table:\n%s", readme)
	}
	if plan := read(t, filepath.Join(".maturity", "plan.yaml")); !strings.Contains(plan, "account: tiny ") || strings.Contains(plan, "\n# cohorts: []") {
		t.Errorf("the plan:\n%s", plan)
	}
}

// A plan for fewer than forty companies measures all of them only, as the comment in the
// plan says.
func TestSmallPlansHaveNoCohorts(t *testing.T) {
	for companies, want := range map[string]bool{"39": false, "40": true} {
		dir := t.TempDir()
		do(t, 0, "-roster", "public", "-companies", companies, "-cohorts", "size", "-out", dir)
		plan, err := benchmark.LoadPlan(instrument.JSP(), filepath.Join(dir, "plan.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		canonical, err := plan.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		if got := plan.Efficiency() > 0; got != want { // 0: no question is measured
			t.Errorf("%s companies: a plan of all companies only: %v\n%.300s", companies, !got, canonical)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
