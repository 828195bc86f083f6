package command

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
)

// Ask asks a question that is answered by y or n, and no if nothing but a line feed
// comes. asked is false where nobody can answer: stdin is no terminal, or it ends.
func Ask(stdin *os.File, stderr io.Writer, question string) (yes, asked bool) {
	if !isTerminal(stdin) {
		return false, false
	}
	return ask(stdin, stderr, question)
}

func ask(stdin io.Reader, stderr io.Writer, question string) (yes, asked bool) {
	lines := bufio.NewScanner(stdin)
	for {
		fmt.Fprintf(stderr, "%s [y/N] ", question)
		if !lines.Scan() {
			fmt.Fprintln(stderr)
			return false, false
		}
		switch strings.ToLower(strings.TrimSpace(lines.Text())) {
		case "y", "yes":
			return true, true
		case "", "n", "no":
			return false, true
		}
	}
}

// isTerminal reports whether a file is a device that shows and reads characters, and not
// the null device.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
