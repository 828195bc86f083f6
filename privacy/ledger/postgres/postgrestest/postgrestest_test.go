package postgrestest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// killed makes TestKilledTest the test that is killed.
const killed = "KILLED_TEST"

// A server whose test is killed is gone soon, and so is its directory.
func TestKilledTest(t *testing.T) {
	if testing.Short() {
		t.Skip("kills")
	}
	if os.Getenv(killed) != "" {
		fmt.Println(Start(t).directory)
		time.Sleep(time.Hour)
	}
	if find() == "" {
		Start(t) // which skips or fails
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
	line, err := bufio.NewReader(output).ReadString('\n')
	directory := strings.TrimSpace(line)
	if err != nil || !strings.HasPrefix(directory, os.TempDir()) {
		t.Fatalf("the test says %q (%v)", line, err)
	}
	test.Process.Kill()
	test.Wait()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(directory); os.IsNotExist(err) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s is still there after half a minute", directory)
		}
	}
}
