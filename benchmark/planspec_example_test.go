package benchmark_test

import (
	"fmt"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

func ExampleParsePlan() {
	plan, err := benchmark.ParsePlan(instrument.JSP(), "plan.yaml", []byte(`
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
	_, err := benchmark.NewPlan(instrument.JSP(), benchmark.PlanSpec{
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
