package benchmark

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// problemsOf lists the problems of an InputError, one a text; nil for no error.
func problemsOf(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var input *InputError
	if !errors.As(err, &input) {
		t.Fatalf("%T, not an *InputError: %v", err, err)
	}
	if len(input.Problems) == 0 || len(input.Problems) > maxProblems {
		t.Errorf("%d problems listed", len(input.Problems))
	}
	var list []string
	for _, p := range input.Problems {
		list = append(list, p.String())
	}
	if input.More > 0 {
		list = append(list, fmt.Sprintf("%d more", input.More))
	}
	return list
}

func TestInputErrorText(t *testing.T) {
	tests := []struct {
		name string
		err  InputError
		want string
	}{
		{"place and field", InputError{File: "plan.yaml", Problems: []Problem{{3, 7, "epsilon", "a number"}}}, "plan.yaml:3:7: epsilon: expected a number"},
		{"line only", InputError{File: "a.csv", Problems: []Problem{{3, 0, "org-01", "a level"}}}, "a.csv:3: org-01: expected a level"},
		{"no place", InputError{File: "a.yaml", Problems: []Problem{{Expected: "YAML"}}}, "a.yaml: expected YAML"},
		{"no file", InputError{Problems: []Problem{{Field: "scale[1].level", Expected: "1"}}}, "scale[1].level: expected 1"},
		{"no file but a row", InputError{Problems: []Problem{{Line: 4, Expected: "an answer"}}}, "4: expected an answer"},
		{"several and more", InputError{File: "f", Problems: []Problem{{1, 1, "a", "b"}, {2, 1, "c", "d"}}, More: 5}, "f:1:1: a: expected b\nf:2:1: c: expected d\nand 5 more"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.err.Error(); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// Problems come in the order of the file, twenty at most, and keep the order in
// which one place was judged.
func TestInputErrorOrderAndLimit(t *testing.T) {
	if err := newInputError("f", nil); err != nil {
		t.Errorf("no problem is an error: %v", err)
	}
	var problems []Problem
	for line := 25; line >= 1; line-- {
		problems = append(problems, Problem{Line: line, Column: 2, Expected: "second"}, Problem{Line: line, Column: 1, Expected: "first"})
	}
	got := problemsOf(t, newInputError("f", problems))
	var want []string
	for line := 1; line <= 10; line++ {
		want = append(want, fmt.Sprintf("%d:1: expected first", line), fmt.Sprintf("%d:2: expected second", line))
	}
	want = append(want, "30 more") // 2·25 − 20
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if text := newInputError("f", problems).Error(); strings.Count(text, "\n") != 20 {
		t.Errorf("not 21 lines:\n%s", text)
	}
}
