package benchmark_test

import (
	"context"
	"fmt"
	"log"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

// From the questionnaire to the release, as in the package documentation.
func Example() {
	ctx := context.Background()

	// 1. The questionnaire.
	in := instrument.JSP()

	// 2. The plan. Plan.Forecast tells what it can be expected to publish.
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{
		Wave: "2026", Account: "jsp", Roster: privacy.SecretRoster,
		Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 300, Cohorts: []string{"size"},
	})
	if err != nil {
		log.Fatal(err)
	}

	// 3. The responses: here of 300 companies that do not exist.
	data, err := responses.NewDataset(ctx, in, synthetic.NewPanel(300, 1).Responses(in))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("data:", data)

	// 4. The account. A ledger for keeps is sqlite.Create(ctx, "ledger.db"), then sqlite.Open.
	ledger := privacy.NewMemoryLedger()
	account := privacy.Account{
		ID: "jsp", Unit: "company", Roster: privacy.SecretRoster,
		Epsilon: 8, Delta: 1e-5, Window: "3y",
	}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		log.Fatal(err)
	}

	// 5. The release.
	release, err := benchmark.Publish(ctx, ledger, plan, data)
	if err != nil {
		log.Fatal(err)
	}

	// 6. What it says.
	cohort, _ := release.Cohort("all")
	domain, _ := cohort.Domain("org")
	question, _ := cohort.Question("org-01")
	fmt.Println("domain mean:", domain.Mean.Status)
	fmt.Println("question mean:", question.Mean.Status)
	fmt.Printf("ε = %v for presence, %v between two answers\n", release.Privacy.Epsilon, release.Privacy.Between)
	// Output:
	// data: sealed
	// domain mean: published
	// question mean: published
	// ε = 4 for presence, 8.8905 between two answers
}

// What a plan can be expected to publish is told before any data, and free.
func ExamplePlan_Forecast() {
	plan, err := benchmark.NewPlan(instrument.JSP(), benchmark.PlanSpec{
		Wave: "2026", Account: "jsp", Roster: privacy.SecretRoster,
		Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 30, Statistics: []string{"scores"},
	})
	if err != nil {
		log.Fatal(err)
	}
	forecast, err := plan.Forecast(40)
	if err != nil {
		log.Fatal(err)
	}
	all := forecast.Cohorts[0]
	fmt.Printf("%d companies are shown with probability %.2f\n", all.Companies, all.Shown)
	// Output:
	// 40 companies are shown with probability 1.00
}
