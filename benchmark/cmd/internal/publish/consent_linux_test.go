package publish

import (
	"bytes"
	"fmt"
	"os"
	"syscall"
	"testing"
	"unsafe"
)

// terminal is a pseudo-terminal, the end of the program and the end of the person.
func terminal(t *testing.T) (program, person *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("this machine has no pseudo-terminals: %v", err)
	}
	t.Cleanup(func() { person.Close() })
	var locked, number int32
	for request, value := range map[uintptr]*int32{syscall.TIOCSPTLCK: &locked, syscall.TIOCGPTN: &number} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, person.Fd(), request, uintptr(unsafe.Pointer(value))); errno != 0 {
			t.Fatal(errno)
		}
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { program.Close() })
	return program, person
}

// At a terminal the organiser decides.
func TestOrganiserDecides(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier: forecasts")
	}
	t.Chdir(t.TempDir())
	tooFew(t)
	for _, test := range []struct {
		answer string
		want   error
	}{{"n", errDeclined}, {"", errDeclined}, {"y", nil}} {
		program, person := terminal(t)
		if _, err := person.WriteString(test.answer + "\n"); err != nil {
			t.Fatal(err)
		}
		var stdout, stderr bytes.Buffer
		err := publish(t.Context(), options{responses: "own.csv", plan: "plan.yaml", account: "account.yaml"}, program, &stdout, &stderr)
		if err != test.want {
			t.Errorf("%q: error %v, want %v", test.answer, err, test.want)
		}
		if !bytes.Contains(stderr.Bytes(), []byte("charge the account jsp-synthetic? [y/N] ")) {
			t.Errorf("%q: asked %s", test.answer, &stderr)
		}
		if _, err := os.Stat("ledger"); (err == nil) != (test.want == nil) {
			t.Errorf("%q: the ledger is there: %v", test.answer, err == nil)
		}
	}
}
