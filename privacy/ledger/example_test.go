package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"maturitybench/privacy"
	"maturitybench/privacy/ledger/sqlite"
)

// The walk of the package comment: an account, a publication, its replay, and
// three refusals.
func Example() {
	ctx := context.Background()
	directory, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(directory)
	ledger, err := sqlite.Create(ctx, filepath.Join(directory, "ledger.db"))
	if err != nil {
		log.Fatal(err)
	}
	defer ledger.Close()

	// Once, by the organiser.
	err = ledger.OpenAccount(ctx, privacy.Account{
		ID: "trade-body", Unit: "company", Roster: privacy.SecretRoster,
		Epsilon: 3.5, Delta: 1e-5, Window: "3y",
	})
	if err != nil {
		log.Fatal(err)
	}

	// A count of companies, plus noise: one company changes it by one.
	mechanism, err := privacy.NewGaussian(1, privacy.GaussianMu(3, 1e-6))
	if err != nil {
		log.Fatal(err)
	}
	companies := []string{"c1", "c2", "c3"}
	entry := privacy.Entry{
		Account: "trade-body", Wave: "2026", Revision: 1, Roster: privacy.SecretRoster,
		Plan: []byte(`{"count": "companies"}`),
		Loss: privacy.Loss{MuSquared: mechanism.Mu().Squared(), Delta: privacy.SamplerDelta},
		Data: privacy.Records(func(yield func([]byte) bool) {
			for _, company := range companies {
				if !yield([]byte(company)) {
					return
				}
			}
		}),
	}
	release := func(draws *privacy.Draws) (privacy.Record, error) {
		noisy := draws.Gaussian(mechanism, []int64{int64(len(companies))})
		text := fmt.Appendf(nil, "about %d companies", noisy[0])
		return privacy.Record{Measurement: text, Release: text}, nil
	}
	first, err := ledger.Publish(ctx, entry, release)
	if err != nil {
		log.Fatal(err)
	}
	again, err := ledger.Publish(ctx, entry, release)
	fmt.Println("asked again, the same bytes:", bytes.Equal(first.Release, again.Release), err)

	companies = append(companies, "c4")
	_, err = ledger.Publish(ctx, entry, release)
	fmt.Println("a late answer is refused:", errors.Is(err, privacy.ErrChanged))

	entry.Revision = 2
	_, err = ledger.Publish(ctx, entry, release)
	budget, ok := errors.AsType[*privacy.BudgetError](err)
	if !ok {
		log.Fatal(err)
	}
	fmt.Printf("a revision would be charged anew: ε = %.1f in all, and the account allows %v\n", budget.Wanted, budget.Standing.Account.Epsilon)

	entry.Account = "another-body"
	_, err = ledger.Publish(ctx, entry, release)
	fmt.Println("another account must be opened first:", errors.Is(err, privacy.ErrUnknownAccount))
	// Output:
	// asked again, the same bytes: true <nil>
	// a late answer is refused: true
	// a revision would be charged anew: ε = 4.0 in all, and the account allows 3.5
	// another account must be opened first: true
}
