//go:build unix

package publish

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/program"
	"maturitybench/privacy/ledger"
)

// Killed at any time, a run leaves nothing or the whole publication, and the
// next one delivers it: never a file without a charge, two releases of a wave,
// or a charge that is lost. MATURITYBENCH_FAULTS is how many times as many kills
// there are.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	faults, err := strconv.Atoi("0" + os.Getenv("MATURITYBENCH_FAULTS"))
	if err != nil {
		t.Fatal(err)
	}
	// All of a ledger is verified whenever it is opened: on one ledger the time
	// would grow with the square of the waves.
	ledgers, waves := 20*faults, 10
	if faults == 0 {
		ledgers, waves = 1, 3
	}
	k := &killer{}
	start := time.Now()
	kill(t, time.Minute, killedWave{dir: t.TempDir()})
	k.window.Store(int64(time.Since(start)))
	t.Run("ledgers", func(t *testing.T) {
		for range ledgers {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				for n := range waves {
					k.publish(t, killedWave{dir, n})
				}
			})
		}
	})
	t.Logf("%d of %d runs were killed before they ended; %d had charged", k.hit.Load(), ledgers*waves, k.charged.Load())
}

// killer kills runs.
type killer struct {
	window       atomic.Int64 // within which a run is killed, in nanoseconds
	hit, charged atomic.Int64
}

// publish kills the run that publishes a wave, and publishes it once more.
func (k *killer) publish(t *testing.T, w killedWave) {
	window := k.window.Load()
	if kill(t, time.Duration(rand.N(window)), w) {
		k.hit.Add(1)
		window += window / 20
	} else {
		window -= window / 10
	}
	k.window.Store(window) // a third of the runs end before, however fast the machine is now
	release, _ := os.ReadFile(filepath.Join(w.out(), "release.json"))
	stored, charges := w.look(t)
	if len(release) > 0 && string(release) != stored {
		t.Fatalf("wave %d: the killed run left a release that is not the charged one", w.number)
	}
	if charges > w.number {
		k.charged.Add(1)
	}
	publishes(t, w.args(t)...)
	delivered := contents(t, w.out())["release.json"]
	if again, n := w.look(t); n != w.number+1 || again != delivered || stored != "" && stored != delivered {
		t.Fatalf("wave %d: %d charges, or a release that is not the charged one", w.number, n)
	}
}

// kill publishes a wave in a process of its own, and reports whether it was
// killed after a time.
func kill(t *testing.T, after time.Duration, w killedWave) bool {
	t.Helper()
	process := program.Command(t, w.args(t)...)
	var stderr bytes.Buffer
	process.Stderr = &stderr
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(after, func() { process.Process.Kill() }).Stop()
	err := process.Wait()
	if stderr.Len() > 0 {
		t.Fatalf("wave %d: %v: %s", w.number, err, &stderr)
	}
	return err != nil
}

// killedWave is a wave of the ledger in a directory, by its number from 0.
type killedWave struct {
	dir    string
	number int
}

func (w killedWave) name() string { return fmt.Sprint("w", w.number) }

func (w killedWave) in(name string) string { return filepath.Join(w.dir, name) }

func (w killedWave) out() string { return w.in(w.name()) }

// One question: the less a run computes, the more of the kills hit the ledger
// and the files.
const shortInstrument = `
id: short
version: "1"
title: A short survey
scale: [{level: 0, name: never}, {level: 1, name: always}]
domains: [{id: d, title: Practices, questions: [{id: q, text: Is there a policy?}]}]
`

// args writes the files of the wave, for an account with room for all, and
// returns the arguments that publish it.
func (w killedWave) args(t *testing.T) []string {
	t.Helper()
	write(t, w.in("instrument.yaml"), shortInstrument)
	var rows strings.Builder
	rows.WriteString("company,q\n")
	for i := range 100 {
		fmt.Fprintf(&rows, "c%d,%d\n", i, i%2)
	}
	write(t, w.in("responses.csv"), rows.String())
	put(t, w.in("account.yaml"), "account.yaml", "epsilon: 8", "epsilon: 1000")
	put(t, w.in("plan.yaml"), "plan-secret.yaml", `"2026"`, strconv.Quote(w.name())+"\nreason: a test has one panel", "cohorts: [size]\n", "")
	return []string{"-instrument", w.in("instrument.yaml"), "-responses", w.in("responses.csv"),
		"-plan", w.in("plan.yaml"), "-account", w.in("account.yaml"), "-ledger", w.in("ledger.db"), "-out", w.out(), "-yes"}
}

// look returns the stored release of the wave, "" for none, and the number of
// charges: one for each wave before, and one for this one if it is stored.
func (w killedWave) look(t *testing.T) (release string, charges int) {
	t.Helper()
	l, _, err := command.Ledger(t.Context(), w.in("ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	accounts, err := l.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(accounts) == 0 { // the first run was killed early
		if w.number > 0 {
			t.Fatalf("wave %d: the account is lost", w.number)
		}
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
	stored, err := l.Publication(t.Context(), accounts[0].ID, w.name(), 1)
	if err != nil && !errors.Is(err, ledger.ErrNotPublished) {
		t.Fatal(err)
	}
	if want := w.number + 1; err != nil && len(list) != want-1 || err == nil && len(list) != want {
		t.Fatalf("wave %d: %d charges, and its release: %v", w.number, len(list), err)
	}
	return string(stored.Release), len(list)
}
