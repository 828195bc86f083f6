// Package intake gets from the export of a survey tool to answer sheets that can
// be published. Nothing is charged.
//
//	maturitybench draft -export export.csv
//	maturitybench draft -export export.csv -instrument instrument.yaml
//	maturitybench check -export export.csv -instrument instrument.yaml -import import.yaml
//
// draft writes import.yaml, and without an instrument a first instrument.yaml,
// to be edited; it never writes over a file. check says what would be counted.
package intake

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/output"
	"maturitybench/benchmark/exports"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
)

const draftHelp = `
draft looks at the export of a survey tool and writes import.yaml, and without
-instrument a first instrument.yaml: drafts to be edited. It never writes over a
file, opens no ledger and charges nothing.

  maturitybench draft -export form.csv -out survey

Exit codes: 0 drafted; 1 problems; 2 wrong flags.`

const checkHelp = `
check reads an export through import.yaml and says what would be counted, and what
is wrong. It opens no ledger and charges nothing.

  maturitybench check -export form.csv -instrument instrument.yaml -import import.yaml

Exit codes: 0 ready to be published; 1 problems; 2 wrong flags.`

// options are the paths of one run.
type options struct{ export, instrument, mapping, out string }

// Draft is the subcommand draft. It returns the exit code.
func Draft(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	flags := o.flags("draft")
	flags.StringVar(&o.out, "out", ".", "`directory` for the drafts, made if there is none")
	if code, done := command.Parse(flags, draftHelp, args, stdout, stderr); done {
		return code
	}
	if o.export == "" {
		fmt.Fprintln(stderr, "draft: -export is needed; -h explains the flags")
		return command.Usage
	}
	return end(ctx, "draft", draft(o, stdout), stderr)
}

// Check is the subcommand check. It returns the exit code.
func Check(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	flags := o.flags("check")
	flags.StringVar(&o.mapping, "import", "", "`path` of the mapping, YAML or JSON")
	if code, done := command.Parse(flags, checkHelp, args, stdout, stderr); done {
		return code
	}
	if o.export == "" || o.instrument == "" {
		fmt.Fprintln(stderr, "check: -export and -instrument are needed; -h explains the flags")
		return command.Usage
	}
	return end(ctx, "check", check(ctx, o, stdout), stderr)
}

// flags are those that both have.
func (o *options) flags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.StringVar(&o.export, "export", "", "`path` of the export: .csv, .tsv, .txt, .json, .jsonl or .xlsx")
	flags.StringVar(&o.instrument, "instrument", "", "`path` of the instrument, YAML or JSON")
	return flags
}

// end says what went wrong, if anything did.
func end(ctx context.Context, name string, err error, stderr io.Writer) int {
	if err != nil {
		fmt.Fprintf(stderr, "%s: %s\n", name, command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// draft writes the drafts.
func draft(o options, stdout io.Writer) error {
	export, err := command.Export(o.export)
	if err != nil {
		return err
	}
	var in *instrument.Instrument
	if o.instrument != "" {
		if in, err = instrument.Load(o.instrument); err != nil {
			return err
		}
	}
	drafted, err := exports.Draft(export, in)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.out, 0o777); err != nil {
		return err
	}
	return errors.Join(write(o.out, "instrument.yaml", drafted.Instrument, stdout), write(o.out, "import.yaml", drafted.Mapping, stdout))
}

// write writes a draft where no file is.
func write(dir, name string, data []byte, stdout io.Writer) error {
	if data == nil {
		return nil
	}
	path := filepath.Join(dir, name)
	err := output.Create(path, data, 0o666)
	if err == nil {
		fmt.Fprintln(stdout, path)
	}
	return err
}

// errNotReady ends check where the export cannot be published as it is.
var errNotReady = errors.New("not ready to be published")

// check prints what would be counted.
func check(ctx context.Context, o options, stdout io.Writer) error {
	in, err := instrument.Load(o.instrument)
	if err != nil {
		return err
	}
	var m *mapping.Mapping
	if o.mapping != "" {
		if m, err = mapping.Load(o.mapping); err != nil {
			return err
		}
	}
	export, err := command.Export(o.export)
	if err != nil {
		return err
	}
	report, err := exports.Check(ctx, export, in, m)
	if err != nil {
		return err
	}
	fmt.Fprint(stdout, report)
	if !report.Ready() {
		return errNotReady
	}
	return nil
}
