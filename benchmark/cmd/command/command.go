// Package command holds what the subcommands and the example programs have in common: signals and
// exit codes, flags, and input files that the fixture stands in for.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Exit codes of every program.
const (
	Done    = 0 // the job is done, or -h was asked for
	Refused = 1 // bad input, a refusal, a failure, or an interruption
	Usage   = 2 // wrong flags
)

// Main runs a program until it is done or interrupted, and ends the process
// with its exit code. A second interruption ends it at once.
func Main(run func(ctx context.Context, args []string, stdout, stderr io.Writer) int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// Parse reads the flags; -h prints the help to stdout. Arguments that are not
// flags are wrong, and so is a flag with an empty value, which is more likely
// an unset variable of a script than a wish for the default. If done, the
// program ends with code.
func Parse(flags *flag.FlagSet, help string, args []string, stdout, stderr io.Writer) (code int, done bool) {
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(stdout)
		fmt.Fprintf(stdout, "%s\n\nFlags:\n", strings.TrimSpace(help))
		flags.PrintDefaults()
		return Done, true
	}
	if err == nil {
		err = surplus(flags)
	}
	if err != nil {
		fmt.Fprintf(stderr, "%s: %s; -h explains the flags\n", flags.Name(), expectation(flags, err))
		return Usage, true
	}
	return Done, false
}

// surplus is the error of arguments that parse and yet mean nothing.
func surplus(flags *flag.FlagSet) (err error) {
	if flags.NArg() > 0 {
		return fmt.Errorf("argument %q is not a flag", flags.Arg(0))
	}
	flags.Visit(func(f *flag.Flag) {
		if _, shows := f.Value.(flag.Getter); shows && err == nil && f.Value.String() == "" { // one by Func never shows its value
			err = fmt.Errorf("flag -%s is empty", f.Name)
		}
	})
	return err
}
