package benchmark

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// micro counts millionths. Everything that a release prints is a whole number
// of them, so that sums and comparisons of printed numbers are exact.
type micro int64

// unity is 1.
const unity micro = 1_000_000

// largestPrinted is the largest printed number: up to it, the shortest decimal of a
// float64 is the decimal with six digits that it stands for.
const largestPrinted = 1e9

// direction says where what lies between two printed numbers goes.
type direction int

const (
	roundDown direction = iota
	roundNearest
	roundUp
)

// micros rounds x, cut to [low, high], in the given direction. What is printed
// with six decimals already stays as it is. x is not NaN.
func micros(x float64, low, high micro, to direction) micro {
	scaled := x * float64(unity)
	near := math.Round(scaled)
	if near/float64(unity) != x { // the product of a printed number may be off by its last bit
		switch to {
		case roundDown:
			near = math.Floor(scaled)
		case roundUp:
			near = math.Ceil(scaled)
		}
	}
	return micro(min(max(near, float64(low)), float64(high)))
}

// toMicros reads a printed number back.
func toMicros(x float64) micro { return micro(math.Round(x * float64(unity))) }

// isPrinted reports whether x is finite, in range and has at most six decimals.
func isPrinted(x float64) bool {
	return math.Abs(x) <= largestPrinted && toMicros(x).float() == x
}

// float is the float64 nearest to m.
func (m micro) float() float64 { return float64(m) / float64(unity) }

// spell writes a number in full, without exponent, with as few digits as
// identify it.
func spell(x float64) string {
	if x == 0 {
		return "0" // also for −0
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// pow10 is 10^n.
func pow10(n int) micro {
	p := micro(1)
	for range n {
		p *= 10
	}
	return p
}

// round writes m with the given decimals, at most six, rounded in the given
// direction, halves away from zero.
func (m micro) round(decimals int, to direction) string {
	unit := unity / pow10(decimals)
	n, rest := m/unit, m%unit // truncated towards zero
	switch {
	case to == roundDown && rest < 0, to == roundNearest && 2*rest <= -unit:
		n--
	case to == roundUp && rest > 0, to == roundNearest && 2*rest >= unit:
		n++
	}
	if decimals == 0 {
		return strconv.FormatInt(int64(n), 10)
	}
	digits := strconv.FormatInt(int64(max(n, -n)), 10)
	if pad := decimals + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	sign := ""
	if n < 0 {
		sign = "-"
	}
	return sign + digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
}

// trimmed writes m in full with as few decimals as it needs.
func (m micro) trimmed() string { return spell(m.float()) }

// span is an estimate in millionths.
type span struct{ value, low, high micro }

// newSpan rounds a figure into [0, top]: value to the nearest, low down and
// high up, low ≤ value ≤ high.
func newSpan(f figure, top micro) span {
	return span{
		micros(f.value, 0, top, roundNearest),
		micros(f.low, 0, top, roundDown),
		micros(f.high, 0, top, roundUp),
	}.around()
}

// around widens the interval to hold the value.
func (s span) around() span {
	return span{s.value, min(s.low, s.value), max(s.high, s.value)}
}

// at replaces the value, by one that is a little different, and widens the
// interval to hold it.
func (s span) at(value micro) span {
	return span{value, s.low, s.high}.around()
}

// above shifts the span.
func (s span) above(base micro) span {
	return span{s.value + base, s.low + base, s.high + base}
}

// estimate is the published form.
func (s span) estimate() Estimate {
	return Estimate{s.value.float(), s.low.float(), s.high.float(), Published}
}

// apportion rounds non-negative shares to millionths that sum to exactly one,
// by largest remainder (ties to the lower level). Shares that do not quite
// sum to 1 are scaled first; they sum to more than 0.
func apportion(shares []float64) []micro {
	total := 0.0
	for _, s := range shares {
		total += max(s, 0)
	}
	rounded := make([]micro, len(shares))
	order := make([]int, len(shares))
	rest := make([]float64, len(shares))
	left := unity
	for i, s := range shares {
		exact := max(s, 0) / total * float64(unity)
		rounded[i] = micro(math.Floor(exact))
		rest[i] = exact - math.Floor(exact)
		order[i] = i
		left -= rounded[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for _, i := range order[:left] { // fewer than there are shares, never less than none
		rounded[i]++
	}
	return rounded
}

// tails are the sums of shares[i+1:]: the shares at or above each level but
// the lowest.
func tails(shares []micro) []micro {
	above := make([]micro, len(shares)-1)
	sum := micro(0)
	for i := len(above) - 1; i >= 0; i-- {
		sum += shares[i+1]
		above[i] = sum
	}
	return above
}

// meanLevel is Σ i·shares[i], exactly.
func meanLevel(shares []micro) micro {
	sum := micro(0)
	for i, s := range shares {
		sum += micro(i) * s
	}
	return sum
}

// orderedQuartiles makes three rounded quartiles ascend, bounds included. It only
// ever raises values and upper bounds and lowers lower bounds.
func orderedQuartiles(q [3]span) [3]span {
	for i := 1; i < len(q); i++ {
		q[i].value = max(q[i].value, q[i-1].value)
		q[i].high = max(q[i].high, q[i-1].high)
	}
	for i := len(q) - 2; i >= 0; i-- {
		q[i].low = min(q[i].low, q[i+1].low)
	}
	for i := range q {
		q[i] = q[i].around()
	}
	return q
}

// countSpan rounds a number of companies to whole ones, the bounds outward,
// raised to at least k. An exact number has no interval.
func countSpan(f figure, k int, exact bool) span {
	const most = micro(largestPrinted) * unity
	least := micro(k) * unity
	whole := func(x float64, round func(float64) float64) micro {
		return micros(round(x), least, most, roundNearest)
	}
	value := whole(f.value, math.Round)
	if exact {
		return span{value, value, value}
	}
	return span{value, whole(f.low, math.Floor), whole(f.high, math.Ceil)}.around()
}
