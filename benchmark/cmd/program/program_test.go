package program

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	Main(m, func() {
		fmt.Println("serving")
		time.Sleep(time.Hour)
	})
}

// killed makes TestKilledTest the test that is killed.
const killed = "KILLED_TEST"

// A program that would never end does, after its test was killed: the output
// that both of them write to is closed only when both are gone.
func TestKilledTest(t *testing.T) {
	if os.Getenv(killed) != "" {
		command := Command(t)
		command.Stdout = os.Stdout
		t.Fatal(command.Run())
	}
	test := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledTest$")
	test.Env = append(os.Environ(), killed+"=1")
	output, err := test.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := test.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, len("serving\n"))
	if _, err := io.ReadFull(output, line); err != nil || string(line) != "serving\n" {
		t.Fatalf("the program says %q (%v)", line, err)
	}
	test.Process.Kill()
	late := time.AfterFunc(30*time.Second, func() {
		t.Error("the program outlives its test by half a minute")
		output.Close()
	})
	defer late.Stop()
	if rest, _ := io.ReadAll(output); len(rest) > 0 {
		t.Errorf("it also says %q", rest)
	}
	test.Wait()
}
