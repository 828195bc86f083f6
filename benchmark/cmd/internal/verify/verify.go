// Package verify is the subcommand verify: it checks the certificate of a
// publication without its data and without its ledger.
package verify

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"maturitybench/benchmark/certificate"
	"maturitybench/benchmark/cmd/command"
)

const help = `
verify checks the certificate of a publication: what its plan means in numbers is
derived again, and, if the noisy numbers are in it, every printed number. It says
what was checked and what was not, and needs neither data nor ledger.

With -against another certificate of the same publication is held against it: two
that disagree convict whoever issued them. With -release the file that was
published must be the certified one, and with -plan-hash the plan the one whose
hash was announced.

  maturitybench verify -certificate certificate.json -release out/2026/release.json

Exit codes: 0 all of it holds; 1 something does not, or bad input; 2 wrong flags.`

// options are the flags of one run.
type options struct{ certificate, against, release, planHash string }

// Run is the subcommand verify. It returns the exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.StringVar(&o.certificate, "certificate", "certificate.json", "`path` of the certificate")
	flags.StringVar(&o.against, "against", "", "`path` of another certificate of the same publication")
	flags.StringVar(&o.release, "release", "", "`path` of the published release.json")
	flags.StringVar(&o.planHash, "plan-hash", "", "`hash` of the plan as it was announced")
	if code, done := command.Parse(flags, help, args, stdout, stderr); done {
		return code
	}
	if err := verify(o, stdout); err != nil {
		fmt.Fprintf(stderr, "verify: %s\n", command.Explain(ctx, err))
		return command.Refused
	}
	return command.Done
}

// verify prints what was checked, after all of it holds.
func verify(o options, stdout io.Writer) error {
	var options []certificate.Option
	if o.planHash != "" {
		options = append(options, certificate.Announced(o.planHash))
	}
	c, report, err := load(o.certificate, options...)
	if err != nil {
		return err
	}
	if o.release != "" {
		data, err := os.ReadFile(o.release)
		if err != nil {
			return err
		}
		if string(data) != c.Release {
			return fmt.Errorf("%s is not the release of %s", o.release, o.certificate)
		}
		report.Checked = append(report.Checked, "that "+o.release+" is the certified release")
	}
	if o.against != "" {
		other, _, err := load(o.against)
		if err != nil {
			return err
		}
		if err := certificate.Compare(c, other); err != nil {
			return err
		}
		report.Checked = append(report.Checked, "that "+o.against+" does not contradict it")
	}
	return show(stdout, c, report)
}

// load reads and verifies a certificate.
func load(path string, options ...certificate.Option) (*certificate.Certificate, certificate.Report, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, certificate.Report{}, err
	}
	c, err := certificate.Parse(data)
	if err != nil {
		return nil, certificate.Report{}, fmt.Errorf("%s: %w", path, err)
	}
	report, err := certificate.Verify(c, options...)
	if err != nil {
		return nil, report, fmt.Errorf("%s: %w", path, err)
	}
	return c, report, nil
}

func show(w io.Writer, c *certificate.Certificate, report certificate.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Wave %s of account %s, revision %d: the %s certificate holds.\nChecked:\n", c.Wave, c.Account, c.Revision, c.Kind)
	for _, text := range report.Checked {
		fmt.Fprintf(&b, "  %s\n", text)
	}
	b.WriteString("Not checked:\n")
	for _, text := range report.Unchecked {
		fmt.Fprintf(&b, "  %s\n", text)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
