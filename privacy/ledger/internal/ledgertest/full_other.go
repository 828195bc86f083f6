//go:build !unix

package ledgertest

import (
	"context"
	"errors"

	"maturitybench/privacy/ledger"
)

func fillDisk(context.Context, *ledger.Ledger, string, int) error {
	return errors.New("files cannot be limited here")
}
