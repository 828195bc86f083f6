// Command publish publishes a built-in synthetic panel: it charges the privacy account and
// writes the release and its report. Run again it writes the same files and charges nothing.
// For own answers there is benchmark/cmd/maturitybench.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"maturitybench/benchmark"
	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/output"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/report"
)

func main() {
	flags := flag.NewFlagSet("publish", flag.ExitOnError)
	out := flags.String("out", "out", "`directory` for the files")
	ledger := flags.String("ledger", "ledger", "`directory` of the ledger, which is not handed on")
	flags.Parse(os.Args[1:])
	if err := publish(context.Background(), *out, *ledger); err != nil {
		log.Fatal(err)
	}
}

func publish(ctx context.Context, out, dir string) (err error) {
	in := instrument.JSP()
	plan, planErr := command.Plan(in, "") // or benchmark.LoadPlan(in, "plan.yaml")
	account, accountErr := command.Account("")
	data, dataErr := command.Responses(ctx, in, command.Sheets{}, nil, nil) // or responses.Load(ctx, in, "responses.csv")
	if err := errors.Join(planErr, accountErr, dataErr, os.MkdirAll(out, 0o777), os.MkdirAll(dir, 0o700)); err != nil {
		return err
	}
	ledger, _, err := command.Ledger(ctx, filepath.Join(dir, "ledger.db")) // sqlite.Open, or sqlite.Create the first time
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ledger.Close()) }()
	if err := ledger.OpenAccount(ctx, account); err != nil {
		return err
	}
	release, err := benchmark.Publish(ctx, ledger, plan, data)
	if err != nil {
		return err
	}
	files, err := output.Release(release, report.Options{})
	if err != nil {
		return err
	}
	for _, f := range files {
		fmt.Println(filepath.Join(out, f.Name))
	}
	return output.Write(out, files)
}
