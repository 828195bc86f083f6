package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
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
	t.Chdir(t.TempDir())
	do(t, 0, "publish")
	published := read(t, "out/release.json")

	do(t, 0, "report", "-title", "State of the art", "-publisher", "Example Association", "-date", "2029-03-01")
	if page := read(t, "site/report.html"); !strings.Contains(page, "State of the art") || !strings.Contains(page, "Example Association") {
		t.Error("the page lacks its title or publisher")
	}
	if read(t, "site/release.json") != published {
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
	if read(t, "restored/release.json") != published {
		t.Error("the ledger gives another release back")
	}
	do(t, 1, "ledger", "export", "-account", "jsp-synthetic", "-wave", "2027")
	do(t, 1, "ledger", "status", "-ledger", "nowhere.db")
	if _, err := os.Stat("nowhere.db"); err == nil {
		t.Error("a ledger was made that is only looked at")
	}
}

// Two waves of one account have a trend.
func TestTrend(t *testing.T) {
	const releases = "../../publication/testdata/releases/"
	out := t.TempDir()
	do(t, 2, "trend", "-release", releases+"secret.json", "-out", out)
	do(t, 1, "trend", "-release", releases+"secret.json", "-release", releases+"secret.json", "-out", out) // one wave twice
}

func TestUsage(t *testing.T) {
	do(t, 2)
	do(t, 2, "serve")
	do(t, 2, "ledger")
	do(t, 2, "ledger", "spend")
	help := do(t, 0, "-h")
	for _, j := range jobs {
		if !strings.Contains(help, "maturitybench "+j.name) {
			t.Errorf("the help lacks %s", j.name)
		}
		if text := do(t, 0, j.name, "-h"); len(text) < 40 {
			t.Errorf("%s -h: %q", j.name, text)
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
