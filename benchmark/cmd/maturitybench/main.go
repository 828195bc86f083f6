// Command maturitybench is the organiser's tool: from the export of a survey
// tool to the published report, and what comes after it.
//
//	go install maturitybench/benchmark/cmd/maturitybench
//	maturitybench -h
package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/internal/custody"
	"maturitybench/benchmark/cmd/internal/forecast"
	"maturitybench/benchmark/cmd/internal/intake"
	"maturitybench/benchmark/cmd/internal/protection"
	"maturitybench/benchmark/cmd/internal/publish"
	"maturitybench/benchmark/cmd/internal/rerender"
	"maturitybench/benchmark/cmd/internal/setup"
	"maturitybench/benchmark/cmd/internal/standing"
	"maturitybench/benchmark/cmd/internal/trend"
	"maturitybench/benchmark/cmd/internal/verify"
)

// job is a subcommand.
type job struct {
	name, title string
	run         func(ctx context.Context, args []string, stdout, stderr io.Writer) int
}

// jobs are the subcommands in the order of a survey.
var jobs = []job{
	{"init", "write an account, a plan, an instrument and an empty answer sheet into a new folder", setup.Run},
	{"draft", "draft an instrument and a mapping from the export of a survey tool", intake.Draft},
	{"check", "say what would be counted of an export", intake.Check},
	{"forecast", "say what a plan can be expected to publish, before any data", forecast.Run},
	{"privacy", "write the page for the privacy officer and the members, before any data", protection.Run},
	{"publish", "charge the account and write the release and its report", publish.Run},
	{"report", "write the report of a release again, with a title, a logo and more", rerender.Run},
	{"compare", "tell one company where it stands", standing.Run},
	{"trend", "compare the releases of several waves", trend.Run},
	{"verify", "check the certificate of a publication, without data or ledger", verify.Run},
	{"ledger", "show or verify the ledger, get a release out of it, certify or withdraw one", custody.Run},
	{"version", "print the version", version},
}

const example = `
A survey from its export to the report:

  maturitybench draft -export form.csv
  maturitybench check -export form.csv -instrument instrument.yaml -import import.yaml
  maturitybench init -instrument instrument.yaml -roster secret -companies 100
  maturitybench forecast -instrument survey/instrument.yaml -plan survey/plan.yaml
  maturitybench publish -instrument survey/instrument.yaml -import import.yaml \
      -responses form.csv -plan survey/plan.yaml -account survey/account.yaml
  maturitybench report -title "State of the industry"

Exit codes: 0 done; 1 refused, bad input or interrupted; 2 wrong flags.`

func main() { command.Main(run) }

// run is the program without the process around it. It returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 {
		for _, j := range jobs {
			if j.name == args[0] {
				return j.run(ctx, args[1:], stdout, stderr)
			}
		}
		switch args[0] {
		case "-h", "-help", "--help", "help":
			usage(stdout)
			return command.Done
		}
		var names []string
		for _, j := range jobs {
			names = append(names, j.name)
		}
		fmt.Fprintf(stderr, "maturitybench: %q is no subcommand: expected %s; -h explains them\n", args[0], strings.Join(names, ", "))
		return command.Usage
	}
	usage(stderr)
	return command.Usage
}

// usage lists the subcommands.
func usage(w io.Writer) {
	fmt.Fprint(w, "maturitybench publishes how an industry scores itself, with differential privacy.\n\n")
	t := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for _, j := range jobs {
		fmt.Fprintf(t, "  maturitybench %s\t%s\n", j.name, j.title)
	}
	t.Flush()
	fmt.Fprintf(w, "\n-h after a subcommand explains its flags.\n%s\n", example)
}
