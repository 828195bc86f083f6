package estimate

import (
	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// curve is the public expectation of how answers spread around a question's
// mean: normal with a known standard deviation, rounded to the nearest level and
// cut at the ends of the scale, that of a domain. For every mean it knows the coefficients of the
// orthonormal polynomials of order 2 and above.
type curve struct {
	mean   []float64
	orders [][]float64
	step   float64 // for slopes
}

func newCurve(shape model.Shape, domain int, sd float64) curve {
	const points = curvePoints
	polynomials, _ := shape.OwnFunctions(domain)
	levels, unit, at := len(polynomials), shape.Unit(), shape.PositionsIn(domain)
	c := curve{orders: grid(levels, points)[:max(levels-2, 0)], step: curveStep * unit}
	low, high := -curveBeyond*unit, float64(shape.Levels-1)+curveBeyond*unit
	answers := shape.RoundedIn(domain, sd)
	for i := range points {
		shares := answers.Shares(low + (high-low)*float64(i)/(points-1))
		c.mean = append(c.mean, meanOf(at, shares))
		for k := range c.orders {
			c.orders[k][i] = dot(polynomials[k+2], shares)
		}
	}
	return c
}

// at returns the coefficients of order 2, 3, … for a mean.
func (c curve) at(mean float64) []float64 {
	out := make([]float64, len(c.orders))
	for k, values := range c.orders {
		out[k] = stats.Interpolate(c.mean, values, mean)
	}
	return out
}

// slope is the derivative of the coefficients with respect to the mean.
func (c curve) slope(mean float64) []float64 {
	high, low := c.at(mean+c.step), c.at(mean-c.step)
	for k := range high {
		high[k] = (high[k] - low[k]) / (2 * c.step)
	}
	return high
}

func dot(a, b []float64) float64 {
	var sum float64
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}
