package main

import (
	"bytes"
	"html"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/cmd/program"
	"maturitybench/benchmark/synthetic/fixture"
)

// do runs a subcommand and returns what it prints.
func do(t *testing.T, code int, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := run(t.Context(), args, &stdout, &stderr); got != code {
		t.Fatalf("maturitybench %q: exit code %d, want %d\n%s%s", args, got, code, &stdout, &stderr)
	}
	return stdout.String() + stderr.String()
}

// A release is published, shown again for its publisher, and got back out of the
// ledger, whose journal can be held against a head that was kept.
func TestLifeOfARelease(t *testing.T) {
	once.Enter(t)
	published := read(t, "out/2026/release.json")

	do(t, 0, "report", "-title", "State of the art", "-publisher", "Example Association", "-date", "2029-03-01")
	if page := read(t, "site/2026/report.html"); !strings.Contains(page, "State of the art") || !strings.Contains(page, "Example Association") {
		t.Error("the page lacks its title or publisher")
	}
	if read(t, "site/2026/release.json") != published {
		t.Error("report changed the release")
	}

	if status := do(t, 0, "ledger", "status"); !strings.Contains(status, "jsp-synthetic, secret roster") || !strings.Contains(status, "wave 2026") {
		t.Errorf("status: %s", status)
	}
	lines := strings.Split(strings.TrimSpace(do(t, 0, "ledger", "verify")), "\n")
	head := lines[len(lines)-1]
	do(t, 0, "ledger", "verify", "-since", head)
	digit := "0"
	if strings.HasSuffix(head, digit) {
		digit = "1"
	}
	do(t, 1, "ledger", "verify", "-since", head[:len(head)-1]+digit)

	do(t, 0, "ledger", "export", "-account", "jsp-synthetic", "-wave", "2026")
	if read(t, "restored/2026/release.json") != published {
		t.Error("the ledger gives another release back")
	}
	do(t, 1, "ledger", "export", "-account", "jsp-synthetic", "-wave", "2027")
	do(t, 1, "ledger", "status", "-ledger", "nowhere.db")
	if _, err := os.Stat("nowhere.db"); err == nil {
		t.Error("a ledger was made that is only looked at")
	}
}

// A back-up is a ledger like the one that it was taken of, once it is in its place, and
// not a second time where one is.
func TestBackUp(t *testing.T) {
	once.Enter(t)
	said := do(t, 0, "ledger", "back-up")
	path, rest, _ := strings.Cut(said, "\n")
	if !strings.Contains(rest, strings.TrimSpace(read(t, "ledger/ledger.db.head"))) || !strings.Contains(rest, "The key is not in it") {
		t.Errorf("back-up says\n%s", said)
	}
	do(t, 1, "ledger", "back-up")
	write(t, "ledger/ledger.db", read(t, path))
	if status := do(t, 0, "ledger", "status"); !strings.Contains(status, "wave 2026") {
		t.Errorf("status of the restored ledger: %s", status)
	}
	write(t, "plan.yaml", "wave: x\n")
	if said := do(t, 1, "ledger", "status", "-ledger", "plan.yaml"); !strings.Contains(said, "no ledger") {
		t.Errorf("a plan in the place of a ledger: %s", said)
	}
}

// The files of init take answers, and are published.
func TestFirstSurvey(t *testing.T) {
	panel := read(t, "../../synthetic/fixture/panel-120.csv")
	t.Chdir(t.TempDir())
	said := do(t, 0, "init", "-roster", "secret", "-companies", "120", "-account", "first", "-wave", "2029")
	header, rows, _ := strings.Cut(strings.ReplaceAll(panel, "synthetic-", "company "), "\n")
	if empty := read(t, "survey/answers.csv"); empty != header+"\n" {
		t.Fatalf("the empty answer sheet has the columns %q", empty)
	}
	write(t, "survey/answers.csv", header+"\n"+rows)
	args := []string{"-instrument", "survey/instrument.yaml", "-plan", "survey/plan.yaml", "-account", "survey/account.yaml"}
	if !strings.Contains(said, "publish "+strings.Join(args, " ")) {
		t.Errorf("init does not say how to publish:\n%s", said)
	}
	do(t, 0, append([]string{"publish", "-yes", "-responses", "survey/answers.csv"}, args...)...)
	if page := read(t, "out/2029/report.html"); strings.Contains(page, "synthetic") {
		t.Error("the report is said to be of a synthetic panel")
	}
	if status := do(t, 0, "ledger", "status", "-ledger", "survey/ledger/ledger.db"); !strings.Contains(status, "first, secret roster") {
		t.Errorf("status: %s", status)
	}
}

// The certificate of a publication holds, a forged one does not, and two of them do not
// contradict each other; one that was handed out is not replaced.
func TestCertificate(t *testing.T) {
	once.Enter(t)
	of := []string{"-account", "jsp-synthetic", "-wave", "2026"}
	announced := do(t, 0, append([]string{"ledger", "certify"}, of...)...)
	do(t, 1, append([]string{"ledger", "certify"}, of...)...)
	do(t, 0, append([]string{"ledger", "certify", "-full", "-certificate", "full.json"}, of...)...)
	do(t, 1, "ledger", "certify", "-account", "jsp-synthetic", "-wave", "2027", "-certificate", "none.json")
	if _, err := os.Stat("none.json"); err == nil {
		t.Error("a certificate of nothing was written")
	}
	for file, kind := range map[string]string{"certificate.json": "public", "full.json": "full"} {
		if text := read(t, file); !strings.Contains(text, `"kind":"`+kind+`"`) || strings.Contains(text, `"journal":`) != (kind == "full") {
			t.Errorf("%s is no %s certificate with what belongs in it", file, kind)
		}
	}
	if info, err := os.Stat("full.json"); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("an auditor's certificate can be read by others: %v, %v", info.Mode(), err)
	}
	said := do(t, 0, "verify", "-against", "full.json", "-release", "out/2026/release.json")
	if !strings.Contains(said, "Not checked:") || !strings.Contains(said, "out/2026/release.json is the certified release") {
		t.Errorf("verify says %s", said)
	}
	do(t, 1, "verify", "-plan-hash", strings.Repeat("0", 64))
	do(t, 1, "verify", "-plan-hash", "0")
	_, hash, _ := strings.Cut(announced, "plan has the hash ")
	if said := do(t, 0, "verify", "-plan-hash", strings.Trim(hash, ".\n")); !strings.Contains(said, "the one that was announced") {
		t.Errorf("verify says %s", said)
	}
	do(t, 1, "verify", "-release", "out/2026/tables.csv")
	write(t, "forged.json", strings.Replace(read(t, "full.json"), `"epsilon":4`, `"epsilon":3`, 1))
	do(t, 1, "verify", "-certificate", "forged.json")
}

// A withdrawn release says so in the status, once and for good.
func TestWithdraw(t *testing.T) {
	once.Enter(t)
	of := []string{"ledger", "withdraw", "-account", "jsp-synthetic", "-wave", "2026"}
	do(t, 1, of...)
	do(t, 0, append(of, "-reason", "one sector was read twice")...)
	do(t, 0, append(of, "-reason", "one sector was read twice")...)
	do(t, 1, append(of, "-reason", "another one")...)
	do(t, 1, "ledger", "withdraw", "-account", "jsp-synthetic", "-wave", "2027", "-reason", "never published")
	if status := do(t, 0, "ledger", "status"); !strings.Contains(status, "withdrawn: one sector was read twice") {
		t.Errorf("status: %s", status)
	}
	at := filepath.Join("out", "2026", "release.json")
	const says = "Withdrawn on "
	do(t, 0, "report", "-release", at, "-out", "site")
	do(t, 0, "ledger", "export", "-account", "jsp-synthetic", "-wave", "2026", "-out", "back")
	for _, dir := range []string{"site", "back"} {
		if !strings.Contains(read(t, filepath.Join(dir, "report.html")), says) || read(t, filepath.Join(dir, "withdrawal.json")) == "" {
			t.Errorf("the report in %s does not say that it was withdrawn", dir)
		}
	}
	if strings.Contains(read(t, filepath.Join("out", "2026", "report.html")), says) {
		t.Error("the published report was changed in passing")
	}
	if said := do(t, 0, "publish"); !strings.Contains(said, "the release was withdrawn") || !strings.Contains(read(t, filepath.Join("out", "2026", "report.html")), says) {
		t.Errorf("publishing again does not say that it was withdrawn: %s", said)
	}
	if said := do(t, 1, "compare", "-release", at); !strings.Contains(said, "one sector was read twice") {
		t.Errorf("compare says %s", said)
	}
	if said := do(t, 1, "trend", "-release", at, "-release", at); !strings.Contains(said, "one sector was read twice") {
		t.Errorf("trend says %s", said)
	}
}

// The organiser confirms the date that the ledger asked for.
func TestToday(t *testing.T) {
	t.Chdir(t.TempDir())
	do(t, 2, "publish", "-today", "tomorrow")
	do(t, 0, "publish", "-today", time.Now().UTC().Format(time.DateOnly))
}

// A ledger is made by the first publication. One that is lost, or an older copy, is
// refused with what to do; one without its head is accepted on the organiser's word.
func TestRollback(t *testing.T) {
	t.Chdir(t.TempDir())
	at := filepath.Join("out", "ledger.db")
	ledger := func(code int, args ...string) string {
		return do(t, code, append([]string{"ledger"}, append(args, "-ledger", at)...)...)
	}
	publish := func(code int, args ...string) string {
		return do(t, code, append([]string{"publish", "-ledger", at, "-out", "files"}, args...)...)
	}
	if err := os.Mkdir("out", 0o700); err != nil {
		t.Fatal(err)
	}
	ledger(1, "status") // none is made in passing
	if said := publish(0); !strings.Contains(said, "It is a new one") {
		t.Errorf("publish does not say that it made the ledger: %s", said)
	}
	older := read(t, at)
	ledger(0, "withdraw", "-account", "jsp-synthetic", "-wave", "2026", "-reason", "one sector was read twice")
	said := ledger(0, "verify")
	head := strings.TrimSpace(said[strings.LastIndex(strings.TrimSpace(said), "\n"):])

	latest := read(t, at)
	write(t, at, older)
	publish(1)
	write(t, at, latest)
	if err := os.Rename(at+".head", "kept"); err != nil {
		t.Fatal(err)
	}
	publish(1)
	ledger(0, "accept", "-since", head)
	if said := publish(0, "-since", head); strings.Contains(said, "It is a new one") || !strings.Contains(said, head) {
		t.Errorf("publish does not say the head %s: %s", head, said)
	}
	publish(1, "-since", "99"+head)
	write(t, at, older)
	if err := os.Remove(at + ".head"); err != nil {
		t.Fatal(err)
	}
	ledger(1, "accept", "-since", head)
	if err := os.Remove(at); err != nil {
		t.Fatal(err)
	}
	write(t, at+".head", head+"\n")
	publish(1)
	if _, err := os.Stat(at); err == nil {
		t.Error("a lost ledger was made again")
	}
}

// once is a folder in which the built-in panel was published, twice one with another wave, in
// out/2026 and out/2027.
var (
	once = program.Folder{Prepare: func(t *testing.T) {
		t.Chdir(t.TempDir())
		do(t, 0, "publish")
	}}
	twice = program.Folder{Prepare: func(t *testing.T) {
		once.Enter(t)
		plan, err := fixture.Files.ReadFile("plan-secret.yaml")
		if err != nil {
			t.Fatal(err)
		}
		write(t, "next.yaml", strings.Replace(string(plan), `wave: "2026"`, "wave: \"2027\"\nreason: a test has one panel", 1))
		do(t, 0, "publish", "-plan", "next.yaml")
	}}
)

// Two waves of one account have a trend, in words and as a table.
func TestTrend(t *testing.T) {
	twice.Enter(t)
	do(t, 2, "trend", "-release", "out/2026/release.json")
	do(t, 1, "trend", "-release", "out/2026/release.json", "-release", "out/2026/release.json") // one wave twice
	do(t, 0, "trend", "-release", "out/2026/release.json", "-release", "out/2027/release.json")
	text, table := read(t, "trend/trend.md"), read(t, "trend/trend.csv")
	if !strings.Contains(text, "2026") || !strings.Contains(text, "2027") || !strings.Contains(text, "| Overall |") {
		t.Errorf("the trend in words:\n%s", text)
	}
	if !strings.Contains(table, "\n2026,2027,all,overall,") {
		t.Errorf("the trend as a table:\n%.500s", table)
	}
}

// A report of its publisher has the logo, the texts, the change since an earlier wave, a
// page of its own for the first one, and the figures as files.
func TestReportOfItsPublisher(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical and exhaustive tier")
	}
	twice.Enter(t)
	write(t, "logo.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`)
	write(t, "logo.txt", "a logo")
	write(t, "foreword.txt", "Dear members,\n\nthis is the foreword.")
	write(t, "notes.txt", "These are the notes.")
	write(t, "latin.txt", "caf\xe9")
	args := []string{"report", "-release", "out/2027/release.json"}
	for text, wrong := range map[string][]string{
		"SVG, PNG, JPEG, GIF or WebP": {"-logo", "logo.txt"}, "UTF-8": {"-notes", "latin.txt"}, "nowhere.txt": {"-foreword", "nowhere.txt"},
		"earlier": {"-earlier", "out/2027/release.json"},
	} {
		if said := do(t, 1, append(args, wrong...)...); !strings.Contains(said, text) {
			t.Errorf("%q: %s", wrong, said)
		}
	}
	for text, wrong := range map[string][]string{"svg, png or pdf": {"-figures", "bmp"}, "such as 2026-03-01": {"-date", "tomorrow"}} {
		if said := do(t, 2, append(args, wrong...)...); !strings.Contains(said, text) {
			t.Errorf("%q: %s", wrong, said)
		}
	}
	if _, err := os.Stat("site"); err == nil {
		t.Error("a run that was refused left files")
	}
	said := do(t, 0, append(args, "-logo", "logo.svg", "-logo-text", "The body", "-foreword", "foreword.txt", "-notes", "notes.txt", "-contact", "info@example.org",
		"-license", "CC BY 4.0", "-subtitle", "A subtitle", "-earlier", "out/2026/release.json", "-figures", "svg, png,pdf")...)
	page := html.UnescapeString(read(t, "site/2027/report.html"))
	for _, want := range []string{"data:image/svg+xml;base64,", `alt="The body"`, "this is the foreword.", "These are the notes.", "info@example.org", "CC BY 4.0", "A subtitle", "2026"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if said := do(t, 2, append(args, "-language", "eo")...); !strings.Contains(said, "en, de, fr") {
		t.Errorf("a language that is not there: %s", said)
	}
	do(t, 0, append(args, "-language", "de-AT", "-out", "de")...)
	if german := read(t, "de/report.html"); !strings.Contains(german, `<html lang="de-AT"`) || !strings.Contains(german, "Auf einen Blick") {
		t.Error("the German report is not German")
	}
	do(t, 0, "trend", "-release", "out/2026/release.json", "-release", "out/2027/release.json", "-language", "fr", "-out", "fr")
	if french := read(t, "fr/trend.md"); !strings.Contains(french, "vague") {
		t.Errorf("the French trend: %.300s", french)
	}
	do(t, 0, "compare", "-release", "out/2026/release.json", "-language", "de", "-out", "own")
	if german := read(t, "own/standing.html"); !strings.Contains(german, `<html lang="de"`) {
		t.Errorf("the German standing: %.300s", german)
	}
	if summary := read(t, "site/2027/summary.html"); !strings.Contains(summary, "A subtitle") || strings.Contains(summary, "this is the foreword.") || len(summary) > len(page)/2 {
		t.Errorf("the summary has %d bytes, the page %d", len(summary), len(page))
	}
	for ending, start := range map[string]string{"svg": "<svg", "png": "\x89PNG", "pdf": "%PDF"} {
		if figure := read(t, "site/2027/figures/domains."+ending); !strings.HasPrefix(figure, start) {
			t.Errorf("domains.%s begins with %.20q", ending, figure)
		}
		if !strings.Contains(said, "site/2027/figures/domains."+ending) {
			t.Errorf("domains.%s is not named", ending)
		}
	}
}

func TestUsage(t *testing.T) {
	do(t, 2)
	if said := do(t, 2, "serve"); !strings.Contains(said, "init, draft, check,") {
		t.Errorf("an unknown subcommand: %s", said)
	}
	do(t, 2, "ledger")
	do(t, 2, "ledger", "spend")
	help := do(t, 0, "-h")
	for _, j := range jobs {
		if !strings.Contains(help, "maturitybench "+j.name) {
			t.Errorf("the help lacks %s", j.name)
		}
		if text := do(t, 0, j.name, "-h"); len(text) < 40 {
			t.Errorf("%s -h: %q", j.name, text)
		} else if strings.Contains(text, "alsologtostderr") {
			t.Errorf("%s -h shows the flags of the noise module's log", j.name)
		}
	}
	if text := do(t, 0, "version"); !strings.Contains(text, "maturitybench.release/1") {
		t.Errorf("version: %s", text)
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

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
