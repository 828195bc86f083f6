package privacytest

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/internal/draw"
)

// NewLedger is an empty memory ledger with seeded noise: the same seed,
// account, wave and revision give the same noise, whatever else is published.
// Its noise has the distribution of the real one and none of its secrecy;
// releases made with it say so ([privacy.Draws.Noise] is "test"), and no
// durable ledger can be made this way. It panics outside of a test.
func NewLedger(tb testing.TB, seed uint64) *privacy.MemoryLedger {
	tb.Helper()
	if !testing.Testing() {
		panic("privacytest: seeded noise outside of a test")
	}
	return privacy.NewMemoryLedgerFrom(func(entry privacy.Entry) draw.Source {
		text := fmt.Sprintf("%d\x00%s\x00%s\x00%d", seed, entry.Account, entry.Wave, entry.Revision)
		return draw.Seeded(sha256.Sum256([]byte(text)))
	})
}
