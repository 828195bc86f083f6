// Package trend is the subcommand trend: the change over several waves, from
// their releases alone.
package trend

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"

	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/cmd/output"
	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
)

const help = `
trend compares the releases of two or more waves of an account and writes trend.md,
trend.csv, and smoothed.csv: the means of all waves as they are seen from the last one,
beside what was published. It reads published files only and charges nothing.

  maturitybench trend -release 2026/release.json -release 2027/release.json -out trend

Exit codes: 0 written; 1 bad input or interrupted; 2 wrong flags.`

// Run is the subcommand trend. It returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var out string
	var paths []string
	flags := flag.NewFlagSet("trend", flag.ContinueOnError)
	flags.Func("release", "`path` of a release, once for each wave, the oldest first", func(path string) error {
		paths = append(paths, path)
		return nil
	})
	var o report.Options
	flags.Func("language", "`language` of the texts: "+command.Languages()+" (default en)", command.Language(&o.Language))
	flags.StringVar(&out, "out", "trend", "`directory` for the files, made if there is none")
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	if len(paths) < 2 {
		fmt.Fprintln(stderr, "trend: -release is needed twice or more; -h explains the flags")
		return command.Usage
	}
	if err := show(ctx, paths, out, o, stdout); err != nil {
		fmt.Fprintf(stderr, "trend: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// show is the whole job.
func show(ctx context.Context, paths []string, out string, o report.Options, stdout io.Writer) error {
	var releases []*publication.Release
	for _, path := range paths {
		release, err := publication.Load(path)
		if err != nil {
			return err
		}
		releases = append(releases, release)
	}
	changes, err := compare.Trend(releases...)
	if err != nil {
		return err
	}
	var text, table, smoothed bytes.Buffer
	if err := errors.Join(report.ChangesMarkdown(&text, changes, o), report.ChangesCSV(&table, changes), report.SmoothedCSV(&smoothed, changes)); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := output.Prepare(out); err != nil {
		return err
	}
	files := []output.File{{Name: "trend.md", Data: text.Bytes()}, {Name: "trend.csv", Data: table.Bytes()}, {Name: "smoothed.csv", Data: smoothed.Bytes()}}
	if err := output.Write(out, files); err != nil {
		return err
	}
	for _, f := range files {
		if _, err := fmt.Fprintln(stdout, filepath.Join(out, f.Name)); err != nil {
			return err
		}
	}
	return nil
}
