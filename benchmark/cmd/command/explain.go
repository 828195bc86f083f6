package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"maturitybench/benchmark"
	"maturitybench/benchmark/input"
)

// packageName is how errors of the library begin, which says nothing to a person: on their
// own, and within another where it is no key of a file.
var packageName = regexp.MustCompile(`^(benchmark|compare|exports|instrument|mapping|parquet|publication|report|responses|xlsx): |\b(compare|publication|report): `)

// Explain is the text of an error for a person: the problems of wrong files, a
// line each, or one sentence.
func Explain(ctx context.Context, err error) string {
	if Interrupted(ctx, err) {
		return "interrupted"
	}
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		lines[i] = packageName.ReplaceAllString(line, "")
	}
	if _, ok := errors.AsType[*input.Error](err); ok || len(lines) > 1 {
		return "the input cannot be used:\n" + strings.Join(lines, "\n")
	}
	return lines[0]
}

// Interrupted reports whether err is there because ctx is done.
func Interrupted(ctx context.Context, err error) bool {
	return ctx.Err() != nil && errors.Is(err, ctx.Err())
}

// Warn prints the remarks on a plan.
func Warn(w io.Writer, program string, plan *benchmark.Plan) {
	for _, warning := range plan.Warnings() {
		fmt.Fprintf(w, "%s: warning: %s\n", program, warning)
	}
}
