package stats

// Bisect brackets the place in [low, high] from which on a monotone condition is
// reached, false below it and true above, and returns the bracket after a number
// of halvings: (high − low)/2^halvings wide, unless float64 ends first. The
// condition is never asked at the ends: if it is reached nowhere the bracket ends
// at high, if everywhere it starts at low.
//
// The number of calls does not depend on the condition, and every point that is
// asked is (low + high)/2 of the bracket before, so that the result is the same
// on every machine on which the condition is. To find a root of an increasing
// function f, ask whether f(x) ≥ 0.
func Bisect(low, high float64, halvings int, reached func(x float64) bool) (below, above float64) {
	for range halvings {
		if middle := (low + high) / 2; reached(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return low, high
}
