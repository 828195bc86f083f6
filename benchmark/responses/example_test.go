package responses_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
)

// questionnaire is a small instrument for the examples.
func questionnaire() *instrument.Instrument {
	in, err := instrument.Parse("questionnaire.yaml", []byte(`
id: questionnaire
version: "1"
title: Two questions
scale:
  - {level: 0, name: Nobody does it}
  - {level: 1, name: Some do it}
  - {level: 2, name: Everybody does it}
domains:
  - id: work
    title: Work
    questions:
      - {id: plan, text: Work is planned}
      - {id: check, text: Work is checked}
attributes:
  - id: size
    values: [{id: small}, {id: large}]
no_answer: [NA]
`))
	if err != nil {
		panic(err)
	}
	return in
}

// A file with problems gives no data set but all that is wrong with it, without
// a word about what the companies answered.
func ExampleReadCSV() {
	in := questionnaire()
	file := `company,size,plan,check
Company A,small,1,2
Company B,tiny,3,NA
Company C,,NA,
Company A,large,0,1
`
	_, err := responses.NewDataset(context.Background(), in, responses.ReadCSV(in, strings.NewReader(file)))
	fmt.Println(err)
	// Output:
	// 3:2: size: expected a value of this attribute (small, large), or nothing
	// 3:3: plan: expected a level from 0 to 2, or no answer
	// 4: expected at least one answer
	// 5: company: expected one response a company; line 2 has the first
}

func ExampleReadJSONL() {
	in := questionnaire()
	file := `{"company": "Company A", "attributes": {"size": "small"}, "scores": {"plan": 1, "check": 2}}
{"company": "Company B", "scores": {"plan": 1.5}}
`
	for response, err := range responses.ReadJSONL(in, strings.NewReader(file)) {
		fmt.Println(response, err)
	}
	// Output:
	// sealed <nil>
	// sealed 2:45: plan: expected a level from 0 to 2, or no answer; a number between levels is none
}

// A backend that holds answers in types of its own makes responses by hand.
func ExampleNewDataset() {
	in := questionnaire()
	answers := map[string]map[string]int{
		"Company A": {"plan": 1, "check": 2},
		"Company B": {"plan": 0},
	}
	data, err := responses.NewDataset(context.Background(), in, func(yield func(responses.Response, error) bool) {
		for company, scores := range answers {
			if !yield(responses.New(in, company, nil, scores)) {
				return
			}
		}
	})
	fmt.Printf("%+v %v\n", data, err)

	_, err = responses.New(in, "Company C", nil, map[string]int{"plan": 7})
	var wrong *input.Error
	if errors.As(err, &wrong) {
		fmt.Println(wrong.Problems[0].Field, "expects", wrong.Problems[0].Expected)
	}
	// Output:
	// sealed <nil>
	// plan expects a level from 0 to 2, or no answer
}
