package intake_test

import (
	"fmt"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/responses"
)

func Example() {
	in := instrument.JSP()
	response, err := responses.New(in, "c1", map[string]string{"size": "small"}, map[string]int{"org-01": 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(response)
	sheet := intake.Open(response)
	fmt.Println(sheet.Attributes[0], sheet.Scores[0], sheet.Scores[1])
	// Output:
	// sealed
	// 1 4 0
}
