package responses_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"

	"maturitybench/benchmark"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

// A compressed file that may be larger than memory is opened once, and again if its
// answers take more memory than the publication may have. They are the same data as
// those in memory: the ledger returns the release that it has.
func ExampleNewSource() {
	ctx, in := context.Background(), instrument.JSP()
	panel := synthetic.NewPanel(200, 1)
	var file bytes.Buffer
	packer := gzip.NewWriter(&file)
	if err := synthetic.WriteCSV(packer, in, panel); err != nil {
		fmt.Println(err)
	}
	packer.Close()

	opened := 0
	source := responses.NewSource(in, responses.CSV, func() (io.ReadCloser, error) {
		opened++
		return gzip.NewReader(bytes.NewReader(file.Bytes()))
	}, responses.Options{Keep: 1000})
	plan, err := benchmark.NewPlan(in, benchmark.PlanSpec{
		Wave: "2026", Account: "jsp", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 200,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ledger := privacy.NewMemoryLedger()
	err = ledger.OpenAccount(ctx, privacy.Account{
		ID: "jsp", Unit: "company", Roster: privacy.SecretRoster, Epsilon: 8, Delta: 1e-5, Window: "3y",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	first, err := benchmark.Publish(ctx, ledger, plan, source)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("opened", opened, "times")

	data, err := responses.NewDataset(ctx, in, panel.Responses(in))
	if err != nil {
		fmt.Println(err)
		return
	}
	again, err := benchmark.Publish(ctx, ledger, plan, data)
	fmt.Println(bytes.Equal(first.Bytes(), again.Bytes()), err)
	// Output:
	// opened 2 times
	// true <nil>
}
