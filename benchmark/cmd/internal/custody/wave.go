package custody

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"maturitybench/benchmark/certificate"
	"maturitybench/benchmark/cmd/output"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy/ledger"
)

// certify writes the certificate of a publication. One that is there is not
// replaced: it may have been handed out.
func certify(ctx context.Context, l *ledger.Ledger, o options, stdout io.Writer) error {
	stored, err := l.Publication(ctx, o.account, o.wave, o.revision)
	if err != nil {
		return err
	}
	c, err := certificate.Make(stored.Plan, stored.Record, stored.Journal.String())
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

// withdraw journals the notice that a publication should not be used any more, and
// writes it beside the release.
func withdraw(ctx context.Context, l *ledger.Ledger, o options, stdout io.Writer) error {
	if o.out == "" {
		o.out = filepath.Join("out", output.Folder(o.wave, o.revision))
	}
	if err := output.Free(o.out, o.account, o.wave, o.revision); err != nil {
		return err
	}
	notice, err := l.Withdraw(ctx, o.account, o.wave, o.revision, o.reason)
	if err != nil {
		return err
	}
	stored, err := l.Publication(ctx, o.account, o.wave, o.revision)
	if err != nil {
		return err
	}
	release, err := output.Stored(stored)
	if err != nil {
		return err
	}
	data, err := release.Withdrawn.Encode()
	if err != nil {
		return err
	}
	if err := output.Prepare(o.out); err != nil {
		return err
	}
	if err := output.Write(o.out, []output.File{{Name: publication.WithdrawalFile, Data: data}}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "Withdrawn on %s: wave %s of account %s, revision %d: %s\nNo budget came back: what was published has been read.\n"+
		"%s is the notice: keep it beside every copy of release.json, and write the report again (maturitybench report), which shows it.\n",
		notice.Time.Format(time.DateOnly), notice.Wave, notice.Account, notice.Revision, notice.Reason, filepath.Join(o.out, publication.WithdrawalFile))
	return err
}
