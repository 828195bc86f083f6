package publish

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/program"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
	"maturitybench/benchmark/synthetic/fixture"
)

func TestMain(m *testing.M) { program.Main(m, func() { command.Main(Run) }) }

// result is what one run of the program left behind.
type result struct {
	code           int
	stdout, stderr string
}

func runIn(ctx context.Context, args ...string) result {
	var stdout, stderr bytes.Buffer
	code := Run(ctx, args, &stdout, &stderr)
	return result{code, stdout.String(), stderr.String()}
}

// owned writes a plan and an account that are the organiser's own, though they say what
// the built-in ones do, and returns their flags.
func owned(t *testing.T) []string {
	t.Helper()
	put(t, "own-plan.yaml", "plan-secret.yaml")
	put(t, "own-account.yaml", "account.yaml")
	return []string{"-plan", "own-plan.yaml", "-account", "own-account.yaml"}
}

// publishes runs the program and expects it to publish.
func publishes(t *testing.T, args ...string) result {
	t.Helper()
	r := runIn(t.Context(), args...)
	if r.code != 0 || r.stderr != "" {
		t.Fatalf("publish %q: exit code %d, standard error:\n%s", args, r.code, r.stderr)
	}
	return r
}

// published is a folder in which the built-in panel was published.
var published = program.Folder{Prepare: func(t *testing.T) {
	t.Chdir(t.TempDir())
	publishes(t)
}}

// refuses runs the program and expects exit code 1, nothing on standard
// output, and the texts on standard error.
func refuses(t *testing.T, want []string, args ...string) {
	t.Helper()
	r := runIn(t.Context(), args...)
	if r.code != 1 || r.stdout != "" {
		t.Fatalf("publish %q: exit code %d, want 1; standard output %q, want none", args, r.code, r.stdout)
	}
	for _, text := range want {
		if !strings.Contains(r.stderr, text) {
			t.Errorf("publish %q: standard error lacks %q:\n%s", args, text, r.stderr)
		}
	}
}

// put writes a file with edits of a fixture file, each an old and a new text.
func put(t *testing.T, path, from string, edits ...string) {
	t.Helper()
	data, err := fixture.Files.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for edit := range slices.Chunk(edits, 2) {
		if !strings.Contains(text, edit[0]) {
			t.Fatalf("%s does not contain %q", from, edit[0])
		}
		text = strings.Replace(text, edit[0], edit[1], 1)
	}
	write(t, path, text)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// contents are the published files of a directory.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range []string{"release.json", "tables.csv", "datapackage.json", "release.xlsx", "report.md", "standing.html", "report.html"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(data)
	}
	return files
}

// names are the names of all files in a directory.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// fixtureOut is where the files of the built-in panel go.
var fixtureOut = filepath.Join("out", "2026")

func TestWithoutFlags(t *testing.T) {
	t.Chdir(t.TempDir())
	first := publishes(t)
	want := []string{"datapackage.json", "release.json", "release.xlsx", "report.html", "report.md", "standing.html", "tables.csv"}
	if diff := cmp.Diff(want, names(t, fixtureOut)); diff != "" {
		t.Errorf("files in %s (-want +got):\n%s", fixtureOut, diff)
	}
	if diff := cmp.Diff([]string{"ledger.db", "ledger.db.head", "ledger.db.key"}, names(t, "ledger")); diff != "" {
		t.Errorf("files in ledger (-want +got):\n%s", diff)
	}
	if info, err := os.Stat("ledger"); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("others may look into the folder of the ledger: %v, %v", info, err)
	}
	files := contents(t, fixtureOut)
	release, err := publication.Load(filepath.Join(fixtureOut, "release.json"))
	if err != nil {
		t.Fatal(err)
	}
	var tables, text, page bytes.Buffer
	if err := report.CSV(&tables, release); err != nil {
		t.Fatal(err)
	}
	if err := report.MarkdownWith(&text, release, report.Options{StandingPage: "standing.html"}); err != nil {
		t.Fatal(err)
	}
	if err := report.HTML(&page, release, report.Options{StandingPage: "standing.html"}); err != nil {
		t.Fatal(err)
	}
	if files["tables.csv"] != tables.String() || files["report.md"] != text.String() || files["report.html"] != page.String() {
		t.Error("tables.csv, report.md or report.html are not those of release.json")
	}
	if !strings.Contains(first.stdout, "answers are synthetic") || !strings.Contains(files["report.md"], "**Synthetic.**") {
		t.Errorf("summary or report do not say that the panel is synthetic:\n%s", first.stdout)
	}

	second := publishes(t)
	if diff := cmp.Diff(files, contents(t, fixtureOut)); diff != "" {
		t.Errorf("the second run wrote other files (-first +second):\n%s", diff)
	}
	again, ok := strings.CutSuffix(first.stdout, newLedger)
	if !ok {
		t.Errorf("the first run does not say that it made the ledger:\n%s", first.stdout)
	}
	if diff := cmp.Diff(again, second.stdout); diff != "" {
		t.Errorf("the second run printed something else (-first +second):\n%s", diff)
	}
}

// The fixture has 120 companies. No number that the summary prints under a
// secret roster is a count of them, neither the exact nor the released one.
func TestSummaryHasNoCountUnderSecretRoster(t *testing.T) {
	t.Chdir(t.TempDir())
	stdout := regexp.MustCompile(`[0-9]+:[0-9a-f]{64}`).ReplaceAllString(publishes(t).stdout, "HEAD") // a hash has any digits
	release, err := publication.Load(filepath.Join(fixtureOut, "release.json"))
	if err != nil {
		t.Fatal(err)
	}
	all, _ := release.Cohort("all")
	for _, text := range regexp.MustCompile(`\d+(\.\d+)?`).FindAllString(stdout, -1) {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		if n == 120 || n == all.Companies.Value || n == all.Companies.Low || n == all.Companies.High {
			t.Errorf("the summary prints %s, a number of companies:\n%s", text, stdout)
		}
	}
}

func TestPublicRoster(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "account.yaml"), "account-public.yaml")
	put(t, filepath.Join(dir, "plan.yaml"), "plan-public.yaml")
	put(t, filepath.Join(dir, "panel.csv"), "panel-017.csv")
	out := filepath.Join(dir, "a", "b")
	r := publishes(t, "-account", filepath.Join(dir, "account.yaml"), "-plan", filepath.Join(dir, "plan.yaml"),
		"-responses", filepath.Join(dir, "panel.csv"), "-ledger", filepath.Join(dir, "ledger.db"), "-out", out)
	if !strings.Contains(r.stdout, "17 companies answered.") {
		t.Errorf("the summary lacks the public number of companies:\n%s", r.stdout)
	}
	if diff := cmp.Diff([]string{"datapackage.json", "release.json", "release.xlsx", "report.html", "report.md", "standing.html", "tables.csv"}, names(t, out)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// A counted roster does not hide that somebody took part, and the summary does not say
// that it does.
func TestCountedRoster(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "account.yaml", "account.yaml", "roster: secret", "roster: counted")
	put(t, "plan.yaml", "plan-secret.yaml", "roster: secret", "roster: counted")
	r := publishes(t, "-account", "account.yaml", "-plan", "plan.yaml")
	for text, want := range map[string]bool{
		"120 companies answered.": true, "which of two companies with the same attributes took part": true, "presence": false, "between two answers": false,
	} {
		if strings.Contains(r.stdout, text) != want {
			t.Errorf("the summary says %q: %v\n%s", text, !want, r.stdout)
		}
	}
}

// Four companies are fewer than k: everything is suppressed, and that is a
// publication like any other.
func TestEverythingSuppressed(t *testing.T) {
	t.Chdir(t.TempDir())
	panel, err := fixture.Files.ReadFile("panel-017.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(panel), "\n")
	write(t, "four.csv", strings.Join(lines[:5], ""))
	r := publishes(t, append(owned(t), "-responses", "four.csv", "-yes")...)
	if !strings.Contains(r.stdout, "suppressed") {
		t.Errorf("the summary does not say that all is suppressed:\n%s", r.stdout)
	}
	if tables := contents(t, fixtureOut)["tables.csv"]; !strings.Contains(tables, "2026,all,,,,,,,suppressed,All companies,,,,\n") {
		t.Errorf("tables.csv lacks the suppressed cohort:\n%s", tables)
	}
}

// Read twice or loaded into memory, the answers are the same, and so are the
// problems of a file.
func TestStream(t *testing.T) {
	published.Enter(t)
	files := contents(t, fixtureOut)
	put(t, "panel.csv", "panel-120.csv")
	publishes(t, "-stream", "-responses", "panel.csv")
	if !maps.Equal(files, contents(t, fixtureOut)) {
		t.Error("the same answers from a stream gave other files")
	}
	panel, err := os.ReadFile("panel.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(panel), "\n")
	write(t, "twice.csv", string(panel)+lines[3])
	refuses(t, []string{"twice.csv:122", "line 4 has the first"}, append(owned(t), "-stream", "-responses", "twice.csv")...)
}

// The order of rows and columns is no part of the answers.
func TestSameAnswersInAnotherOrder(t *testing.T) {
	published.Enter(t)
	files := contents(t, fixtureOut)
	panel, err := fixture.Files.ReadFile("panel-120.csv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for line := range strings.Lines(string(panel)) {
		cells := strings.Split(strings.TrimSpace(line), ",")
		slices.Reverse(cells)
		rows = append(rows, strings.Join(cells, ","))
	}
	slices.Reverse(rows[1:])
	write(t, "reversed.csv", strings.Join(rows, "\r\n"))
	publishes(t, append(owned(t), "-responses", "reversed.csv")...)
	if !maps.Equal(files, contents(t, fixtureOut)) {
		t.Error("the same answers in another order gave other files")
	}
}
