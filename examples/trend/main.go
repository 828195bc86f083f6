// Command trend publishes three waves of made-up companies with a ledger in memory and
// prints how the means changed, from wave to wave and in all, each estimated from all waves, and the means of
// all waves as seen from the last one, which are no correction of what was published. A released
// number has noise, so a change is one only if its interval says so.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"maturitybench/benchmark"
	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

func main() {
	if err := trend(context.Background(), 2026, 2027, 2028); err != nil {
		log.Fatal(err)
	}
}

func trend(ctx context.Context, years ...int) error {
	in, ledger := instrument.JSP(), privacy.NewMemoryLedger() // sqlite.Open in a program that runs again next year
	account := privacy.Account{ID: "made-up", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		return err
	}
	var waves []*publication.Release
	for i, year := range years {
		plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Wave: fmt.Sprint(year), Account: account.ID, Roster: account.Roster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 200})
		if err != nil {
			return err
		}
		panel := synthetic.NewPanel(200, 1) // or responses.Load(ctx, in, "2026.csv")
		panel.Shift = 0.2 * float64(i)
		data, err := responses.NewDataset(ctx, in, panel.Responses(in))
		if err != nil {
			return err
		}
		release, err := benchmark.Publish(ctx, ledger, plan, data)
		if err != nil {
			return err
		}
		waves = append(waves, release) // or publication.Load("2026/release.json")
	}
	changes, err := compare.Trend(waves...)
	if err != nil {
		return err
	}
	return report.ChangesMarkdown(os.Stdout, changes, report.Options{Title: "Three waves of made-up companies"})
}
