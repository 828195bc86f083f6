package privacytest

import (
	"context"
	"testing"
	"time"

	"maturitybench/privacy/internal/clock"
)

// At is the context of a test in which it is a given time for every ledger that
// is called with it, so that years pass in a moment. It panics outside of a test.
func At(tb testing.TB, now time.Time) context.Context {
	tb.Helper()
	if !testing.Testing() {
		panic("privacytest: a clock that is set outside of a test")
	}
	return clock.At(tb.Context(), now)
}
