// Package custody is the subcommand ledger: what the organiser asks of a ledger
// that lasts. Nothing here charges an account.
package custody

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/sqlite"
)

const help = `
ledger status says what the accounts of a ledger have lost and have left, and what
was published; ledger verify reads all of its journal and prints its head, to be
kept elsewhere, and with -since holds it against a head that was kept; ledger export
writes the files of a release that was published, such as one whose files are lost.

  maturitybench ledger status -ledger out/ledger.db
  maturitybench ledger verify -ledger out/ledger.db -since HEAD
  maturitybench ledger export -ledger out/ledger.db -account jsp -wave 2026 -out 2026

A ledger that is not there is an error, and is not made. Exit codes: 0 done;
1 refused, tampered with or bad input; 2 wrong flags.`

// options are the flags of one run.
type options struct {
	ledger, account, wave, out string
	revision                   int
	since                      ledger.Head
}

// Run is the subcommand ledger. It returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o := options{}
	flags := flag.NewFlagSet("ledger", flag.ContinueOnError)
	flags.StringVar(&o.ledger, "ledger", "out/ledger.db", "`path` of the ledger")
	flags.StringVar(&o.account, "account", "", "`id` of the account (export)")
	flags.StringVar(&o.wave, "wave", "", "`id` of the wave (export)")
	flags.IntVar(&o.revision, "revision", 1, "`number` of the revision (export)")
	flags.StringVar(&o.out, "out", "restored", "`directory` for the files, made if there is none (export)")
	flags.Func("since", "`head` that was kept (verify)", func(text string) (err error) {
		o.since, err = ledger.ParseHead(text)
		return err
	})
	jobs := map[string]func(context.Context, *ledger.Ledger, options, io.Writer) error{"status": status, "verify": verify, "export": export}
	verb := ""
	if len(args) > 0 {
		verb = args[0]
	}
	if jobs[verb] != nil {
		args = args[1:]
	} else if verb == "" || verb[0] != '-' {
		fmt.Fprintln(stderr, "ledger: status, verify or export; -h explains the flags")
		return command.Usage
	}
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	if jobs[verb] == nil {
		fmt.Fprintln(stderr, "ledger: status, verify or export comes before the flags; -h explains them")
		return command.Usage
	}
	if verb == "export" && (o.account == "" || o.wave == "") {
		fmt.Fprintln(stderr, "ledger: export needs -account and -wave; -h explains the flags")
		return command.Usage
	}
	if err := open(ctx, o, jobs[verb], stdout); err != nil {
		fmt.Fprintf(stderr, "ledger: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// open does a job with a ledger that is there.
func open(ctx context.Context, o options, job func(context.Context, *ledger.Ledger, options, io.Writer) error, stdout io.Writer) (err error) {
	if _, err := os.Stat(o.ledger); err != nil {
		return err
	}
	l, err := sqlite.Open(ctx, o.ledger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	return job(ctx, l, o, stdout)
}
