package specfile_test

import (
	"fmt"

	"maturitybench/benchmark/internal/specfile"
)

func Example() {
	var plan struct {
		Wave    string  `yaml:"wave"`
		Epsilon float64 `yaml:"epsilon"`
	}
	c, err := specfile.ReadYAML("plan.yaml", []byte("wave: 2026\nepsilon: -1\n"), &plan)
	if err != nil {
		fmt.Println(err)
		return
	}
	if plan.Epsilon <= 0 {
		c.Expect("epsilon", "a number above 0")
	}
	fmt.Println(c.Err())
	// Output:
	// plan.yaml:1:7: wave: expected a text, not a number: write "2026"
	// plan.yaml:2:10: epsilon: expected a number above 0
}
