// Package custody is the subcommand ledger: what the organiser asks of a ledger
// that lasts. Nothing here charges an account.
package custody

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/sqlite"
)

const help = `
ledger does one of these with a ledger that is there; nothing is charged.

  status     says what the accounts have lost and have left, and what was published
  verify     reads all of the journal and prints its head, to be kept elsewhere;
             with -since it is held against a head that was kept
  export     writes the files of a release again, such as one whose files are lost
  back-up    copies the ledger, as it is at one moment, and prints the head of the
             copy. The key is not in it: keep a copy of that in another place
  certify    writes the certificate of a release, for maturitybench verify: the
             public one, or with -full the one for an auditor with the noisy numbers
  withdraw   journals that a release should not be used any more, and why, in a line
             for its readers; the notice is written beside the release too, as
             withdrawal.json, which report shows and compare, trend and prior respect.
             It gives no budget back and cannot be taken back
  accept     opens a ledger that has lost the head beside its key, on your word that
             it is the latest: compare it with the releases that are out first, and
             state with -since a head that was kept elsewhere if there is one

  maturitybench ledger status
  maturitybench ledger verify -since HEAD
  maturitybench ledger export -account jsp -wave 2026
  maturitybench ledger back-up
  maturitybench ledger certify -account jsp -wave 2026
  maturitybench ledger withdraw -account jsp -wave 2026 -reason "one sector was read twice"

To restore a back-up, put it in the place of the ledger, beside its key and its head.
One that is older than that head is refused: what it has forgotten would be charged
again. Exit codes: 0 done; 1 refused, tampered with or bad input; 2 wrong flags.`

// options are the flags of one run.
type options struct {
	ledger, account, wave, out string
	copy                       string
	certificate, reason        string
	revision                   int
	full                       bool
	since                      ledger.Head
}

// job is one verb of the subcommand.
type job struct {
	name    string
	ofAWave bool // needs -account and -wave
	run     func(context.Context, *ledger.Ledger, options, io.Writer) error
}

var jobs = []job{
	{"status", false, status},
	{"verify", false, verify},
	{"export", true, export},
	{"back-up", false, backUp},
	{"certify", true, certify},
	{"withdraw", true, withdraw},
	{"accept", false, verify},
}

const verbs = "status, verify, export, back-up, certify, withdraw or accept"

// Run is the subcommand ledger. It returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o := options{}
	flags := flag.NewFlagSet("ledger", flag.ContinueOnError)
	flags.StringVar(&o.ledger, "ledger", "ledger/ledger.db", "`path` of the ledger")
	flags.StringVar(&o.account, "account", "", "`id` of the account (export, certify, withdraw)")
	flags.StringVar(&o.wave, "wave", "", "`id` of the wave (export, certify, withdraw)")
	flags.IntVar(&o.revision, "revision", 1, "`number` of the revision (export, certify, withdraw)")
	flags.StringVar(&o.out, "out", "", "`directory` for the files, made if there is none (export; default restored/WAVE; withdraw: the release's, default out/WAVE)")
	flags.StringVar(&o.certificate, "certificate", "certificate.json", "`path` of the certificate, which must not be there (certify)")
	flags.BoolVar(&o.full, "full", false, "with the noisy numbers, for an auditor (certify)")
	flags.StringVar(&o.reason, "reason", "", "why, in a `line` for the readers of the release (withdraw)")
	flags.Func("since", "`head` that was kept (verify, accept)", func(text string) (err error) {
		o.since, err = ledger.ParseHead(text)
		return err
	})
	verb := ""
	if len(args) > 0 {
		verb = args[0]
	}
	at := slices.IndexFunc(jobs, func(j job) bool { return j.name == verb })
	if at >= 0 {
		args = args[1:]
	} else if verb == "" || verb[0] != '-' {
		fmt.Fprintf(stderr, "ledger: expected %s; -h explains them\n", verbs)
		return command.Usage
	}
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	switch {
	case at < 0:
		fmt.Fprintf(stderr, "ledger: %s comes before the flags; -h explains them\n", verbs)
		return command.Usage
	case jobs[at].ofAWave && (o.account == "" || o.wave == ""):
		fmt.Fprintf(stderr, "ledger: %s needs -account and -wave; -h explains the flags\n", verb)
		return command.Usage
	}
	if err := open(ctx, o, jobs[at], stdout); err != nil {
		fmt.Fprintf(stderr, "ledger: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// open does a job with a ledger that is there.
func open(ctx context.Context, o options, j job, stdout io.Writer) (err error) {
	start := sqlite.Open
	if j.name == "accept" {
		start = func(ctx context.Context, path string) (*ledger.Ledger, error) {
			return sqlite.Accept(ctx, path, o.since)
		}
	}
	l, err := start(ctx, o.ledger)
	if errors.Is(err, ledger.ErrMissing) {
		return fmt.Errorf("there is no ledger at %s: publish names the place of its own, beside the plan, and -ledger says where to look", o.ledger)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	return j.run(ctx, l, o, stdout)
}
