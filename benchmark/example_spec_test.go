package benchmark_test

import (
	"errors"
	"fmt"

	"maturitybench/benchmark"
	"maturitybench/privacy"
)

func ExampleParseInstrument() {
	in, err := benchmark.ParseInstrument("backup.yaml", []byte(`
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
func ExampleInputError() {
	_, err := benchmark.ParseInstrument("backup.yaml", []byte(`id: backup
version: 2026
title: Backup practices
scale: [{level: 1, name: Ad hoc}, {level: 3, name: Tested}]
domains:
  - {id: data, titel: Data, questions: []}
`))
	fmt.Println(err)
	var input *benchmark.InputError
	if errors.As(err, &input) {
		fmt.Println(len(input.Problems), "problems, the first on line", input.Problems[0].Line)
	}
	// Output:
	// backup.yaml:2:10: version: expected a text, not a number: write "2026"
	// backup.yaml:4:43: scale[1].level: expected 2: levels are consecutive and ascending
	// backup.yaml:6:5: domains[0].title: expected a value: the key is required
	// backup.yaml:6:16: domains[0].titel: expected no such key: the keys here are id, title, questions
	// backup.yaml:6:40: domains[0].questions: expected at least one question
	// 5 problems, the first on line 2
}

func ExampleJSP() {
	for _, domain := range benchmark.JSP().Spec().Domains {
		fmt.Printf("%-25s %d questions\n", domain.Title, len(domain.Questions))
	}
	// Output:
	// Organizational structure  10 questions
	// Risk management           9 questions
	// Design control            15 questions
	// Complaint handling        10 questions
}

func ExampleParsePlan() {
	plan, err := benchmark.ParsePlan(benchmark.JSP(), "plan.yaml", []byte(`
wave: "2026"
account: jsp
roster: secret
epsilon: 6
delta: 1e-6
cohorts: [size, region]
expected_companies: 100
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	spec := plan.Spec()
	fmt.Printf("k = %d, confidence %g, revision %d\n", spec.MinCompanies, spec.Confidence, spec.Revision)
	for _, warning := range plan.Warnings() {
		fmt.Println("warning:", warning)
	}
	// Output:
	// k = 5, confidence 0.9, revision 1
	// warning: epsilon 6 is above 4: what the report may reveal about a single company is no longer small
}

func ExampleNewPlan() {
	_, err := benchmark.NewPlan(benchmark.JSP(), benchmark.PlanSpec{
		Wave: "2026", Account: "jsp", Roster: privacy.SecretRoster,
		Epsilon: 9, Delta: 1e-6, ExpectedCompanies: 118,
	})
	fmt.Println(err)
	// Output:
	// epsilon: expected at most 8: beyond that the report gives a single company away easily; a plan that wants it all the same says override: true
	// expected_companies: expected one significant digit (20, 100, 300): a plan is public, and under a secret roster the number of companies is not
}

func ExampleParseAccount() {
	account, err := benchmark.ParseAccount("account.yaml", []byte(`
account: jsp
unit: company
roster: secret
epsilon: 8
delta: 1e-5
window: 5y
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("ε = %g within %s\n", account.Epsilon, account.Window)
	// Output:
	// ε = 8 within 5 years
}
