package ledgertest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger"
)

// The variables that make a test binary a child process: what it does, where
// the ledger is, and up to two numbers.
const (
	taskVariable   = "LEDGERTEST_TASK"
	placeVariable  = "LEDGERTEST_PLACE"
	numberVariable = "LEDGERTEST_NUMBER"
	secondVariable = "LEDGERTEST_SECOND"
)

// Faults is the environment variable that sets how thorough the tests with
// crashes and full disks are: unset, a few of each; 1, all of them; a larger
// number, as many times more random ones.
const Faults = "MATURITYBENCH_FAULTS"

// Thorough is the number in [Faults], or 0.
func Thorough(t testing.TB) int {
	t.Helper()
	text := os.Getenv(Faults)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		t.Fatalf("%s is %q and should be a number", Faults, text)
	}
	return n
}

// Main is the TestMain of a package with child processes. At is the place
// that is written in one line.
func Main(m *testing.M, at func(place string) Place) {
	task := os.Getenv(taskVariable)
	if task == "" {
		os.Exit(m.Run())
	}
	if err := work(task, at); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// number is an argument of a child process.
func number(variable string) int {
	n, _ := strconv.Atoi(os.Getenv(variable))
	return n
}

func work(task string, at func(place string) Place) error {
	ctx := context.Background()
	l, err := at(os.Getenv(placeVariable)).Either(ctx)
	if err != nil {
		return err
	}
	defer l.Close()
	switch task {
	case "publish":
		return publishWaves(ctx, l, number(numberVariable), number(secondVariable))
	case "race":
		return race(ctx, l, number(numberVariable), number(secondVariable))
	case "full":
		return fillDisk(ctx, l, os.Getenv(placeVariable), number(numberVariable))
	}
	return fmt.Errorf("no task %q", task)
}

// publishWaves publishes waves and reports each release once it is published.
func publishWaves(ctx context.Context, l *ledger.Ledger, first, last int) error {
	if err := l.OpenAccount(ctx, crashAccount); err != nil {
		return err
	}
	for wave := first; wave <= last; wave++ {
		e := Entry(crashAccount.ID, fmt.Sprint("w", wave))
		record, err := l.Publish(ctx, e, Release)
		if err != nil {
			return err
		}
		fmt.Printf("%s %x\n", e.Wave, record.Release)
	}
	return nil
}

// race publishes waves of its own all at once, when it is told to, and reports
// the releases.
func race(ctx context.Context, l *ledger.Ledger, process, goroutines int) error {
	fmt.Println("ready")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	var group sync.WaitGroup
	errs := make([]error, goroutines)
	for g := range goroutines {
		group.Go(func() {
			e := Entry("a", fmt.Sprintf("w%d-%d", process, g))
			record, err := l.Publish(ctx, e, Release)
			if err == nil {
				fmt.Printf("%s %x\n", e.Wave, record.Release)
			} else if !errors.Is(err, privacy.ErrBudgetExceeded) {
				errs[g] = err
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// child is a process of this test binary that does a task at a place, with its
// output in a file that outlives it.
func child(t testing.TB, task, place string, first, second int) (command *exec.Cmd, output func() []string) {
	t.Helper()
	command = exec.Command(os.Args[0])
	command.Env = append(os.Environ(), taskVariable+"="+task, placeVariable+"="+place,
		fmt.Sprint(numberVariable, "=", first), fmt.Sprint(secondVariable, "=", second))
	file, err := os.Create(filepath.Join(t.TempDir(), "output"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	command.Stdout, command.Stderr = file, os.Stderr
	return command, func() []string {
		text, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		return lines[:len(lines)-1] // a line that was cut is none
	}
}
