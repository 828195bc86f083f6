// Package protection is the subcommand privacy: one page for the privacy officer and the
// members of a survey, before anything is collected, from the plan and the account alone.
package protection

import (
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/output"
)

const help = `
privacy writes what a privacy officer asks before anything is collected, and what
members should be told: who is protected from what, ε and δ in words and numbers, groups,
what adds up over the years, custody, retention, and what remains at risk. It is made
from the plan and the account alone: it reads no answers, opens no ledger and charges
nothing. It writes privacy.html, which prints well, and privacy.txt.

  maturitybench privacy -instrument survey/instrument.yaml -plan survey/plan.yaml -account survey/account.yaml

A file that is not given is the built-in one. In another language the titles are those
that the instrument has in it; ids stay as they are.

Exit codes: 0 written; 1 bad input or interrupted; 2 wrong flags.`

// options are the paths of one run.
type options struct{ instrument, plan, account, out, language string }

// Run is the subcommand privacy. It returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("privacy", flag.ContinueOnError)
	flags.StringVar(&o.instrument, "instrument", "", "`path` of the instrument, YAML or JSON")
	flags.StringVar(&o.plan, "plan", "", "`path` of the plan, YAML or JSON")
	flags.StringVar(&o.account, "account", "", "`path` of the account, YAML or JSON")
	flags.StringVar(&o.out, "out", "", "`directory` for the files, made if there is none (default that of the plan, or out)")
	o.language = "en"
	flags.Func("language", "`language` of the page: "+command.Languages()+" (default en)", command.Language(&o.language))
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	switch {
	case o.out == "" && o.plan == "":
		o.out = "out"
	case o.out == "":
		o.out = filepath.Dir(o.plan)
	}
	if err := write(ctx, o, stdout); err != nil {
		fmt.Fprintf(stderr, "privacy: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// write is the whole job.
func write(ctx context.Context, o options, stdout io.Writer) error {
	in, err := command.Instrument(o.instrument)
	if err != nil {
		return err
	}
	plan, err := command.Plan(in, o.plan)
	if err != nil {
		return err
	}
	account, err := command.Account(o.account)
	if err != nil {
		return err
	}
	if err := command.Fits(plan, account); err != nil {
		return err
	}
	f, err := newFacts(in, plan, account)
	if err != nil {
		return err
	}
	f.asked = f.asked.In(o.language)
	p := language{o.language, func(string) {}}.page(f.page())
	page, err := p.html()
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	files := []output.File{{Name: "privacy.html", Data: page}, {Name: "privacy.txt", Data: p.text()}}
	if err := output.Prepare(o.out); err != nil {
		return err
	}
	if err := output.Write(o.out, files); err != nil {
		return err
	}
	for _, file := range files {
		fmt.Fprintln(stdout, filepath.Join(o.out, file.Name))
	}
	return nil
}
