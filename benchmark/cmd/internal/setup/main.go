// Package setup is the subcommand init: it writes the files that a survey begins
// with into a new folder, with comments.
package setup

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/instrument"
	"maturitybench/privacy"
)

const help = `
init writes what a survey begins with into a new folder: the account and the plan, a
copy of the instrument, an empty answer sheet as CSV and as a workbook, and a README
that explains them. They are to be read and edited; it never writes over a file.

-roster says who is protected, which only the organiser can know:
  secret    that a company took part, and its answers
  public    its answers; the list of participants is published or known
  counted   its answers, and which companies took part; how many is published

  maturitybench init -roster secret -companies 100 -out survey

Exit codes: 0 written; 1 bad input, or something is there already; 2 wrong flags.`

// options are the flags of one run.
type options struct {
	out, instrument string
	texts           string
	account, wave   string
	roster          privacy.Roster
	companies       int
	cohorts         []string
}

// Run is the subcommand init. It returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("init", flag.ContinueOnError)
	flags.StringVar(&o.out, "out", "survey", "`directory` for the files, which must not be there or be empty")
	flags.StringVar(&o.instrument, "instrument", "", "`path` of the instrument to copy, YAML or JSON, or the name of one that ships: "+strings.Join(instrument.Names(), ", ")+" (default jsp)")
	flags.StringVar(&o.texts, "texts", "", "`path` of other words for the instrument, official ones or a translation, YAML or JSON; they become part of its version")
	o.wave = fmt.Sprint(time.Now().Year())
	flags.Func("account", "`id` of the account (default that of the instrument)", id(&o.account))
	flags.Func("wave", "`id` of the first wave (default the year)", id(&o.wave))
	flags.Func("roster", "`who` is protected: secret, public or counted; there is no default", func(text string) error {
		if o.roster = privacy.Roster(text); !o.roster.Valid() {
			return errors.New("expected secret, public or counted")
		}
		return nil
	})
	flags.Func("companies", "`number` of companies that are expected to answer, from 5 on", func(text string) (err error) {
		if o.companies, err = strconv.Atoi(text); err != nil || o.companies < 5 || o.companies > 10_000_000 {
			return errors.New("expected a whole number from 5 to 10000000")
		}
		return nil
	})
	flags.Func("cohorts", "`ids` of the attributes to report beside all companies, separated by commas (default none)", func(text string) error {
		o.cohorts = command.List(text)
		return nil
	})
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	if o.roster == "" || o.companies == 0 {
		fmt.Fprintln(stderr, "init: -roster (secret, public or counted) and -companies (a number from 5) are needed; -h explains the flags")
		return command.Usage
	}
	if err := create(o, stdout); err != nil {
		fmt.Fprintf(stderr, "init: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// id reads the value of a flag that is an id.
func id(to *string) func(string) error {
	return func(text string) error {
		if !privacy.ValidID(text) {
			return errors.New("expected 1 to 64 letters, digits, dots, underscores or hyphens, a letter or digit first")
		}
		*to = text
		return nil
	}
}
