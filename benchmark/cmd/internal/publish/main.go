// Package publish does the main job: it reads answer sheets, charges the
// privacy account, and writes release.json, tables.csv with datapackage.json,
// release.xlsx, report.md, report.html and standing.html. Without flags it publishes a synthetic
// panel that is built in.
//
//	maturitybench publish
//	maturitybench publish -instrument i.yaml -responses r.csv -plan p.yaml -account a.yaml
//	maturitybench publish -instrument i.yaml -responses export.xlsx -import import.yaml -plan p.yaml -account a.yaml
//
// A file of answer sheets from 1 GiB on is not loaded: what takes more than 256 MiB of
// memory is read twice. -stream does that with any file. Jobs over two seconds draw a bar on a
// terminal.
//
// Run again on the same inputs it writes the same files and charges nothing.
package publish

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/privacy/ledger"
)

const help = `
publish reads answer sheets, charges the privacy account and writes
release.json, tables.csv with its description in datapackage.json,
release.xlsx, report.md, report.html and standing.html.

A file that is not given is the built-in one: the instrument of the MedTech
Joint Security Plan, and a synthetic panel of companies that do not exist, with
a plan and an account for a secret roster. Own answers need an own plan and
account. The account is opened in the ledger; the same account again is no
change. The same plan and answers again give the same files and charge nothing.

Every wave gets a folder of its own, and never writes over another one. The
ledger and its key lie apart from it, in the folder ledger beside the account's
file. Keep them where nobody else reads them, and keep using the same ledger: it
is what remembers the budget.

Before the first charge for own answers it says what the forecast expects, from
the plan alone. Where little or nothing is likely to be shown it asks; without a
terminal it charges nothing then unless -yes is there.

Exit codes: 0 published, also when every cohort is suppressed; 1 refused, bad
input, declined or interrupted; 2 wrong flags, or -yes is needed.`

// options are the paths of one run; empty inputs are the built-in ones.
type options struct {
	instrument, responses, mapping string
	plan, account                  string
	ledger, out                    string
	stream, yes                    bool
	makeLedgerFolder               bool        // the ledger has its usual place
	today                          time.Time   // as the organiser states it; zero: not at all
	since                          ledger.Head // that the organiser kept; zero: none
}

// Run is the program without the process around it. It returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("publish", flag.ContinueOnError)
	flags.StringVar(&o.instrument, "instrument", "", "`path` of the instrument, YAML or JSON")
	flags.StringVar(&o.responses, "responses", "", "`path` of the answer sheets, .csv, .jsonl or, as a survey tool writes them, .tsv, .json or .xlsx")
	flags.StringVar(&o.mapping, "import", "", "`path` of the mapping, for the export of a survey tool, YAML or JSON")
	flags.BoolVar(&o.stream, "stream", false, "read the answer sheets twice in place of loading them into memory; so are files from 1 GiB on")
	flags.StringVar(&o.plan, "plan", "", "`path` of the plan, YAML or JSON")
	flags.StringVar(&o.account, "account", "", "`path` of the account, YAML or JSON")
	flags.StringVar(&o.ledger, "ledger", "", "`path` of the ledger, made if there is none (default ledger/ledger.db beside the account's file)")
	flags.StringVar(&o.out, "out", "", "`directory` for the files, made if there is none (default out/WAVE)")
	flags.BoolVar(&o.yes, "yes", false, "publish without forecast and question, also where little or nothing is likely to be shown")
	flags.Func("since", "`head` of the ledger that was kept: a ledger that does not continue it is refused", func(text string) (err error) {
		o.since, err = ledger.ParseHead(text)
		return err
	})
	flags.Func("today", "today's `date`, such as 2029-03-01, stated by the organiser after the ledger asked for it", command.Date(&o.today))
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	if err := publish(ctx, o, os.Stdin, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "publish: %s\n", explain(ctx, err))
		if errors.Is(err, errUnasked) {
			return command.Usage
		}
		return command.Refused
	}
	return command.Done
}
