//go:build unix

package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/sqlite"
)

// Killed at any time, a run leaves nothing or the whole publication, and the
// next one delivers it: never a file without a charge, two releases of a wave,
// or a charge that is lost. MATURITYBENCH_FAULTS is how many times as many kills
// there are.
func TestKill(t *testing.T) {
	faults, err := strconv.Atoi("0" + os.Getenv("MATURITYBENCH_FAULTS"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	put(t, "account.yaml", "account.yaml") // whose window frees what each wave spends
	var usual time.Duration
	hit, charged := 0, 0
	for wave := range max(3, 200*faults) {
		name := fmt.Sprint("w", wave)
		put(t, "plan.yaml", "plan-secret.yaml", `"2026"`, strconv.Quote(name))
		args := []string{"-plan", "plan.yaml", "-account", "account.yaml", "-ledger", "ledger.db", "-out", name}
		after := time.Minute // the first one shows how long they take
		if usual > 0 {
			after = rand.N(usual * 3 / 2)
		}
		start := time.Now()
		if runAndKill(t, after, args...) {
			hit++
		} else {
			usual = time.Since(start)
		}
		release, _ := os.ReadFile(filepath.Join(name, "release.json"))
		stored, published := look(t, name, wave)
		if len(release) > 0 && string(release) != stored {
			t.Fatalf("wave %d: the killed run left a release that is not the charged one", wave)
		}
		if published > wave {
			charged++
		}
		publishes(t, args...)
		delivered := contents(t, name)["release.json"]
		if again, n := look(t, name, wave); n != wave+1 || again != delivered || stored != "" && stored != delivered {
			t.Fatalf("wave %d: %d charges, or a release that is not the charged one", wave, n)
		}
	}
	t.Logf("%d runs were killed before they ended; of all, %d had charged", hit, charged)
}

// runAndKill runs the program in a process of its own, and reports whether it
// was killed after a time.
func runAndKill(t *testing.T, after time.Duration, args ...string) bool {
	t.Helper()
	process := exec.CommandContext(t.Context(), os.Args[0], args...)
	process.Env = append(os.Environ(), asProgram+"=1")
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(after, func() { process.Process.Kill() }).Stop()
	return process.Wait() != nil
}

// look returns the stored release of a wave, "" for none, and the number of
// charges: one for each wave before, and one for this one if it is stored.
func look(t *testing.T, name string, wave int) (release string, charges int) {
	t.Helper()
	l, err := sqlite.Open(t.Context(), "ledger.db")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	accounts, err := l.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(accounts) == 0 { // the first run was killed early
		return "", 0
	}
	list, err := l.Publications(t.Context(), accounts[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range list {
		if p.Wave != fmt.Sprint("w", i) || p.Loss != list[0].Loss || p.Loss.MuSquared == 0 {
			t.Fatalf("charge %d is %+v", i, p)
		}
	}
	stored, err := l.Publication(t.Context(), accounts[0].ID, name, 1)
	if err != nil && !errors.Is(err, ledger.ErrNotPublished) {
		t.Fatal(err)
	}
	if want := wave + 1; err != nil && len(list) != want-1 || err == nil && len(list) != want {
		t.Fatalf("wave %d: %d charges, and its release: %v", wave, len(list), err)
	}
	return string(stored.Release), len(list)
}
