package publish

import (
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOtherAnswersAreRefused(t *testing.T) {
	published.Enter(t)
	files := contents(t, fixtureOut)
	put(t, "changed.csv", "panel-120.csv", "synthetic-001,medium", "synthetic-001,small")
	refuses(t, []string{"refused", "revision"}, append(owned(t), "-responses", "changed.csv")...)
	put(t, "plan.yaml", "plan-secret.yaml", "cohorts: [size]", "cohorts: [region]")
	refuses(t, []string{"refused", "revision"}, "-plan", "plan.yaml")
	if diff := cmp.Diff(files, contents(t, fixtureOut)); diff != "" {
		t.Errorf("a refusal changed the files (-before +after):\n%s", diff)
	}
	publishes(t) // nothing was charged: the stored release is still there
	if diff := cmp.Diff(files, contents(t, fixtureOut)); diff != "" {
		t.Errorf("a refusal changed the stored release (-before +after):\n%s", diff)
	}
}

// Own answers with the plan or the account of the built-in panel would be published as
// synthetic, and charged to it. The panel itself may come from a file.
func TestOwnAnswersNeedAnOwnPlan(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "own.csv", "panel-017.csv", "synthetic-001", "acme")
	put(t, "panel.csv", "panel-120.csv")
	own := owned(t)
	for _, args := range [][]string{nil, own[:2], own[2:]} {
		refuses(t, []string{"-plan and -account", "no company stands behind"}, append(slices.Clone(args), "-responses", "own.csv")...)
	}
	if _, err := os.Stat("out"); err == nil {
		t.Error("a refusal made the output directory")
	}
	publishes(t, "-responses", "panel.csv")
	publishes(t, append(own, "-responses", "own.csv", "-ledger", "own.db", "-out", "own", "-yes")...)
}

// The account allows ε = 5 within three years, so that ε = 4 fits once: by the
// composition of two Gaussian mechanisms a second one makes more than 5.
func TestBudget(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "account.yaml", "account.yaml", "epsilon: 8", "epsilon: 5")
	publishes(t, "-account", "account.yaml")
	put(t, "same.yaml", "plan-secret.yaml", `wave: "2026"`, `wave: "2027"`)
	refuses(t, []string{"published under another wave", "state the reason in the plan", "nothing was charged"}, "-account", "account.yaml", "-plan", "same.yaml", "-out", "next")
	const again = "reason: a test has one panel\nwave: \"2027\""
	put(t, "next.yaml", "plan-secret.yaml", `wave: "2026"`, again)
	refuses(t, []string{"budget exceeded", "is left", "nothing was charged"}, "-account", "account.yaml", "-plan", "next.yaml", "-out", "next")
	put(t, "small.yaml", "plan-secret.yaml", `wave: "2026"`, again, "epsilon: 4", "epsilon: 1", "cohorts: [size]", "cohorts: []")
	publishes(t, "-account", "account.yaml", "-plan", "small.yaml", "-out", "next")
}

func TestAccounts(t *testing.T) {
	published.Enter(t)

	put(t, "larger.yaml", "account.yaml", "epsilon: 8", "epsilon: 9")
	refuses(t, []string{"refused", "cannot be changed"}, "-account", "larger.yaml")

	put(t, "renamed.yaml", "account.yaml", "account: ", "account: renamed-")
	refuses(t, []string{"the plan charges", "renamed-"}, "-account", "renamed.yaml")

	put(t, "plan.yaml", "plan-secret.yaml", "account: ", "account: renamed-")
	refuses(t, []string{"refused", "another account"}, "-account", "renamed.yaml", "-plan", "plan.yaml", "-out", "next")

	put(t, "public.yaml", "account.yaml", "roster: secret", "roster: public")
	put(t, "public-plan.yaml", "plan-secret.yaml", "roster: secret", "roster: public", `wave: "2026"`, `wave: "2027"`)
	refuses(t, []string{"refused", "cannot be changed"}, "-account", "public.yaml", "-plan", "public-plan.yaml", "-out", "next")
}

func TestWrongFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "empty.csv", "")
	write(t, "empty.yaml", "")
	put(t, "answers.dat", "panel-017.csv")
	if err := os.Mkdir("directory.csv", 0o777); err != nil {
		t.Fatal(err)
	}
	zipped, err := os.Create("zipped.csv")
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(zipped)
	z.Write([]byte("company,org-01\n"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	zipped.Close()
	put(t, "score.csv", "panel-017.csv", "synthetic-001,small,supplier,emea,0,", "Acme & Sons,huge,,,97,")
	put(t, "plan.yaml", "plan-secret.yaml", "epsilon: 4", "epsilon: -4", "delta: 1e-6", "delta: 1")
	put(t, "account.yaml", "account.yaml", "window: 3y", "window: many")
	own := owned(t)

	for _, test := range []struct {
		name string
		args []string
		want []string
	}{
		{"no such file", []string{"-responses", "nowhere.csv"}, []string{"nowhere.csv", "no such file"}},
		{"empty answers", []string{"-responses", "empty.csv"}, []string{"empty.csv", "expected"}},
		{"extension", []string{"-responses", "answers.dat"}, []string{"answers.dat", ".csv"}},
		{"directory", []string{"-responses", "directory.csv"}, []string{"directory.csv", "directory"}},
		{"compressed", []string{"-responses", "zipped.csv"}, []string{"zipped.csv", "gzip"}},
		{"wrong answers", []string{"-responses", "score.csv"}, []string{"score.csv:2:", "size", "org-01"}},
		{"empty plan", []string{"-plan", "empty.yaml"}, []string{"empty.yaml"}},
		{"empty instrument", []string{"-instrument", "empty.yaml"}, []string{"empty.yaml"}},
		{"all at once", []string{"-plan", "plan.yaml", "-account", "account.yaml", "-responses", "score.csv"},
			[]string{"plan.yaml:5:", "plan.yaml:6:", "account.yaml:7:", "score.csv:2:"}},
		{"no file for an answer", []string{"-plan", "plan.yaml", "-responses", "nowhere.csv"}, []string{"plan.yaml:5:", "nowhere.csv"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for i := 0; i < len(own); i += 2 {
				if !slices.Contains(test.args, own[i]) {
					test.args = append(test.args, own[i:i+2]...)
				}
			}
			refuses(t, test.want, test.args...)
			r := runIn(t.Context(), test.args...)
			for _, secret := range []string{"Acme", "huge", "97"} {
				if strings.Contains(r.stderr, secret) {
					t.Errorf("standard error tells %q of the answers:\n%s", secret, r.stderr)
				}
			}
			if _, err := os.Stat("out"); err == nil {
				t.Error("a run that could not start made the output directory")
			}
		})
	}
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "file", "")
	refuses(t, []string{"output directory"}, "-out", "file", "-ledger", "ledger.db")
	refuses(t, []string{"output directory"}, "-out", filepath.Join("file", "out"), "-ledger", "ledger.db")
	if _, err := os.Stat("ledger.db"); err == nil {
		t.Error("the ledger was opened although nothing can be delivered")
	}
}

// A wrong place of the ledger, and a plan that does not fit the account, are
// found before an answer is read or a directory is made.
func TestFoundBeforeTheAnswers(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "file", "")
	write(t, "wrong.csv", "")
	put(t, "renamed.yaml", "account.yaml", "account: ", "account: renamed-")
	put(t, "public.yaml", "plan-secret.yaml", "roster: secret", "roster: public")
	own := owned(t)
	for _, test := range []struct {
		want string
		args []string
	}{
		{"the ledger needs a directory that is there", []string{"-ledger", filepath.Join("nowhere", "ledger.db")}},
		{"not a directory", []string{"-ledger", filepath.Join("file", "ledger.db")}},
		{"renamed-", []string{"-account", "renamed.yaml"}},
		{"public roster", []string{"-plan", "public.yaml"}},
	} {
		r := runIn(t.Context(), append(append(slices.Clone(own), test.args...), "-responses", "wrong.csv")...) // the last of two flags counts
		if r.code != 1 || !strings.Contains(r.stderr, test.want) || strings.Contains(r.stderr, "wrong.csv") {
			t.Errorf("%q: %+v, want %q", test.args, r, test.want)
		}
		if _, err := os.Stat("out"); err == nil {
			t.Errorf("%q made the output directory", test.args)
		}
	}
	publishes(t, "-ledger", filepath.Join("new", "ledger.db"), "-out", filepath.Join("new", "out"))
}

// Another wave never overwrites a release, and is refused before it is charged.
func TestAnotherWaveGetsAnotherDirectory(t *testing.T) {
	published.Enter(t)
	files := contents(t, fixtureOut)
	put(t, "next.yaml", "plan-secret.yaml", `wave: "2026"`, "reason: a test has one panel\nwave: \"2027\"", "epsilon: 4", "epsilon: 1", "cohorts: [size]", "cohorts: []")
	refuses(t, []string{"release of wave 2026", "not overwritten", "-out"}, "-plan", "next.yaml", "-out", fixtureOut)
	if diff := cmp.Diff(files, contents(t, fixtureOut)); diff != "" {
		t.Errorf("a refusal changed the files (-before +after):\n%s", diff)
	}
	publishes(t, "-plan", "next.yaml")
	if diff := cmp.Diff([]string{"2026", "2027"}, names(t, "out")); diff != "" {
		t.Errorf("folders of the waves (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(files, contents(t, fixtureOut)); diff != "" {
		t.Errorf("another wave changed the files (-before +after):\n%s", diff)
	}
}

// What is handed on as a folder has neither the ledger nor its key in it.
func TestLedgerApartFromTheReport(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, ledger := range []string{filepath.Join("out", "ledger.db"), filepath.Join("out", "ledger", "ledger.db")} {
		refuses(t, []string{"folder of the report", "folder of its own"}, "-out", "out", "-ledger", ledger)
	}
	if _, err := os.Stat("out"); err == nil {
		t.Error("a refusal made the output directory")
	}
	// The ledger belongs to the account, wherever the program is run.
	if err := os.Mkdir("survey", 0o777); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join("survey", "account.yaml"), "account.yaml")
	publishes(t, "-account", filepath.Join("survey", "account.yaml"))
	if diff := cmp.Diff([]string{"account.yaml", "ledger"}, names(t, "survey")); diff != "" {
		t.Errorf("files of the survey (-want +got):\n%s", diff)
	}
}

// After the commit the release is kept whatever happens to the files. The
// account allows one publication only, so the second run must have found it.
func TestFilesAreWrittenByTheNextRun(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "account.yaml", "account.yaml", "epsilon: 8", "epsilon: 4.5")
	if err := os.MkdirAll(filepath.Join(fixtureOut, "tables.csv"), 0o777); err != nil {
		t.Fatal(err)
	}
	refuses(t, []string{"tables.csv"}, "-account", "account.yaml")
	if err := os.Remove(filepath.Join(fixtureOut, "tables.csv")); err != nil {
		t.Fatal(err)
	}
	left := names(t, fixtureOut)
	for _, name := range left {
		if strings.HasSuffix(name, ".tmp") {
			t.Errorf("the failed run left %s", name)
		}
	}
	publishes(t, "-account", "account.yaml")
	contents(t, fixtureOut)
}

func TestInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := runIn(ctx)
	if r.code != 1 || r.stdout != "" || !strings.Contains(r.stderr, "interrupted") {
		t.Errorf("interrupted: %+v", r)
	}
	if _, err := os.Stat(filepath.Join(fixtureOut, "release.json")); err == nil {
		t.Error("an interrupted run wrote release.json")
	}
	publishes(t)
}

func TestFlags(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, test := range []struct {
		name           string
		args           []string
		code           int
		stdout, stderr string
	}{
		{"help", []string{"-h"}, 0, "-responses path", ""},
		{"long help", []string{"--help"}, 0, "Exit codes", ""},
		{"unknown", []string{"-answers", "x.csv"}, 2, "", "-answers"},
		{"no value", []string{"-plan"}, 2, "", "plan"},
		{"empty value", []string{"-plan", ""}, 2, "", "flag -plan is empty"},
		{"not a flag", []string{"x.csv"}, 2, "", "x.csv"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := runIn(t.Context(), test.args...)
			if r.code != test.code || !strings.Contains(r.stdout, test.stdout) || !strings.Contains(r.stderr, test.stderr) {
				t.Errorf("publish %q: %+v", test.args, r)
			}
			if (r.stdout == "") != (test.stdout == "") || (r.stderr == "") != (test.stderr == "") {
				t.Errorf("publish %q wrote to the wrong stream: %+v", test.args, r)
			}
		})
	}
}
