package model

import (
	"math"

	"maturitybench/stats"
)

// Expect is the centre that the prior alone gives: where a plan believes the
// companies before its pilot.
func Expect(shape Shape, prior Prior) Center {
	u := shape.Unit()
	level, spread := prior.level(shape)
	n := max(prior.Companies, 1)
	return Center{
		Level:             level,
		LevelVariance:     square(spread) + square(centerSlack*u),
		Companies:         n,
		CompaniesVariance: square(companiesShare * n),
		ScoreVariance:     square(scoreSpread * u),
		LogNorm:           0,
		LogNormSpread:     normWidth,
	}
}

// level is the prior mean and standard deviation of the overall level. A
// published spread of more than the scale says as little as one of the scale.
func (p Prior) level(shape Shape) (mean, spread float64) {
	u := shape.Unit()
	if !p.Known {
		return shape.Mid(), levelSpread * u
	}
	return p.Level, levelWidening * min(max(p.Spread, levelFloor*u), float64(shape.Levels-1))
}

// Locate returns the posterior of the pilot. Each number is a normal belief
// updated by a normal reading:
//
//   - the number of companies, unless it is exact;
//   - the level, with the reading's variance counting the noise of the sum and
//     of the number of companies that divides it;
//   - the variance of scores, from the second moment less the squared level,
//     kept within what is possible;
//   - the location and spread of ln(contrast norm), as posterior means over a
//     grid, the counts of the histogram being normal with the variance of
//     their noise and of a multinomial sample.
func Locate(shape Shape, prior Prior, reading PilotReading) Center {
	var c Center
	c.Companies, c.CompaniesVariance = locateCompanies(prior, reading)
	c.Level, c.LevelVariance = locateLevel(shape, prior, reading, c)
	c.ScoreVariance = locateScores(shape, reading, c)
	c.LogNorm, c.LogNormSpread = locateNorms(shape, reading, c)
	return c
}

func locateCompanies(prior Prior, r PilotReading) (n, variance float64) {
	if r.CompaniesSD == 0 {
		return max(r.Companies, 1), 0
	}
	believed, noise := prior.companiesVariance(r.Companies), square(r.CompaniesSD)
	gain := believed / (believed + noise)
	n = prior.Companies + gain*(r.Companies-prior.Companies)
	return max(n, 1), gain * noise
}

// companiesVariance is the prior variance of the number of companies. A
// reading far from the planning figure says that the figure was wrong, not
// that the panel is a little larger: the variance is the larger of the
// figure's own and the squared distance, so that a wrong figure pulls the
// posterior by less than the noise (a heavy-tailed prior, seen at the
// reading).
func (p Prior) companiesVariance(reading float64) float64 {
	return max(square(companiesShare*p.Companies), square(reading-p.Companies))
}

// Doubt widens the belief about the number of companies by a reading of it
// that is yet to be used: for plans without a pilot.
func (c Center) Doubt(prior Prior, reading float64) Center {
	c.CompaniesVariance = prior.companiesVariance(reading)
	return c
}

func locateLevel(shape Shape, prior Prior, r PilotReading, c Center) (level, variance float64) {
	u, mid, top := shape.Unit(), shape.Mid(), float64(shape.Levels-1)
	believed, spread := prior.level(shape)
	relative := c.CompaniesVariance / square(c.Companies) // squared relative error of the number of companies
	read := mid + mid*r.Score/c.Companies
	noise := square(mid * r.ScoreSD / c.Companies)
	gain := square(spread) / (square(spread) + noise + relative*square(read-mid))
	margin := levelMargin * float64(shape.Levels)
	level = within(believed+gain*(read-believed), margin, top-margin)
	variance = gain*(noise+relative*square(level-mid)) + square(centerSlack*u)
	return level, variance
}

func locateScores(shape Shape, r PilotReading, c Center) float64 {
	unit, mid := square(shape.Unit()), shape.Mid()
	scale := square(mid) / c.Companies
	read := scale*r.Square - square(c.Level-mid)
	noise := scale*r.SquareSD + 2*math.Abs(c.Level-mid)*math.Sqrt(c.LevelVariance)
	believed, spread := square(scoreSpread)*unit, scoreVariation*unit
	gain := square(spread) / (square(spread) + square(noise))
	return within(believed+gain*(read-believed), leastScoreSquare*unit, square(mid)) // which half the companies at either end have
}

func locateNorms(shape Shape, r PilotReading, c Center) (location, spread float64) {
	edges := shape.PilotEdges()
	type point struct{ location, width, log float64 }
	var grid []point
	best := math.Inf(-1)
	for i := range normSteps {
		for _, w := range normWidths {
			p := point{location: float64(normStep*i+normLow) / 100, width: w}
			p.log = -square(p.location/normSpread)/2 - square(math.Log(w/normWidth)/math.Log(normWidthRatio))/2
			if shape.Has(Contrasts) {
				p.log += histogramFit(r, c, edges, p.location, w)
			}
			best = max(best, p.log)
			grid = append(grid, p)
		}
	}
	var total float64
	for _, p := range grid {
		weight := math.Exp(p.log - best)
		total += weight
		location += weight * p.location
		spread += weight * p.width
	}
	return location / total, spread / total
}

// histogramFit is the log-likelihood, without the normalising constant, of the
// noisy histogram when ln(contrast norm/ContrastUnit) ~ N(location, width²).
// The variance enters the weights only, so that a bin that nobody expects
// cannot win by a small variance.
func histogramFit(r PilotReading, c Center, edges []float64, location, width float64) float64 {
	var sum, below float64
	norms := stats.Normal{Mean: location, SD: width}
	for i, count := range r.Histogram {
		upTo := 1.0
		if i < len(edges) {
			upTo = norms.CDF(edges[i])
		}
		share := upTo - below
		below = upTo
		variance := square(r.HistogramSD) + c.Companies*share*(1-share) + c.CompaniesVariance*square(share) + 1
		sum -= square(count-c.Companies*share) / variance / 2
	}
	return sum
}

func square(x float64) float64 { return x * x }
