package decimal

import (
	"math"
	"maturitybench/stats"
	"strconv"
	"strings"
)

// Micro counts millionths. Everything that a release prints is a whole number
// of them, so that sums and comparisons of printed numbers are exact.
type Micro int64

// Unity is 1.
const Unity Micro = 1_000_000

// Largest is the largest printed number: up to it, the shortest decimal of a
// float64 is the decimal with six digits that it stands for.
const Largest = 1e9

// direction says where what lies between two printed numbers goes.
type direction int

const (
	Down direction = iota
	Nearest
	Up
)

// Micros rounds x, cut to [low, high], in the given direction. What is printed
// with six decimals already stays as it is. x is not NaN.
func Micros(x float64, low, high Micro, to direction) Micro {
	scaled := x * float64(Unity)
	near := math.Round(scaled)
	if near/float64(Unity) != x { // the product of a printed number may be off by its last bit
		switch to {
		case Down:
			near = math.Floor(scaled)
		case Up:
			near = math.Ceil(scaled)
		}
	}
	return Micro(min(max(near, float64(low)), float64(high)))
}

// ToMicros reads a printed number back.
func ToMicros(x float64) Micro { return Micro(math.Round(x * float64(Unity))) }

// IsPrinted reports whether x is finite, in range and has at most six decimals.
func IsPrinted(x float64) bool {
	return math.Abs(x) <= Largest && ToMicros(x).Float() == x
}

// Float is the float64 nearest to m.
func (m Micro) Float() float64 { return float64(m) / float64(Unity) }

// Spell writes a number in full, without exponent, with as few digits as
// identify it.
func Spell(x float64) string {
	if x == 0 {
		return "0" // also for −0
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// Pow10 is 10^n.
func Pow10(n int) Micro {
	p := Micro(1)
	for range n {
		p *= 10
	}
	return p
}

// Round writes m with the given decimals, at most six, rounded in the given
// direction, halves away from zero.
func (m Micro) Round(decimals int, to direction) string {
	unit := Unity / Pow10(decimals)
	n, rest := m/unit, m%unit // truncated towards zero
	switch {
	case to == Down && rest < 0, to == Nearest && 2*rest <= -unit:
		n--
	case to == Up && rest > 0, to == Nearest && 2*rest >= unit:
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

// Trimmed writes m in full with as few decimals as it needs.
func (m Micro) Trimmed() string { return Spell(m.Float()) }

// Apportion rounds shares to millionths that sum to exactly one, by largest
// remainder (ties to the lower level). Those below 0 count as 0; shares that do
// not quite sum to 1 are scaled first, and they sum to more than 0.
func Apportion(shares []float64) []Micro {
	positive := make([]float64, len(shares))
	for i, s := range shares {
		positive[i] = max(s, 0)
	}
	rounded := make([]Micro, len(shares))
	for i, n := range stats.LargestRemainder(positive, int(Unity)) {
		rounded[i] = Micro(n)
	}
	return rounded
}

// Tails are the sums of shares[i+1:]: the shares at or above each level but
// the lowest.
func Tails(shares []Micro) []Micro {
	above := make([]Micro, len(shares)-1)
	sum := Micro(0)
	for i := len(above) - 1; i >= 0; i-- {
		sum += shares[i+1]
		above[i] = sum
	}
	return above
}

// MeanLevel is Σ i·shares[i], exactly.
func MeanLevel(shares []Micro) Micro {
	sum := Micro(0)
	for i, s := range shares {
		sum += Micro(i) * s
	}
	return sum
}
