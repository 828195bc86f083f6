package stats

import "math"

// RoundedNormal is the distribution of a normal variable that is rounded to the
// nearest of the levels 0, 1, …, Levels−1, what lies beyond the scale to its end:
// the ordered probit model with the cut points ½, 1½, …, Levels−3/2 (McKelvey &
// Zavoina, A Statistical Model for the Analysis of Ordinal Level Dependent
// Variables, Journal of Mathematical Sociology 4, 1975). Its methods take the mean
// of the normal variable before rounding, the location, in levels. Levels that are not
// one apart are given by At; the cut points are then the middles between them.
type RoundedNormal struct {
	Levels int       // at least 1
	SD     float64   // of the normal variable, in levels; at 0 the location itself is rounded, halves up
	At     []float64 // the levels, ascending from 0, Levels of them; nil: 0, 1, …
}

// cut is the point between level l and the next one.
func (r RoundedNormal) cut(l int) float64 {
	if r.At != nil {
		return (r.At[l] + r.At[l+1]) / 2
	}
	return float64(l) + 0.5
}

// step is from level l to the next one.
func (r RoundedNormal) step(l int) float64 {
	if r.At != nil {
		return r.At[l+1] - r.At[l]
	}
	return 1
}

// top is the highest level.
func (r RoundedNormal) top() float64 {
	if r.At != nil {
		return r.At[r.Levels-1]
	}
	return float64(r.Levels - 1)
}

// Shares returns the probability of every level. They are differences of
// [NormalCDF], exact to about 1e-16 but not relative to a small share.
func (r RoundedNormal) Shares(location float64) []float64 {
	shares := make([]float64, r.Levels)
	var below float64
	for l := range shares {
		upTo := 1.0
		if l < r.Levels-1 {
			upTo = NormalCDF(-r.deviations(location - r.cut(l)))
		}
		shares[l] = upTo - below
		below = upTo
	}
	return shares
}

// deviations is how many standard deviations the location is above a cut point,
// given the distance. Without a spread, a location on the cut point is above it.
func (r RoundedNormal) deviations(distance float64) float64 {
	if r.SD == 0 && distance == 0 {
		return math.Inf(1)
	}
	return distance / r.SD
}

// Mean returns the mean level, from 0 to the highest,
//
//	Σ Φ((location − l + ½)/SD) over the levels l from 1,
//
// the sum of the probabilities to be at or above each, times the distance from the one
// below. It increases with the location.
func (r RoundedNormal) Mean(location float64) float64 {
	var sum float64
	for l := range r.Levels - 1 {
		sum += r.step(l) * NormalCDF(r.deviations(location-r.cut(l)))
	}
	return sum
}

// Slope returns the derivative of [RoundedNormal.Mean] with respect to the
// location. It needs a positive SD.
func (r RoundedNormal) Slope(location float64) float64 {
	var sum float64
	for l := range r.Levels - 1 {
		z := r.deviations(location - r.cut(l))
		sum += r.step(l) * math.Exp(-z*z/2) / (r.SD * math.Sqrt(2*math.Pi))
	}
	return sum
}

const (
	inverseHalvings = 40    // how often [RoundedNormal.Inverse] halves its range
	inverseNear     = 1e-10 // levels: what Newton's method leaves on both sides
	inverseFlat     = 1e-13 // of the highest level: over inverseNear the mean rises by more, a hundred times its rounding errors
)

// Inverse returns the location of which [RoundedNormal.Mean] is the given mean,
// within room levels of the scale: the middle of what [Bisect] leaves of
// [−room, top+room], top being the highest level, after 40 halvings. A mean that no location there has gives
// the nearer end of the range, to within the same error of
// (top + 2·room)·2⁻⁴¹.
func (r RoundedNormal) Inverse(mean, room float64) float64 {
	below, above := r.newton(mean)
	if math.IsInf(below, -1) {
		below, above = r.safeguarded(mean, room)
	}
	low, high := Bisect(-room, r.top()+room, inverseHalvings, func(x float64) bool {
		// What is far from where Newton's method ends needs no look at the mean.
		return x >= below && (x > above || !(r.Mean(x) < mean))
	})
	return (low + high) / 2
}

// newton returns two locations close together with the inverse of a mean between
// them, or infinities where Newton's method does not get there: far out, where the
// slope tells little, it leaves the range.
func (r RoundedNormal) newton(mean float64) (below, above float64) {
	x := min(max(mean, 0.1), r.top()-0.1)
	for range 8 {
		step := (r.Mean(x) - mean) / r.Slope(x)
		if x -= step; !(math.Abs(x) < 100) {
			break
		}
		if math.Abs(step) < inverseNear {
			return r.around(x, mean)
		}
	}
	return math.Inf(-1), math.Inf(1)
}

// safeguarded is [RoundedNormal.newton] for means near the ends of the scale, and
// beyond what a location of the range has: its steps stay within a bracket, which
// every one of them narrows.
func (r RoundedNormal) safeguarded(mean, room float64) (below, above float64) {
	low, high := -room, r.top()+room
	if !(r.Mean(low) < mean) {
		return math.Inf(-1), math.Inf(-1) // reached everywhere
	}
	if r.Mean(high) < mean {
		return math.Inf(1), math.Inf(1) // reached nowhere
	}
	for range inverseHalvings / 2 {
		x := (low + high) / 2
		for range 2 { // halve, and a step from there
			excess, slope := r.Mean(x)-mean, r.Slope(x)
			if excess < 0 {
				low = x
			} else {
				high = x
			}
			step := excess / slope
			if slope*inverseNear > inverseFlat*r.top() && math.Abs(step) < inverseNear {
				return r.around(x-step, mean)
			}
			if x -= step; !(x > low && x < high) {
				break
			}
		}
	}
	return math.Inf(-1), math.Inf(1)
}

// around returns two locations close to x if the inverse of a mean is between them,
// otherwise infinities.
func (r RoundedNormal) around(x, mean float64) (below, above float64) {
	if r.Mean(x-inverseNear) < mean && r.Mean(x+inverseNear) >= mean {
		return x - inverseNear, x + inverseNear
	}
	return math.Inf(-1), math.Inf(1)
}
