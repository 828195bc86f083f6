//go:build unix

package publish

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"maturitybench/benchmark/cmd/program"
)

// The process is interrupted while it reads answers from a pipe that goes on
// for ever, so that it is surely at work.
func TestSignal(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			pipe := filepath.Join(dir, "pipe.csv")
			if err := syscall.Mkfifo(pipe, 0o600); err != nil {
				t.Fatal(err)
			}
			var stdout, stderr bytes.Buffer
			process := program.Command(t, append(owned(t), "-responses", pipe, "-out", filepath.Join(dir, "out"))...)
			process.Stdout, process.Stderr = &stdout, &stderr
			if err := process.Start(); err != nil {
				t.Fatal(err)
			}
			feed(t, pipe, func() {
				if err := process.Process.Signal(signal); err != nil {
					t.Error(err)
				}
			})
			err := process.Wait()
			if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 {
				t.Errorf("the interrupted process ended with %v, want exit code 1", err)
			}
			if stdout.Len() > 0 || !strings.Contains(stderr.String(), "interrupted") {
				t.Errorf("standard output %q, standard error %q", &stdout, &stderr)
			}
			if _, err := os.Stat(filepath.Join(dir, "out")); err == nil {
				t.Error("a process that was interrupted while it read made the output directory")
			}
		})
	}
}

// feed writes empty lines to a pipe, calls started once the reader is at work,
// and returns when the reader is gone.
func feed(t *testing.T, pipe string, started func()) {
	w, err := os.OpenFile(pipe, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	line := bytes.Repeat([]byte("\n"), 1<<16) // what a pipe holds
	for i := 0; ; i++ {
		if _, err := w.Write(line); err != nil {
			if !errors.Is(err, syscall.EPIPE) {
				t.Error(err)
			}
			return
		}
		if i == 2 {
			started()
		}
	}
}
