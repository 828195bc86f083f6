package privacy

import "math"

// Reserve is how many of the publications that fit a window a planner keeps back:
// one, for a wave that turns out wrong and has to be published again. A withdrawal
// gives no budget back.
const Reserve = 1

// mostRoom is the largest number of publications that is counted.
const mostRoom = 1 << 20

// Room is how many publications of a loss an account takes: within any span of time
// as long as its window, whenever they are made, and since it was opened. The latter
// is 0 if no lifetime limits it. Neither is above 1,048,576.
func (a Account) Room(loss Loss) (window, ever int) {
	fits := func(limit float64) int {
		return int(firstTrue(1, 1, mostRoom, func(n int64) bool {
			return !sum(loss, n).Fits(limit, a.Delta)
		})) - 1
	}
	window = fits(a.Epsilon)
	if a.Lifetime > 0 {
		ever = fits(a.Lifetime)
		window = min(window, ever)
	}
	return window, ever
}

// sum is the loss of n publications of the same loss.
func sum(loss Loss, n int64) Loss {
	return Loss{PureEpsilon: times(loss.PureEpsilon, n), MuSquared: times(loss.MuSquared, n), Delta: times(loss.Delta, n)}
}

// Share is the largest ε that a publication with Gaussian noise may have, at delta, if
// so many waves are to fit within any span of time as long as the account's window,
// and [Reserve] more of the same loss beside them; rounded down at the fourth decimal,
// and 0 if none does. Waves must be at least 1; the lifetime is not looked at.
func (a Account) Share(delta float64, waves int) float64 {
	const most = 1000e4
	fits := func(ten int64) bool { // ten thousandths of ε
		b, err := NewBudget(fromUnits(ten, 4), delta, a.Roster, 0, 0)
		return err == nil && sum(b.Loss, int64(waves+Reserve)).Fits(a.Epsilon, a.Delta)
	}
	near := math.Ceil(1e4 * a.Epsilon / float64(waves+Reserve))
	return fromUnits(firstTrue(int64(near), 1, most, func(ten int64) bool { return !fits(ten) })-1, 4)
}
