package instrument_test

import (
	"errors"
	"fmt"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
)

func ExampleParse() {
	in, err := instrument.Parse("backup.yaml", []byte(`
id: backup
version: "2026"
title: Backup practices
scale:
  - {level: 1, name: Ad hoc}
  - {level: 2, name: Planned}
  - {level: 3, name: Tested}
domains:
  - id: data
    title: Data
    questions:
      - {id: data-1, text: "Every system has an owner who decides what is backed up"}
      - {id: data-2, text: "A restore is rehearsed once a year"}
attributes:
  - {id: size, title: Employees, values: [{id: small, title: under 100}, {id: large, title: 100 and more}]}
no_answer: ["n/a"]
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(in.Title(), "has", len(in.Spec().Scale), "levels")
	// Output:
	// Backup practices has 3 levels
}

// All problems of a file are reported at once, each with its place.
func ExampleParse_problems() {
	_, err := instrument.Parse("backup.yaml", []byte(`id: backup
version: 2026
title: Backup practices
scale: [{level: 1, name: Ad hoc}, {level: 3, name: Tested}]
domains:
  - {id: data, titel: Data, questions: []}
`))
	fmt.Println(err)
	var wrong *input.Error
	if errors.As(err, &wrong) {
		fmt.Println(len(wrong.Problems), "problems, the first on line", wrong.Problems[0].Line)
	}
	// Output:
	// backup.yaml:2:10: version: expected a text, not a number: write "2026"
	// backup.yaml:4:43: scale[1].level: expected 2: levels are consecutive and ascending
	// backup.yaml:6:5: domains[0].title: expected a value: the key is required
	// backup.yaml:6:16: domains[0].titel: expected no such key: the keys here are id, title, scale, weight, questions
	// backup.yaml:6:40: domains[0].questions: expected at least one question
	// 5 problems, the first on line 2
}

func ExampleJSP() {
	for _, domain := range instrument.JSP().Spec().Domains {
		fmt.Printf("%-25s %d questions\n", domain.Title, len(domain.Questions))
	}
	// Output:
	// Organizational structure  10 questions
	// Risk management           9 questions
	// Design control            15 questions
	// Complaint handling        10 questions
}
