package estimate

import (
	"math"
	"testing"
)

// uniform is a distribution function F(t) = t/4 on [0, 4], known with the same
// error everywhere: its median is 2 ± 4·error.
func TestQuantileOfStraightLine(t *testing.T) {
	points := make([]float64, 41)
	value, variance := make([]float64, 41), make([]float64, 41)
	for i := range points {
		points[i] = float64(i) / 10
		value[i], variance[i] = points[i]/4, 0.03*0.03
	}
	q := newQuantile(points, 4, 0)
	f, v := between(q, value, variance, 0, math.Inf(1))
	q.add(1, q.reached(f, deviations(v), 0.5, false))
	// The tenths that the function is known at are close to each other.
	sd := 4 * 0.03
	if got := q.mean(); math.Abs(got-2) > 1e-3 {
		t.Errorf("mean %v, want 2", got)
	}
	if got := q.sd(); math.Abs(got-sd) > 0.03*sd {
		t.Errorf("standard deviation %v, want %v", got, sd)
	}
	// The 5 % point of a normal distribution is 1.645 standard deviations below.
	if got := q.quantile(0.05); math.Abs(got-(2-1.645*sd)) > 0.01 {
		t.Errorf("5 %% point %v, want %v", got, 2-1.645*sd)
	}
}

// Between two points a distribution function is uncertain by the bend, by the
// jumps of a lattice and by sampling: in the middle of a rise of 0.2 over a
// width of 0.5 by ((0.1 + 0.5·0.2)² + (0.4²)/12)·0.2² + 0.2/4/50; at the points it is
// not.
func TestQuantileBetweenPoints(t *testing.T) {
	q := newQuantile([]float64{0, 0.5, 1}, 1, 0)
	_, v := between(q, []float64{0.3, 0.5, 0.6}, []float64{1e-4, 1e-4, 1e-4}, 0.2, 50)
	want := (0.04+0.16/12)*0.04 + 0.001
	if got := v[intervalParts/2] - 1e-4; math.Abs(got-want) > 1e-12 {
		t.Errorf("added variance %v in the middle, want %v", got, want)
	}
	if v[0] != 1e-4 || v[intervalParts] != 1e-4 {
		t.Errorf("variances %v and %v at the points, want 1e-4", v[0], v[intervalParts])
	}
}

// Scores on whole levels: F = 0.3 at 0, 0.49 at 1, 0.9 at 2. With an error of
// 0.01 the median is 1 with probability Φ(−1) and else 2.
func TestQuantileOnLattice(t *testing.T) {
	value, variance := []float64{0.3, 0.49, 0.9}, []float64{1e-4, 1e-4, 1e-4}
	q := newQuantile([]float64{0, 1, 2}, 3, 1)
	f, v := between(q, value, variance, 0, math.Inf(1))
	q.add(1, q.reached(f, deviations(v), 0.5, false))
	if got, want := q.mean(), 2-0.15866; math.Abs(got-want) > 1e-4 {
		t.Errorf("mean %v, want %v", got, want)
	}
	if low, high := q.quantile(0.05), q.quantile(0.95); low != 1 || high != 2 {
		t.Errorf("interval %v to %v, want 1 to 2", low, high)
	}
	if low, high := q.quantile(0.2), q.quantile(0.8); low != 2 || high != 2 {
		t.Errorf("narrow interval %v to %v, want 2 only", low, high)
	}
}

// Two equally likely components: the mean is between them and the standard
// deviation counts the difference.
func TestQuantileMixture(t *testing.T) {
	q := newQuantile([]float64{0, 1, 2, 3}, 4, 1)
	for _, value := range [][]float64{{0, 1, 1, 1}, {0, 0, 0, 1}} {
		q.add(0.5, q.reached(value, deviations([]float64{1e-9, 1e-9, 1e-9, 1e-9}), 0.5, false))
	}
	if math.Abs(q.mean()-2) > 1e-9 || math.Abs(q.sd()-1) > 1e-9 {
		t.Errorf("%v ± %v, want 2 ± 1", q.mean(), q.sd())
	}
}

// A score with weight on the ends of the scale keeps it there.
func TestQuantileAtTheEnds(t *testing.T) {
	q := newQuantile([]float64{0, 1, 2}, 2, 0)
	f, v := between(q, []float64{0.4, 0.6, 0.7}, []float64{1e-6, 1e-6, 1e-6}, 0, math.Inf(1))
	q.add(1, q.reached(f, deviations(v), 0.25, false))
	if got := q.quantile(0.95); got > 0.05 {
		t.Errorf("the first quartile is at the bottom for 40 %% of the companies, its interval reaches to %v", got)
	}
	q = newQuantile([]float64{0, 1, 2}, 2, 0)
	f, v = between(q, []float64{0.4, 0.6, 0.7}, []float64{1e-6, 1e-6, 1e-6}, 0, math.Inf(1))
	q.add(1, q.reached(f, deviations(v), 0.75, false))
	if got := q.quantile(0.05); got != 2 {
		t.Errorf("the third quartile is at the top for 30 %% of the companies, its interval starts at %v", got)
	}
}

// between is quantile.between with one variance.
func between(q *quantile, value, variance []float64, lattice, companies float64) (f, v []float64) {
	f, both := q.between(value, [2][]float64{variance, variance}, lattice, companies)
	return f, both[0]
}

// Where a distribution is broken, the companies between two points may all be at one place:
// any quantile that lies there is as probably anywhere.
func TestBrokenQuantile(t *testing.T) {
	for _, p := range []float64{0.1, 0.5, 0.9} {
		q := newQuantile([]float64{0, 1, 2}, 2, 0)
		f, v := between(q, []float64{0, 1, 1}, []float64{1e-6, 1e-6, 1e-6}, 0, 1e9)
		q.add(1, q.reached(f, deviations(v), p, true))
		if mean, sd := q.mean(), q.sd(); math.Abs(mean-0.5) > 0.01 || math.Abs(sd-1/math.Sqrt(12)) > 0.01 {
			t.Errorf("%v-quantile %v ± %v", p, mean, sd)
		}
	}
}

// Light components are dropped, so that the weights may sum to less than 1: the quantiles
// are those of the rest.
func TestQuantileOfPartOfTheWeight(t *testing.T) {
	whole, part := newQuantile([]float64{0, 1, 2}, 2, 0), newQuantile([]float64{0, 1, 2}, 2, 0)
	f, v := between(whole, []float64{0, 0.5, 1}, []float64{1e-3, 1e-3, 1e-3}, 0, 1e9)
	whole.add(1, whole.reached(f, deviations(v), 0.5, false))
	part.add(0.5, part.reached(f, deviations(v), 0.5, false))
	for _, b := range []float64{0.05, 0.5, 0.95} {
		if got, want := part.quantile(b), whole.quantile(b); math.Abs(got-want) > 1e-9 {
			t.Errorf("quantile %v: %v, want %v", b, got, want)
		}
	}
	if got, want := part.mean(), whole.mean(); math.Abs(got-want) > 1e-9 {
		t.Errorf("mean %v, want %v", got, want)
	}
}

// An interval that is a single value has no width and reads as exact: the values above it, and those below, are
// less probable than one in two thousand. A median that is 1 with the probability 0.96, and else 2, is either.
func TestIntervalOnLattice(t *testing.T) {
	for _, c := range []struct {
		below     []float64 // P(median ≤ 0, 1, 2)
		low, high float64
	}{
		{[]float64{0, 0.96, 1}, 1, 2},
		{[]float64{0, 0.9994, 1}, 1, 2},
		{[]float64{0, 0.9996, 1}, 1, 1},
		{[]float64{0.0006, 1, 1}, 0, 1},
		{[]float64{0.0004, 1, 1}, 1, 1},
		{[]float64{0.04, 0.99, 1}, 0, 2},
		{[]float64{0.06, 0.99, 1}, 0, 1}, // not a single value: the middle of 0.9
	} {
		q := newQuantile([]float64{0, 1, 2}, 3, 1)
		q.add(1, c.below)
		if low, high := q.interval(1.645); low != c.low || high != c.high {
			t.Errorf("%v: [%v %v], want [%v %v]", c.below, low, high, c.low, c.high)
		}
	}
}

// Of a distribution function that is 0.53 from 1.25 to 2 and known to 0.016 the median is above
// 2 with probability 0.03, which an interval of 0.9 leaves out, and the standard deviation does
// not. The interval reaches the place beyond the gap then. That of a straight line is its middle.
func TestIntervalReachesBeyondAGap(t *testing.T) {
	points := []float64{0, 0.5, 1, 1.25, 2, 2.5, 4}
	for _, c := range []struct {
		name  string
		value []float64
		far   bool
	}{
		{"a gap", []float64{0.01, 0.2, 0.47, 0.53, 0.53, 0.8, 0.99}, true},
		{"no gap", []float64{0.01, 0.2, 0.47, 0.53, 0.7, 0.8, 0.99}, false},
	} {
		variance := make([]float64, len(points))
		for i := range variance {
			variance[i] = 0.016 * 0.016
		}
		q := newQuantile(points, 4, 0)
		f, v := between(q, c.value, variance, 0, math.Inf(1))
		q.add(1, q.reached(f, deviations(v), 0.5, false))
		low, high := q.interval(1.645)
		if (high > 2) != c.far {
			t.Errorf("%s: [%.2f %.2f], want an end beyond 2: %v", c.name, low, high, c.far)
		}
		if middle := q.quantile(0.95); !c.far && math.Abs(high-middle) > 1e-3 {
			t.Errorf("%s: upper end %.3f, want %.3f", c.name, high, middle)
		}
	}
}
