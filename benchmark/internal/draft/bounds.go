package draft

import (
	"math"

	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
)

// bounds is an estimate in millionths.
type bounds struct{ value, low, high decimal.Micro }

// newBounds rounds a figure into [0, top]: value to the nearest, low down and
// high up, low ≤ value ≤ high.
func newBounds(f Number, top decimal.Micro) bounds {
	return bounds{
		decimal.Micros(f.Value, 0, top, decimal.Nearest),
		decimal.Micros(f.Low, 0, top, decimal.Down),
		decimal.Micros(f.High, 0, top, decimal.Up),
	}.around()
}

// around widens the interval to hold the value.
func (s bounds) around() bounds {
	return bounds{s.value, min(s.low, s.value), max(s.high, s.value)}
}

// at replaces the value, by one that is a little different, and widens the
// interval to hold it.
func (s bounds) at(value decimal.Micro) bounds {
	return bounds{value, s.low, s.high}.around()
}

// above shifts the span.
func (s bounds) above(base decimal.Micro) bounds {
	return bounds{s.value + base, s.low + base, s.high + base}
}

// estimate is the published form.
func (s bounds) estimate() publication.Estimate {
	return publication.Estimate{Value: s.value.Float(), Low: s.low.Float(), High: s.high.Float(), Status: publication.Published}
}

// ordered makes rounded percentiles ascend, bounds included. It only
// ever raises values and upper bounds and lowers lower bounds.
func ordered(q []bounds) []bounds {
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

// countBounds rounds a number of companies to whole ones, the bounds outward,
// raised to at least k. An exact number has no interval.
func countBounds(f Number, k int, exact bool) bounds {
	const most = decimal.Micro(decimal.Largest) * decimal.Unity
	least := decimal.Micro(k) * decimal.Unity
	whole := func(x float64, round func(float64) float64) decimal.Micro {
		return decimal.Micros(round(x), least, most, decimal.Nearest)
	}
	value := whole(f.Value, math.Round)
	if exact {
		return bounds{value, value, value}
	}
	return bounds{value, whole(f.Low, math.Floor), whole(f.High, math.Ceil)}.around()
}
