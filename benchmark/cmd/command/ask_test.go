package command

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

func TestAsk(t *testing.T) {
	for text, want := range map[string][2]bool{
		"y\n": {true, true}, "Yes \n": {true, true}, "\n": {false, true}, "n\n": {false, true},
		"what?\ny\n": {true, true}, "what?\n": {false, false}, "": {false, false}, "y": {true, true},
	} {
		var stderr bytes.Buffer
		yes, asked := ask(strings.NewReader(text), &stderr, "Go on?")
		if got := [2]bool{yes, asked}; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
		if !strings.HasPrefix(stderr.String(), "Go on? [y/N] ") {
			t.Errorf("%q is answered to %q", text, &stderr)
		}
	}
}

// Nobody answers at a pipe or at the null device, even if the pipe says y.
func TestAskWithoutTerminal(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.WriteString("y\n"); err != nil {
		t.Fatal(err)
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	for _, stdin := range []*os.File{r, null} {
		var stderr bytes.Buffer
		if yes, asked := Ask(stdin, &stderr, "Go on?"); yes || asked || stderr.Len() > 0 {
			t.Errorf("%s: %v, %v", stdin.Name(), yes, asked)
		}
	}
}
