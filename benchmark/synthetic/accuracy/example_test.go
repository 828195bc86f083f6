package accuracy_test

import (
	"context"
	"fmt"
	"log"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
	"maturitybench/privacy"
)

// A release of a panel whose companies do not exist is held against its exact numbers.
// Over many panels Coverage tells how often the intervals hold, and RMSE how large the
// errors are.
func Example() {
	ctx, in := context.Background(), instrument.JSP()
	panel := synthetic.NewPanel(300, 1)
	sample, err := synthetic.NewSample(in, panel)
	if err != nil {
		log.Fatal(err)
	}
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Wave: "w", Account: "a", Roster: privacy.PublicRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 300})
	if err != nil {
		log.Fatal(err)
	}
	ledger := privacy.NewMemoryLedger()
	if err := ledger.OpenAccount(ctx, privacy.Account{ID: "a", Unit: "company", Roster: privacy.PublicRoster, Epsilon: 4, Delta: 1e-5, Window: "1y"}); err != nil {
		log.Fatal(err)
	}
	data, err := responses.NewDataset(ctx, in, panel.Responses(in))
	if err != nil {
		log.Fatal(err)
	}
	release, err := benchmark.Publish(ctx, ledger, plan, data)
	if err != nil {
		log.Fatal(err)
	}
	var scores accuracy.Scores
	scores.Add(release, sample)
	for _, family := range []accuracy.Family{accuracy.OverallMean, accuracy.DomainMeans, accuracy.QuestionMeans} {
		s := scores.All[family]
		fmt.Printf("%s: %d exact numbers, published %.0f%%\n", family, s.Numbers, 100*s.Shown())
	}
	// Output:
	// overall mean: 1 exact numbers, published 100%
	// domain means: 4 exact numbers, published 100%
	// question means: 44 exact numbers, published 100%
}
