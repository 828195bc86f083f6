package estimate

import (
	"math"

	"maturitybench/stats"
)

// quantile is the posterior distribution of a quantile of a score. The p-quantile
// is at most t exactly if the distribution function F(t) is at least p, so that its
// distribution follows from the posterior of F at each t:
//
//	P(quantile ≤ t) = Φ((mean of F(t) − p)/sd of F(t)).
//
// This is Woodruff's interval for a quantile (Confidence Intervals for Medians and
// Other Position Measures, JASA 47, 1952) read as a distribution. It needs no
// density, and so holds where F is flat or jumps.
type quantile struct {
	top    float64
	points []float64 // of the distribution functions
	at     []float64 // where the quantile's distribution is known, up to the top
	below  []float64 // P(quantile ≤ at)
	steps  bool      // all weight on the points; else linear between them, with weight on the ends

	scratch []float64 // see reached
}

// newQuantile prepares for distribution functions at ascending points. If step > 0
// the score takes the values of the points and top only; else the first and the
// last point are the ends of the scale, the last one from below.
func newQuantile(points []float64, top, step float64) *quantile {
	q := &quantile{top: top, points: points, steps: step > 0}
	if q.steps {
		q.at = append(append(q.at, points...), top)
	} else {
		for i := range len(points) - 1 {
			for k := range intervalParts {
				q.at = append(q.at, points[i]+float64(k)/intervalParts*(points[i+1]-points[i]))
			}
		}
		q.at = append(q.at, top, top)
	}
	q.below = make([]float64, len(q.at))
	return q
}

// another is an empty distribution at the same points.
func (q *quantile) another() *quantile {
	of := *q
	of.below, of.scratch = make([]float64, len(q.below)), nil
	return &of
}

// between fills in a distribution function, given at the points, at all places,
// with the error of doing so added to each of its variances. Between points it is taken as
// straight on the scale of a normal variable, as distribution functions of scores
// nearly are. Apart from the points, where it is known, that is wrong by
//
//   - the bend of the companies' distribution function,
//   - its jumps, as scores lie on a lattice: a jump of the increase times
//     step/width, at a place that is uniform within it,
//   - sampling: where the companies between two points lie is a Brownian bridge,
//     of variance increase·w(1−w)/companies at the part w of the way.
func (q *quantile) between(value []float64, variances [2][]float64, lattice, companies float64) (f []float64, v [2][]float64) {
	if q.steps {
		return value, variances
	}
	f = make([]float64, 0, len(q.at))
	for j := range v {
		v[j] = make([]float64, 0, len(q.at))
	}
	low := probit(value[0])
	for i := range len(value) - 1 {
		high := probit(value[i+1])
		rise := value[i+1] - value[i]
		jump := min(lattice/(q.points[i+1]-q.points[i]), 1)
		bend := bendError + crowdError*rise
		inside := rise*rise*4*(bend*bend+jump*jump/12) + rise/companies
		for k := range intervalParts {
			w := float64(k) / intervalParts
			f = append(f, stats.NormalCDF(low+w*(high-low)))
			for j, variance := range variances {
				v[j] = append(v[j], variance[i]+w*(variance[i+1]-variance[i])+inside*w*(1-w))
			}
		}
		low = high
	}
	last := len(value) - 1
	for j, variance := range variances {
		v[j] = append(v[j], variance[last])
	}
	return append(f, value[last]), v
}

// deviations are the standard deviations of a posterior of F.
func deviations(variance []float64) []float64 {
	sd := make([]float64, len(variance))
	for i, v := range variance {
		sd[i] = math.Sqrt(max(v, 1e-12))
	}
	return sd
}

// reached is P(quantile ≤ at) under one component of the posterior of F, as filled in
// by between, with its deviations. Where the distribution is broken all companies between
// two points may be at one place, as probably anywhere: a quantile that lies there is
// there. The next call writes over it.
func (q *quantile) reached(f, sd []float64, p float64, broken bool) []float64 {
	q.scratch = q.scratch[:0]
	last := math.Inf(-1)
	for i, v := range f { // a larger variance further up must not take anything back
		last = max(normalCDF((v-p)/sd[i]), last)
		q.scratch = append(q.scratch, last)
	}
	reached := q.scratch
	if broken && !q.steps {
		for i := 0; i+intervalParts < len(f); i += intervalParts {
			low, rise := reached[i], (reached[i+intervalParts]-reached[i])/intervalParts
			for k := 1; k < intervalParts; k++ {
				reached[i+k] = low + rise*float64(k)
			}
		}
	}
	return reached
}

// add adds a component of the posterior of F with its weight.
func (q *quantile) add(weight float64, reached []float64) {
	for i, r := range reached {
		q.below[i] += weight * r
	}
	q.below[len(reached)] += weight // at the top
}

// mean is the posterior mean.
func (q *quantile) mean() float64 {
	m, _ := q.moments()
	return m
}

// sd is the posterior standard deviation.
func (q *quantile) sd() float64 {
	m, second := q.moments()
	return math.Sqrt(max(second-m*m, 0))
}

// moments are E(quantile) and E(quantile²).
func (q *quantile) moments() (first, second float64) {
	var before float64
	defer func() { first, second = first/before, second/before }() // light components were dropped
	for i, b := range q.below {
		weight, t := b-before, q.at[i]
		before = b
		if q.steps || i == 0 {
			first += weight * t
			second += weight * t * t
			continue
		}
		last := q.at[i-1]
		first += weight * (t + last) / 2
		second += weight * (t*t + t*last + last*last) / 3
	}
	return first, second
}

// quantile of the quantile: the value that it is below with probability b.
func (q *quantile) quantile(b float64) float64 {
	b *= q.below[len(q.below)-1]
	if !q.steps {
		return stats.CDFQuantile(q.at, q.below, min(b, 1))
	}
	for i, v := range q.below {
		if v >= b {
			return q.at[i]
		}
	}
	return q.top
}

// interval is the middle of the distribution, of the probability that z standard deviations
// of a normal one have to either side. Where a few companies more or less would put the quantile
// far away, beyond a gap between two groups of them, the standard deviation knows of that place and the middle may
// not. Which intervals leave it out is the noise's choice, so that of those that do, and look narrow,
// more are wrong than should be: there the middle becomes larger. It is a middle of 0.9 that tells, whatever z is,
// so that more confidence is never a smaller interval. If that is a single value, the interval has no width, which
// reads as exact: the others have to be as good as impossible then.
func (q *quantile) interval(z float64) (low, high float64) {
	tail, half := stats.NormalCDF(-z), (q.quantile(0.95)-q.quantile(0.05))/2
	if half == 0 {
		tail = min(tail, mostBeside)
	}
	if q.steps { // the middle of so few values has more than its part
		half += (q.at[1] - q.at[0]) / 2
	}
	if far := q.sd() * stats.NormalQuantile(0.95) / half / farPlace; far > 1 {
		tail /= math.Pow(far, farPower)
	}
	return q.quantile(tail), q.quantile(1 - tail)
}

func probit(p float64) float64 { return stats.NormalQuantile(clamp(p, certain, 1-certain)) }
