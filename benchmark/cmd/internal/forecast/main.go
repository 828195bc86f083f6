// Package forecast says what a plan can be expected to publish, before any
// data: the half-widths of the intervals, what is withheld, and how likely a
// cohort passes the threshold.
//
//	maturitybench forecast
//	maturitybench forecast -instrument i.yaml -plan p.yaml -companies 17,50,100
//	maturitybench forecast -without
//	maturitybench forecast -smallest 1,2,4
package forecast

import (
	"context"
	"flag"
	"fmt"
	"io"

	"maturitybench/benchmark"
	"maturitybench/benchmark/cmd/command"
	"maturitybench/privacy"
)

const help = `
forecast says what a plan can be expected to publish, before any data.

It publishes made-up panels of the given sizes through the same code as real
ones and prints the expected half-widths of the intervals. It reads no answers,
opens no ledger and charges nothing. A file that is not given is the built-in
one. An attribute's values are assumed to have equal parts of the companies, and
every answer to be skipped by itself with the share of -skipped. What earlier waves
would add to a plan whose prior names them is not forecast. With -account it
says how many such waves the account takes, with one kept back for a wave that has
to be published again, and what ten years of them come to.

With -without it also says how much more accurate the rest would be if the plan left
out a kind of statistics, each in turn; that takes a minute.

With -smallest it tries panel after panel, from 10 companies to 3000, and prints
the smallest that gets each kind of number; that takes a minute or two.

Exit codes: 0 done; 1 bad input or interrupted; 2 wrong flags.`

// Run is the program without the process around it. It returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var instrument, plan, account string
	var skipped float64
	var leave bool
	companies := numbers[int]{parse: parseSize, values: []int{17, 50, 100, 300}}
	epsilons := numbers[float64]{parse: parseLoss}
	flags := flag.NewFlagSet("forecast", flag.ContinueOnError)
	flags.StringVar(&instrument, "instrument", "", "`path` of the instrument, YAML or JSON")
	flags.StringVar(&plan, "plan", "", "`path` of the plan, YAML or JSON")
	flags.StringVar(&account, "account", "", "`path` of the account, YAML or JSON: say how many such waves it takes")
	flags.Var(&companies, "companies", "`sizes` of the panels, separated by commas")
	flags.Float64Var(&skipped, "skipped", benchmark.UsualSkipped, "share of the answers that are skipped, 0 to 0.9")
	flags.Var(&epsilons, "smallest", "`epsilons` of plans, separated by commas: find the smallest panels instead")
	flags.BoolVar(&leave, "without", false, "say what leaving out a kind of statistics would buy")
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	if err := forecast(ctx, instrument, plan, account, companies.values, skipped, leave, epsilons.values, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "forecast: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

func forecast(ctx context.Context, instrumentPath, planPath, accountPath string, companies []int, skipped float64, leave bool, epsilons []float64, stdout, stderr io.Writer) error {
	in, err := command.Instrument(instrumentPath)
	if err != nil {
		return err
	}
	plan, err := command.Plan(in, planPath)
	if err != nil {
		return err
	}
	var account *privacy.Account // none: the plan is charged to one that is not known here
	if accountPath != "" || planPath == "" {
		a, err := command.Account(accountPath)
		if err == nil {
			err = command.Fits(plan, a)
		}
		if err != nil {
			return err
		}
		account = &a
	}
	command.Warn(stderr, "forecast", plan)
	if len(epsilons) > 0 {
		return smallest(ctx, in, plan, skipped, epsilons, stdout, stderr)
	}
	var forecasts []*benchmark.Forecast
	for _, n := range companies {
		if err := ctx.Err(); err != nil {
			return err
		}
		f, err := plan.ForecastSkipping(n, skipped)
		if err != nil {
			return err
		}
		forecasts = append(forecasts, f)
	}
	if err := write(stdout, in.Spec(), plan, account, forecasts); err != nil || !leave {
		return err
	}
	return without(ctx, stdout, in, plan, skipped, stderr)
}
