package custody

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"maturitybench/benchmark/cmd/output"
	"maturitybench/benchmark/report"
	"maturitybench/privacy/ledger"
)

// status prints how every account stands, and its publications.
func status(ctx context.Context, l *ledger.Ledger, _ options, stdout io.Writer) error {
	accounts, err := l.Accounts(ctx)
	if err != nil {
		return err
	}
	var b strings.Builder
	if len(accounts) == 0 {
		b.WriteString("No account has been opened.\n")
	}
	for _, account := range accounts {
		standing, err := l.Remaining(ctx, account.ID)
		if err != nil {
			return err
		}
		published, err := l.Publications(ctx, account.ID)
		if err != nil {
			return err
		}
		ever, delta := standing.Lost()
		fmt.Fprintf(&b, "Account %s, %s roster: ε = %v of %v is lost within %s, about %v is left; since it was opened ε = %v at δ = %v.\n",
			account.ID, account.Roster, standing.Spent(), account.Epsilon, account.Window, standing.Left(), ever, delta)
		t := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
		for _, p := range published {
			notice := ""
			if stored, err := l.Publication(ctx, account.ID, p.Wave, p.Revision); err != nil {
				return err
			} else if stored.Withdrawn != nil {
				notice = "withdrawn: " + stored.Withdrawn.Reason
			}
			fmt.Fprintf(t, "  wave %s\trevision %d\t%s\t%s\n", p.Wave, p.Revision, p.Time.Format(time.DateOnly), notice)
		}
		t.Flush()
	}
	_, err = io.WriteString(stdout, b.String())
	return err
}

// verify prints the head of the journal, which continues the one that was kept.
func verify(ctx context.Context, l *ledger.Ledger, o options, stdout io.Writer) (err error) {
	var head ledger.Head
	if o.since == head {
		head, err = l.Verify(ctx)
	} else {
		head, err = l.VerifySince(ctx, o.since)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "The journal is as it was written. Its head:\n%s\n", head)
	return err
}

// export writes the files of a stored release.
func export(ctx context.Context, l *ledger.Ledger, o options, stdout io.Writer) error {
	stored, err := l.Publication(ctx, o.account, o.wave, o.revision)
	if err != nil {
		return err
	}
	release, err := output.Stored(stored)
	if err != nil {
		return err
	}
	if o.out == "" {
		o.out = filepath.Join("restored", output.Folder(o.wave, o.revision))
	}
	if err := output.Free(o.out, o.account, o.wave, o.revision); err != nil {
		return err
	}
	files, err := output.Release(release, report.Options{})
	if err != nil {
		return err
	}
	if err := output.Prepare(o.out); err != nil {
		return err
	}
	if err := output.Write(o.out, files); err != nil {
		return err
	}
	for _, file := range files {
		fmt.Fprintln(stdout, filepath.Join(o.out, file.Name))
	}
	return nil
}
