package custody

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"maturitybench/benchmark/certificate"
	"maturitybench/benchmark/cmd/output"
	"maturitybench/privacy/ledger"
)

// certify writes the certificate of a publication. One that is there is not
// replaced: it may have been handed out.
func certify(ctx context.Context, l *ledger.Ledger, o options, stdout io.Writer) error {
	stored, err := l.Publication(ctx, o.account, o.wave, o.revision)
	if err != nil {
		return err
	}
	c, err := certificate.Make(stored.Plan, stored.Record)
	if err != nil {
		return err
	}
	mode := os.FileMode(0o600) // an auditor's
	if !o.full {
		mode = 0o666
		if c, err = c.Public(); err != nil {
			return err
		}
	}
	data, err := c.Encode()
	if err != nil {
		return err
	}
	if err := output.Create(o.certificate, data, mode); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%s\nThe plan has the hash %s.\n", o.certificate, c.PlanHash)
	return err
}

// withdraw journals the notice that a publication should not be used any more.
func withdraw(ctx context.Context, l *ledger.Ledger, o options, stdout io.Writer) error {
	notice, err := l.Withdraw(ctx, o.account, o.wave, o.revision, o.reason)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "Withdrawn on %s: wave %s of account %s, revision %d: %s\nNo budget came back: what was published has been read.\n",
		notice.Time.Format(time.DateOnly), notice.Wave, notice.Account, notice.Revision, notice.Reason)
	return err
}
