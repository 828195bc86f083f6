package decimal_test

import (
	"fmt"

	"maturitybench/benchmark/internal/decimal"
)

func Example() {
	shares := decimal.Apportion([]float64{1. / 3, 1. / 3, 1. / 3})
	fmt.Println(shares, decimal.MeanLevel(shares).Float())
	text, err := decimal.CanonicalJSON(map[string]any{"b": 1e-7, "a": "<1>"})
	fmt.Println(string(text), err)
	// Output:
	// [333334 333333 333333] 0.999999
	// {"a":"<1>","b":0.0000001} <nil>
}
