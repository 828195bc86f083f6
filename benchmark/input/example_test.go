package input_test

import (
	"errors"
	"fmt"

	"maturitybench/benchmark/input"
)

func Example() {
	err := input.NewError("plan.yaml", []input.Problem{
		{Line: 7, Column: 1, Field: "cohorts[0]", Expected: "the id of an attribute of the instrument"},
		{Line: 3, Column: 10, Field: "epsilon", Expected: "a number above 0"},
	})
	fmt.Println(err)
	if wrong, ok := errors.AsType[*input.Error](err); ok {
		fmt.Println(len(wrong.Problems), "problems")
	}
	// Output:
	// plan.yaml:3:10: epsilon: expected a number above 0
	// plan.yaml:7:1: cohorts[0]: expected the id of an attribute of the instrument
	// 2 problems
}
