package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"maturitybench/benchmark"
	"maturitybench/benchmark/cmd/command"
	"maturitybench/benchmark/publication"
)

// version prints what the program was built from, and what it writes.
func version(_ context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("version", flag.ContinueOnError)
	if code, done := command.Parse(flags, "version prints what the program was built from.", args, stdout, stderr); done {
		return code
	}
	built, commit := "(devel)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		built = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = " of commit " + s.Value
			}
		}
	}
	fmt.Fprintf(stdout, "maturitybench %s%s, %s %s/%s\nestimator %s, writes %s\n",
		built, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH, benchmark.Estimator, publication.Format)
	return command.Done
}
