package ledgertest

import (
	"context"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"maturitybench/privacy"
)

// crashAccount has room for 900 charges and more.
var crashAccount = privacy.Account{ID: "a", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 1000, Delta: 1e-5, Window: "3y"}

// Named is a place with the line by which a child process finds it.
type Named struct {
	Place
	Name string
}

// Crash runs the tests with processes that are killed or race: each at new
// places.
func Crash(t *testing.T, place func(testing.TB) Named) {
	if testing.Short() {
		t.Skip("child processes are slow under a short run's race detector")
	}
	t.Run("KilledAtEveryCall", func(t *testing.T) { testKilledAtEveryCall(t, place) })
	t.Run("KilledAtRandom", func(t *testing.T) { testKilledAtRandom(t, place) })
	t.Run("Flushed", func(t *testing.T) { testFlushed(t, place) })
	t.Run("ProcessesRace", func(t *testing.T) { testProcessesRace(t, place) })
}

// witness remembers every release that any process reported or any database
// showed.
type witness struct {
	releases map[string]string // by wave, in hexadecimal
}

// look opens a ledger after a crash and checks that nothing that was reported
// is lost or differs, and that every release is there with its charge.
func (w *witness) look(t testing.TB, p Place, reported []string) {
	t.Helper()
	for _, line := range reported {
		wave, release, _ := strings.Cut(line, " ")
		w.see(t, wave, release)
	}
	l, err := p.Either(t.Context())
	if err != nil {
		t.Fatalf("after the crash: %v", err)
	}
	defer l.Close()
	db, err := p.DB()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), `select wave, release, pure_epsilon, mu_squared, delta from publications`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	stored := map[string]bool{}
	for rows.Next() {
		var wave string
		var release []byte
		var loss privacy.Loss
		if err := rows.Scan(&wave, &release, &loss.PureEpsilon, &loss.MuSquared, &loss.Delta); err != nil {
			t.Fatal(err)
		}
		if loss != charge {
			t.Fatalf("wave %s is charged %+v, want %+v", wave, loss, charge)
		}
		stored[wave] = true
		w.see(t, wave, hex.EncodeToString(release))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for wave := range w.releases {
		if !stored[wave] {
			t.Fatalf("wave %s was released and is not stored", wave)
		}
	}
}

func (w *witness) see(t testing.TB, wave, release string) {
	t.Helper()
	if old, ok := w.releases[wave]; ok && old != release {
		t.Fatalf("wave %s has two releases", wave)
	}
	w.releases[wave] = release
}

// goOn publishes the waves that a killed process was to publish.
func (w *witness) goOn(t testing.TB, p Place, first, last int) {
	t.Helper()
	ctx := context.Background()
	l, err := p.Either(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.OpenAccount(ctx, crashAccount); err != nil {
		t.Fatal(err)
	}
	for wave := first; wave <= last; wave++ {
		e := Entry(crashAccount.ID, fmt.Sprint("w", wave))
		record, err := l.Publish(ctx, e, Release)
		if err != nil {
			t.Fatalf("wave %s after the crash: %v", e.Wave, err)
		}
		w.see(t, e.Wave, hex.EncodeToString(record.Release))
	}
	b, err := l.Remaining(ctx, crashAccount.ID)
	if err != nil {
		t.Fatal(err)
	}
	if b.Lifetime.Publications != len(w.releases) {
		t.Fatalf("%d publications are charged, want %d", b.Lifetime.Publications, len(w.releases))
	}
}

// A process that makes a ledger and publishes two waves is killed before its
// n-th call of the system that writes, flushes, makes or removes a file: for six n,
// for every third from a random one on if faults are asked for once, and for every n
// if they are asked for more often.
func testKilledAtEveryCall(t *testing.T, place func(testing.TB) Named) {
	killed, calls := killAt(t, place(t), 0)
	if killed || calls == 0 {
		t.Logf("calls of the system cannot be counted here")
		return
	}
	step := 1
	switch Thorough(t) {
	case 0:
		step = max(calls/6, 1)
	case 1:
		step = 3
	}
	for n := 1 + rand.IntN(step); n <= calls; n += step {
		killAt(t, place(t), n)
	}
	t.Logf("%d calls", calls)
}

// killAt runs a process that is killed before its n-th call (0: never), looks
// at what it left, and finishes its work.
func killAt(t testing.TB, p Named, n int) (killed bool, calls int) {
	t.Helper()
	command, output := child(t, "publish", p.Name, 1, 2)
	killed, calls, err := trace(command, n, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &witness{releases: map[string]string{}}
	w.look(t, p.Place, output())
	w.goOn(t, p.Place, 1, 2)
	w.look(t, p.Place, nil)
	if t.Failed() {
		t.Fatalf("killed before call %d", n)
	}
	return killed, calls
}

// Processes that publish on one ledger are killed at random times.
func testKilledAtRandom(t *testing.T, place func(testing.TB) Named) {
	kills := 200 * Thorough(t)
	if kills == 0 {
		kills = 4
	}
	const waves = 3 // of each process
	var p Named
	var w *witness
	usual, hit := time.Duration(0), 0
	for i := range kills {
		if i%100 == 0 {
			p, w = place(t), &witness{releases: map[string]string{}}
		}
		first := i%100*waves + 1
		command, output := child(t, "publish", p.Name, first, first+waves-1)
		start := time.Now()
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		after := time.Minute // the first one shows how long they take
		if usual > 0 {
			after = rand.N(usual * 5 / 4)
		}
		timer := time.AfterFunc(after, func() { command.Process.Kill() })
		if err := command.Wait(); err == nil {
			usual = time.Since(start)
		} else {
			hit++
		}
		timer.Stop()
		w.look(t, p.Place, output())
		w.goOn(t, p.Place, first, first+waves-1)
	}
	t.Logf("%d of %d processes were killed before they ended", hit, kills)
}
