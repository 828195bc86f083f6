// Command intake gets from the export of a survey tool to answer sheets that can
// be published. Nothing is charged.
//
//	go run ./examples/intake draft -export export.csv
//	go run ./examples/intake draft -export export.csv -instrument instrument.yaml
//	go run ./examples/intake check -export export.csv -instrument instrument.yaml -import import.yaml
//
// draft writes import.yaml, and without an instrument a first instrument.yaml,
// to be edited; it never writes over a file. check says what would be counted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"maturitybench/benchmark/exports"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/mapping"
	"maturitybench/examples/internal/command"
)

const help = `
intake draft looks at the export of a survey tool and writes import.yaml, and
without -instrument a first instrument.yaml: drafts to be edited.
intake check reads the export through import.yaml and says what would be
counted, and what is wrong. Neither opens a ledger or charges anything.

Exit codes: 0 drafted, or ready to be published; 1 problems; 2 wrong flags.`

func main() { command.Main(run) }

// options are the paths of one run.
type options struct{ export, instrument, mapping, out string }

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	verb := ""
	if len(args) > 0 {
		verb, args = args[0], args[1:]
	}
	var o options
	flags := flag.NewFlagSet("intake", flag.ContinueOnError)
	flags.StringVar(&o.export, "export", "", "`path` of the export: .csv, .tsv, .txt, .json, .jsonl or .xlsx")
	flags.StringVar(&o.instrument, "instrument", "", "`path` of the instrument, YAML or JSON")
	flags.StringVar(&o.mapping, "import", "", "`path` of the mapping, YAML or JSON (check)")
	flags.StringVar(&o.out, "out", ".", "`directory` for the drafts, made if there is none (draft)")
	jobs := map[string]func(context.Context, options, io.Writer) error{"draft": draft, "check": check}
	job := jobs[verb]
	if job == nil && verb != "-h" && verb != "-help" && verb != "--help" {
		fmt.Fprintln(stderr, "intake: draft or check; -h explains the flags")
		return command.Usage
	}
	if job == nil {
		args = []string{"-h"}
	}
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	if o.export == "" || verb == "check" && o.instrument == "" {
		fmt.Fprintln(stderr, "intake: -export is needed, and -instrument for check; -h explains the flags")
		return command.Usage
	}
	if err := job(ctx, o, stdout); err != nil {
		fmt.Fprintf(stderr, "intake: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// draft writes the drafts.
func draft(_ context.Context, o options, stdout io.Writer) error {
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
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err = errors.Join(err, file.Close()); err == nil {
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
