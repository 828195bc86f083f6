package custody

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/sqlite"
)

// backUp copies the ledger into a new file.
func backUp(ctx context.Context, l *ledger.Ledger, o options, stdout io.Writer) error {
	if o.copy == "" {
		head, err := l.Verify(ctx)
		if err != nil {
			return err
		}
		o.copy = filepath.Join("back-up", fmt.Sprintf("ledger-%d.db", head.Number))
	}
	if err := os.MkdirAll(filepath.Dir(o.copy), 0o700); err != nil {
		return err
	}
	head, err := sqlite.BackUp(ctx, o.ledger, o.copy)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%s\nIts head:\n%s\nThe key is not in it: keep a copy of %s.key, which never changes, in another place.\n", o.copy, head, o.ledger)
	return err
}
