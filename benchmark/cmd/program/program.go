// Package program runs the program of a test binary in processes of their own,
// for tests that kill or interrupt it.
package program

import (
	"io"
	"os"
	"os/exec"
	"testing"

	"maturitybench/benchmark/internal/garbage"
)

// variable makes a test binary behave as its program.
const variable = "RUN_AS_PROGRAM"

// Main is the TestMain of a package with a program; main ends the process.
//
// The program ends with its standard input. The test holds the other end of
// that, so that no process outlives a test that is killed itself.
func Main(m *testing.M, main func()) {
	if os.Getenv(variable) != "" {
		go func() {
			io.Copy(io.Discard, os.Stdin)
			os.Exit(1)
		}()
		main()
	}
	garbage.Main(m)
}

// Command is the program with arguments, in a process that is killed when the
// test ends, however it ends.
func Command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0], args...)
	command.Env = append(os.Environ(), variable+"=1")
	if _, err := command.StdinPipe(); err != nil { // which Wait closes
		t.Fatal(err)
	}
	return command
}
