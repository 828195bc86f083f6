package earlier

import (
	"context"
	"fmt"

	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// External reports whether a release that serves as a prior, if there is one, is one that
// the ledger did not store: anybody may have made it. It is a public fact; using the release
// costs no privacy either way.
func External(ctx context.Context, ledger privacy.Ledger, prior *publication.Release) (bool, error) {
	if prior == nil {
		return false, nil
	}
	archive, ok := ledger.(privacy.Archive)
	if !ok {
		return true, nil
	}
	held, err := archive.Holds(ctx, prior.Account, prior.Wave, prior.Revision, prior.Bytes())
	if err != nil {
		return false, fmt.Errorf("plan: prior.release: %w", err)
	}
	return !held, nil
}
