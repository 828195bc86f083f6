package privacy

import "testing"

// A charge that is remembered is the one that was computed, for few numbers and for many, and
// a process does not remember more and more of them.
func TestKnownCharges(t *testing.T) {
	c := knownCharges{known: map[samplerLoss]int64{}}
	var losses []samplerLoss
	for i := range int64(4) {
		for _, many := range []bool{false, true} {
			losses = append(losses, samplerLoss{i * i * 5_000_000, many}, samplerLoss{i * i * 700_000_000_000, many})
		}
	}
	for range 2 {
		for _, loss := range losses {
			if got, want := c.of(loss), samplerCharge(loss.muSquared, loss.many); got != want {
				t.Errorf("%+v: %d, want %d", loss, got, want)
			}
		}
	}
	for i := range int64(mostCharges) {
		c.known[samplerLoss{-i, false}] = 0 // no loss is negative
	}
	want := samplerCharge(1, false)
	if got := c.of(samplerLoss{1, false}); got != want || len(c.known) != 1 {
		t.Errorf("%d after %d others, want %d; %d are remembered", got, mostCharges, want, len(c.known))
	}
}
