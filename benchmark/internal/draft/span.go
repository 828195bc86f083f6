package draft

import (
	"math"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
)

// span is an estimate in millionths.
type span struct{ value, low, high decimal.Micro }

// newSpan rounds a figure into [0, top]: value to the nearest, low down and
// high up, low ≤ value ≤ high.
func newSpan(f Figure, top decimal.Micro) span {
	return span{
		decimal.Micros(f.Value, 0, top, decimal.Nearest),
		decimal.Micros(f.Low, 0, top, decimal.Down),
		decimal.Micros(f.High, 0, top, decimal.Up),
	}.around()
}

// around widens the interval to hold the value.
func (s span) around() span {
	return span{s.value, min(s.low, s.value), max(s.high, s.value)}
}

// at replaces the value, by one that is a little different, and widens the
// interval to hold it.
func (s span) at(value decimal.Micro) span {
	return span{value, s.low, s.high}.around()
}

// above shifts the span.
func (s span) above(base decimal.Micro) span {
	return span{s.value + base, s.low + base, s.high + base}
}

// estimate is the published form.
func (s span) estimate() publication.Estimate {
	return publication.Estimate{Value: s.value.Float(), Low: s.low.Float(), High: s.high.Float(), Status: publication.Published}
}

// ordered makes rounded percentiles ascend, bounds included. It only
// ever raises values and upper bounds and lowers lower bounds.
func ordered(q []span) []span {
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
func countSpan(f Figure, k int, exact bool) span {
	const most = decimal.Micro(decimal.Largest) * decimal.Unity
	least := decimal.Micro(k) * decimal.Unity
	whole := func(x float64, round func(float64) float64) decimal.Micro {
		return decimal.Micros(round(x), least, most, decimal.Nearest)
	}
	value := whole(f.Value, math.Round)
	if exact {
		return span{value, value, value}
	}
	return span{value, whole(f.Low, math.Floor), whole(f.High, math.Ceil)}.around()
}
