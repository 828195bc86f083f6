package input_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/inputtest"
)

func TestErrorText(t *testing.T) {
	tests := []struct {
		name string
		err  input.Error
		want string
	}{
		{"place and field", input.Error{File: "plan.yaml", Problems: []input.Problem{{Line: 3, Column: 7, Field: "epsilon", Expected: "a number"}}}, "plan.yaml:3:7: epsilon: expected a number"},
		{"line only", input.Error{File: "a.csv", Problems: []input.Problem{{Line: 3, Column: 0, Field: "org-01", Expected: "a level"}}}, "a.csv:3: org-01: expected a level"},
		{"file of a directory", input.Error{File: "answers/", Problems: []input.Problem{{File: "a.json", Field: "org-01", Expected: "a level"}, {File: "b.json", Line: 2, Expected: "x"}}}, "answers/a.json: org-01: expected a level\nanswers/b.json:2: expected x"},
		{"no place", input.Error{File: "a.yaml", Problems: []input.Problem{{Expected: "YAML"}}}, "a.yaml: expected YAML"},
		{"no file", input.Error{Problems: []input.Problem{{Field: "scale[1].level", Expected: "1"}}}, "scale[1].level: expected 1"},
		{"no file but a row", input.Error{Problems: []input.Problem{{Line: 4, Expected: "an answer"}}}, "4: expected an answer"},
		{"several and more", input.Error{File: "f", Problems: []input.Problem{{Line: 1, Column: 1, Field: "a", Expected: "b"}, {Line: 2, Column: 1, Field: "c", Expected: "d"}}, More: 5}, "f:1:1: a: expected b\nf:2:1: c: expected d\nand 5 more"},
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
func TestErrorOrderAndLimit(t *testing.T) {
	if err := input.NewError("f", nil); err != nil {
		t.Errorf("no problem is an error: %v", err)
	}
	var problems []input.Problem
	for line := 25; line >= 1; line-- {
		problems = append(problems, input.Problem{Line: line, Column: 2, Expected: "second"}, input.Problem{Line: line, Column: 1, Expected: "first"})
	}
	got := inputtest.Problems(t, input.NewError("f", problems))
	var want []string
	for line := 1; line <= 10; line++ {
		want = append(want, fmt.Sprintf("%d:1: expected first", line), fmt.Sprintf("%d:2: expected second", line))
	}
	want = append(want, "30 more") // 2·25 − 20
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if text := input.NewError("f", problems).Error(); strings.Count(text, "\n") != 20 {
		t.Errorf("not 21 lines:\n%s", text)
	}
}
