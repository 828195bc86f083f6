package output

import (
	"maturitybench/benchmark/publication"
	"maturitybench/privacy/ledger"
)

// Stored reads the release that a ledger stored, with the notice of its withdrawal.
func Stored(stored ledger.Stored) (*publication.Release, error) {
	release, err := publication.Parse(stored.Release)
	if err != nil || stored.Withdrawn == nil {
		return release, err
	}
	return release, release.Withdraw(publication.NewWithdrawal(release, stored.Withdrawn.Time, stored.Withdrawn.Reason))
}
