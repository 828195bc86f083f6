package beam_test

import (
	"context"
	"fmt"
	"log"

	"maturitybench/benchmark"
	panel "maturitybench/benchmark/beam"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
)

// The answer sheets of a pipeline are published through a ledger of the driver's.
// A program would run it with beamx.Run, which obeys the flag --runner; this one
// uses the prism runner. The same company is there twice, which is found.
func ExampleSheets() {
	ctx, in := context.Background(), instrument.JSP()
	run := func(ctx context.Context, p *beam.Pipeline) error {
		_, err := prism.Execute(ctx, p)
		return err
	}
	source := panel.Sheets(in, panel.Options{Run: run}, func(s beam.Scope) beam.PCollection {
		return beam.CreateList(s, []panel.Sheet{ // or what your own steps make of your tables
			{Company: "Company A", Scores: map[string]int{"org-01": 2, "org-02": 3}, File: "north", Line: 1},
			{Company: "Company B", Scores: map[string]int{"org-01": 0}, File: "north", Line: 2},
			{Company: "Company A", Scores: map[string]int{"org-01": 5}, File: "south", Line: 1},
		})
	})

	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{Account: "example", Wave: "2026",
		Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 30})
	if err != nil {
		log.Fatal(err)
	}
	ledger := privacy.NewMemoryLedger()
	account := privacy.Account{ID: "example", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 3e-6, Window: "3y"}
	if err := ledger.OpenAccount(ctx, account); err != nil {
		log.Fatal(err)
	}
	_, err = benchmark.Publish(ctx, ledger, plan, source)
	fmt.Println(err)
	// Output:
	// publish wave 2026: south:1: company: expected one response a company; line 1 of north has the first
}

// The secret of the jobs comes from a file that driver and workers can read, and
// stays out of the job graph: init runs on all of them.
func ExampleRegisterKey() {
	// func init() {
	//	panel.RegisterKey("mounted", func(context.Context) ([]byte, error) {
	//		return os.ReadFile("/run/secrets/maturitybench")
	//	})
	// }
	source := panel.Files(instrument.JSP(), panel.Options{Key: "mounted"}, "answers/*.csv")
	fmt.Println(source)
	// Output: sealed
}
