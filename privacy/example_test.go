package privacy_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"slices"

	"maturitybench/privacy"
)

// A publication of one total in two cohorts, from the account to the replay.
func Example() {
	ctx := context.Background()

	// 1. The organiser opens an account.
	ledger := privacy.NewMemoryLedger()
	account := privacy.Account{ID: "panel", Unit: "company", Roster: privacy.SecretRoster,
		Epsilon: 8, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		log.Fatal(err)
	}

	// 2. A plan states ε and δ; a tenth of μ² goes to the test, nothing to a pilot.
	budget, err := privacy.NewBudget(4, 1e-6, account.Roster, 0.1, 0)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("μ:", budget.Mu.Float())
	fmt.Println("ε between two answers:", privacy.EpsilonBetweenTwoAnswers(budget.Loss, 1e-6))

	// 3. One company adds at most 5 to the total of its one cohort.
	measure, err := privacy.NewGaussian(5, budget.Main)
	if err != nil {
		log.Fatal(err)
	}
	test, err := privacy.NewThreshold(5, 1, budget.Select, budget.DeltaSelect)
	if err != nil {
		log.Fatal(err)
	}

	// 4. The raw data: two cohorts, their sizes and totals.
	sizes, totals := []int64{4, 2000}, []int64{11, 5400}
	entry := privacy.Entry{Account: "panel", Wave: "2026", Revision: 1, Roster: account.Roster,
		Plan: []byte("total by cohort"), Loss: budget.Loss,
		Data: privacy.Records(slices.Values([][]byte{[]byte("one record a company")}))}
	release := func(draws *privacy.Draws) (privacy.Record, error) {
		noisy := draws.Gaussian(measure, totals)
		text := fmt.Sprint("cohorts shown: ", draws.Threshold(test, sizes))
		return privacy.Record{Measurement: fmt.Append(nil, noisy), Release: []byte(text)}, nil
	}
	first, err := ledger.Publish(ctx, entry, release)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(first.Release))

	// 5. Asked again, the ledger returns the same bytes; a new wave is charged.
	again, err := ledger.Publish(ctx, entry, release)
	fmt.Println("same noise:", string(again.Measurement) == string(first.Measurement), err)
	entry.Reason = "an example has the same data every year"
	for _, entry.Wave = range []string{"2027", "2028", "2029"} {
		_, err = ledger.Publish(ctx, entry, release)
		fmt.Println(entry.Wave, "refused:", errors.Is(err, privacy.ErrBudgetExceeded))
	}
	refused, _ := errors.AsType[*privacy.BudgetError](err)
	fmt.Printf("spent %.4f within %s, left %.4f\n", refused.Standing.Spent(), account.Window, refused.Left)

	// Output:
	// μ: 0.834407
	// ε between two answers: 8.8905
	// cohorts shown: [false true]
	// same noise: true <nil>
	// 2027 refused: false
	// 2028 refused: false
	// 2029 refused: true
	// spent 6.7553 within 3 years, left 3.5023
}
