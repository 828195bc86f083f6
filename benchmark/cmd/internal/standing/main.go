// Package standing tells one company where it stands: it reads the company's
// own answers and a published release, and writes standing.html, standing.md
// and standing.json. Nothing is sent anywhere, no ledger is opened, and nobody's
// privacy is charged. Without -own it compares a made-up company.
//
//	maturitybench publish
//	maturitybench compare
//	maturitybench compare -release release.json -own own.json -out standing
package standing

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"io"

	"maturitybench/benchmark/cmd/command"
)

const help = `
compare tells one company where it stands among those of a release.

It reads the company's own answers, a table with one row (.csv) or one object
(.json), as it was handed in, and the published release.json, and writes
standing.html, standing.md and standing.json for the company's own eyes.
Everything is computed here: nothing is sent anywhere, no ledger is opened, and
it costs no privacy.

Without -release it takes the release that publish wrote to out; without -own
it compares a made-up company. -instrument is needed only for answer files with
texts that mean no answer, or with further columns: a release does not have
these rules.

Exit codes: 0 done, 1 bad input, 2 wrong flags.`

// options are the paths of one run.
type options struct {
	release, own, instrument, out string
	language                      string
}

// madeUp is the answer sheet of a company that does not exist.
//
//go:embed own.json
var madeUp []byte

// Run is the program without the process around it. It returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.StringVar(&o.release, "release", "", "`path` of the release (default the only one in out)")
	flags.StringVar(&o.own, "own", "", "`path` of the company's own answers, .csv or .json")
	flags.StringVar(&o.instrument, "instrument", "", "`path` of the instrument with its rules of intake (default the release's)")
	flags.Func("language", "`language` of the texts: "+command.Languages()+" (default en)", command.Language(&o.language))
	flags.StringVar(&o.out, "out", "standing", "`directory` for the files, made if there is none")
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	if err := show(ctx, o, stdout); err != nil {
		fmt.Fprintf(stderr, "compare: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}
