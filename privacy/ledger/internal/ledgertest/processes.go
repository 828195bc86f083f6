package ledgertest

import (
	"fmt"
	"os/exec"
	"testing"
	"time"
)

// Two processes with many goroutines each ask for more than the budget holds.
func testProcessesRace(t *testing.T, place func(testing.TB) Named) {
	const fit = 10
	goroutines, races := 64, Thorough(t)
	if races == 0 {
		goroutines, races = 8, 1
	}
	for range races {
		p := place(t)
		OpenAccount(t, p.Ledger(t), "a", fit)
		var commands [2]*exec.Cmd
		var outputs [2]func() []string
		var starts []func()
		for i := range commands {
			commands[i], outputs[i] = child(t, "race", p.Name, i, goroutines)
			stdin, err := commands[i].StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := commands[i].Start(); err != nil {
				t.Fatal(err)
			}
			starts = append(starts, func() { fmt.Fprintln(stdin, "go") })
		}
		for i := range commands {
			for deadline := time.Now().Add(time.Minute); len(outputs[i]()) == 0 && time.Now().Before(deadline); {
				time.Sleep(time.Millisecond)
			}
		}
		for _, start := range starts {
			start()
		}
		w := &witness{releases: map[string]string{}}
		var reported []string
		for i := range commands {
			if err := commands[i].Wait(); err != nil {
				t.Errorf("process %d: %v", i, err)
			}
			reported = append(reported, outputs[i]()[1:]...)
		}
		w.look(t, p.Place, reported)
		if len(reported) != fit || len(w.releases) != fit {
			t.Errorf("%d releases are reported and %d stored, want %d", len(reported), len(w.releases), fit)
		}
		if got, want := count(t, p.Place, `select count(*) from attempts where outcome = 'budget'`), 2*goroutines-fit; got != want {
			t.Errorf("%d refusals are journaled, want %d", got, want)
		}
	}
}

// Full runs a process that publishes while files may not grow, and then may
// by step bytes more each time, until a publication fits.
func Full(t *testing.T, p Named, step int) {
	t.Helper()
	command, output := child(t, "full", p.Name, step, 0)
	if err := command.Run(); err != nil {
		t.Fatal(err)
	}
	w := &witness{releases: map[string]string{}}
	w.look(t, p.Place, output())
	if len(w.releases) != 1 {
		t.Errorf("%d releases, want 1", len(w.releases))
	}
}
