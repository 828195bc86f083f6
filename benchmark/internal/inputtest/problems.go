package inputtest

import (
	"errors"
	"fmt"
	"testing"
	"unicode"
	"unicode/utf8"

	"maturitybench/benchmark/input"
)

// Problems lists the problems of an input.Error, one a text; nil for no error.
func Problems(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var wrong *input.Error
	if !errors.As(err, &wrong) {
		t.Fatalf("%T, not an *input.Error: %v", err, err)
	}
	if len(wrong.Problems) == 0 || len(wrong.Problems) > input.MaxProblems {
		t.Errorf("%d problems listed", len(wrong.Problems))
	}
	var list []string
	for _, p := range wrong.Problems {
		list = append(list, p.String())
	}
	if wrong.More > 0 {
		list = append(list, fmt.Sprintf("%d more", wrong.More))
	}
	return list
}

// Check expects an input.Error whose problems are in order, on lines of
// the file and each on a line of its own.
func Check(t *testing.T, err error) {
	t.Helper()
	list := Problems(t, err)
	wrong := err.(*input.Error)
	if wrong.More > 0 && len(wrong.Problems) < input.MaxProblems {
		t.Errorf("%d more after %d", wrong.More, len(wrong.Problems))
	}
	if !utf8.ValidString(err.Error()) {
		t.Errorf("not UTF-8: %q", err.Error())
	}
	for i, p := range wrong.Problems {
		if i > 0 && p.Line < wrong.Problems[i-1].Line {
			t.Errorf("out of order: %q", list)
		}
		for _, r := range p.String() {
			if unicode.IsControl(r) {
				t.Errorf("control character in %q", p.String())
				break
			}
		}
	}
}
