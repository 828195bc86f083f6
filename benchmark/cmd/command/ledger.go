package command

import (
	"context"
	"errors"

	"maturitybench/privacy/ledger"
	"maturitybench/privacy/ledger/sqlite"
)

// Ledger opens the ledger of a file. Where there is none and no trace of one, neither
// a key nor a head, it is made. Its errors are those of [sqlite.Open] and
// [sqlite.Create].
func Ledger(ctx context.Context, path string) (l *ledger.Ledger, made bool, err error) {
	l, err = sqlite.Open(ctx, path)
	if errors.Is(err, ledger.ErrMissing) {
		l, err = sqlite.Create(ctx, path)
		made = err == nil
	}
	if errors.Is(err, ledger.ErrExists) { // another process was faster
		l, err = sqlite.Open(ctx, path)
	}
	return l, made, err
}
