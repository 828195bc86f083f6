package estimate

import (
	"math"
	"slices"
)

// shapeWeights are the probabilities of shapeSpreads.
type shapeWeights [len(shapeSpreads)]float64

var shapeBelief = func() (w shapeWeights) {
	var total float64
	for k, v := range shapeSpreads {
		w[k] = math.Exp(-square(math.Log(v/shapeMedian)/shapeWidth) / 2)
		total += w[k]
	}
	for k := range w {
		w[k] /= total
	}
	return w
}()

// rootMeanSquare is that of the deviation.
func (w shapeWeights) rootMeanSquare() float64 {
	var sum float64
	for k, v := range w {
		sum += v * square(shapeSpreads[k])
	}
	return math.Sqrt(sum)
}

// unlike are the probabilities for a panel of which more is clipped, with a probability,
// than the public model explains: its scores need not be anything like normal, and any
// deviation is as likely as another.
func (w shapeWeights) unlike(probability float64) shapeWeights {
	for k := range w {
		w[k] = (1-probability)*w[k] + probability/float64(len(w))
	}
	return w
}

// The bins around spreadRatios are cut into binPoints points that are equally wide in the
// logarithm; what was measured may know a spread much better than within a bin.
const spreadPoints = len(spreadRatios) * binPoints

// pointLog and pointWidth are the logarithms of the ratios at the points, and the
// widths that they stand for.
var pointLog, pointWidth = func() (at, width [spreadPoints]float64) {
	for i, ratio := range spreadRatios {
		below, above := spreadRatios[max(i-1, 0)], spreadRatios[min(i+1, len(spreadRatios)-1)]
		low, wide := math.Log(below*ratio)/2, math.Log(above/below)/2/binPoints
		for k := range binPoints {
			at[i*binPoints+k] = low + (float64(k)+0.5)*wide
			width[i*binPoints+k] = wide
		}
	}
	return at, width
}()

// levelSpread is a possible standard deviation of the companies' levels (see warp).
type levelSpread struct {
	weight   float64 // posterior probability
	wide     float64 // the same under the doubt of the intervals
	value    float64
	variance float64 // between it and its neighbours
}

// likelihood is how well the points agree with what was measured of one score, the
// largest being 1.
type likelihood [spreadPoints]float64

// spreads is the posterior of the levels' standard deviations, by reading. All
// scores have the companies' common level in them, and little of each is its own,
// so that their readings say more together than alone: with a the multiple of the
// common level's spread, a score of which the public model says that a share c of
// its variance is common has the ratio
//
//	√(c·a² + 1 − c)
//
// to the public model's spread, give or take spreadApart. It is a hierarchical
// model (Gelman et al., Bayesian Data Analysis, 3rd ed., 2013, chapter 5) summed over
// a grid. The posterior stays a mixture, because a quartile is far from linear in a
// spread that is known within a factor only.
//
// How far the distribution functions are from the expected ones is a property of
// the instrument, too: the same sum over its possible values, each with the belief
// in it, gives its mean square.
func (s *setting) spreads(readings []scoreReading) (out [][]levelSpread, shape float64) {
	share, belief := s.commonShares(readings), shapeBelief.unlike(s.rates.unlike)
	squares := make([]likelihood, len(readings))
	for i, r := range readings {
		squares[i] = r.squareFit()
	}
	pools, priors := make([]spreadPool, len(shapeSpreads)), commonPriors(share)
	best := math.Inf(-1)
	for k, spread := range shapeSpreads {
		p := spreadPool{fits: make([]likelihood, len(readings)), priors: priors}
		for i, r := range readings {
			var fit float64
			p.fits[i], fit = s.spreadFit(r, &squares[i], spread)
			p.log += fit
		}
		p.sum()
		p.log += logPositive(belief[k]) + logPositive(p.evidence)
		best = max(best, p.log)
		pools[k] = p
	}
	weight, wide := make([]likelihood, len(readings)), make([]likelihood, len(readings))
	var total float64
	for k, p := range pools {
		if p.evidence == 0 { // readings that contradict each other beyond the smallest number
			continue
		}
		w := math.Exp(p.log - best)
		total += w
		shape += w * square(shapeSpreads[k])
		for i := range readings {
			weight[i].add(w/p.evidence, p.weight[i])
			wide[i].add(w/p.evidence, p.wide[i])
		}
	}
	for i, r := range readings {
		out = append(out, weighSpreads(weight[i], wide[i], r.public))
	}
	return out, math.Sqrt(shape / total)
}

func (l *likelihood) add(factor float64, of likelihood) {
	for k, v := range of {
		l[k] += factor * v
	}
}

// squareFit is the logarithm of the likelihood of all's squared scores.
func (r scoreReading) squareFit() (out likelihood) {
	for k, log := range pointLog {
		out[k] = r.square.fit(r.warp, r.mean, r.variance, math.Exp(log)*r.public)
	}
	return out
}

// spreadFit is the likelihood of all's measured distribution function, looked at
// once a bin, and of its squared scores, and the logarithm of the largest.
func (s *setting) spreadFit(r scoreReading, squares *likelihood, shape float64) (out likelihood, best float64) {
	for i, ratio := range spreadRatios {
		var fit float64
		if len(r.sd) > 0 && measured(r.sd[0]) {
			fit = r.fit(s.sizes.divisor(0), ratio*r.public, shape)
		}
		for k := i * binPoints; k < (i+1)*binPoints; k++ {
			out[k] = fit + squares[k]
		}
	}
	best = slices.Max(out[:])
	for k, v := range out {
		out[k] = math.Exp(v - best)
	}
	return out, best
}

// commonShares are the shares of the scores' public variances that all scores have
// in common. With questions that differ in their own ways the variance v of the
// common level follows from the scores' variances, the overall score being the
// mean of the domains' with weights w: overall − Σw²·domain = v·(1 − Σw²).
func (s *setting) commonShares(readings []scoreReading) []float64 {
	sd := s.Design.Public.ScoreSD
	overall := square(sd[len(s.Shape.Domains)])
	var weights, domains float64
	for d, part := range s.Shape.Parts() {
		w := square(part)
		weights += w
		domains += w * square(sd[d])
	}
	common := singleCommon * overall // of a single domain, which does not tell
	if weights < 1 {
		common = clamp((overall-domains)/(1-weights), leastCommon*overall, mostCommon*overall)
	}
	out := make([]float64, len(readings))
	for i, r := range readings {
		out[i] = min(common/square(sd[r.score]), mostCommon)
	}
	return out
}

// spreadPool adds up what all readings say about the spread of each score.
type spreadPool struct {
	fits         []likelihood
	priors       [][]ratioPrior // of commonPriors
	weight, wide []likelihood   // probabilities of the points, not normalised
	evidence     float64        // what weight adds up to, for each score
	log          float64        // logarithm of what is left out of all of these
}

// ratioPrior is what one common multiple and distance say of a score's ratio: a
// normal distribution of its logarithm on the points.
type ratioPrior struct {
	weight likelihood
	total  float64
}

// commonMultiple is the logarithm of a common multiple on the grid.
func commonMultiple(step int) float64 {
	return commonLow + (commonHigh-commonLow)*float64(step)/commonSteps
}

// commonPriors are those of the grid of distances and common multiples, in this
// order, by score.
func commonPriors(share []float64) (out [][]ratioPrior) {
	for _, apart := range spreadApart {
		for step := range commonSteps + 1 {
			a, priors := commonMultiple(step), make([]ratioPrior, len(share))
			for i, c := range share {
				priors[i] = newRatioPrior(math.Log(c*math.Exp(2*a)+1-c)/2, apart)
			}
			out = append(out, priors)
		}
	}
	return out
}

func newRatioPrior(mean, sd float64) (p ratioPrior) {
	for k, at := range pointLog {
		p.weight[k] = pointWidth[k] * math.Exp(-square((at-mean)/sd)/2)
		p.total += p.weight[k]
	}
	return p
}

// times is the prior times a likelihood, and the sum of that.
func (p *ratioPrior) times(l *likelihood) (joint likelihood, total float64) {
	for k, v := range p.weight {
		joint[k] = v * l[k]
		total += joint[k]
	}
	return joint, total
}

// sum goes through the grid of common multiples and distances.
func (p *spreadPool) sum() {
	n := len(p.fits)
	p.weight, p.wide = make([]likelihood, n), make([]likelihood, n)
	joint, total := make([]likelihood, n), make([]float64, n)
	for cell, priors := range p.priors {
		product := 1.0
		for i := range p.fits {
			joint[i], total[i] = priors[i].times(&p.fits[i])
			product *= total[i] / priors[i].total
		}
		if !(product > 0) {
			continue
		}
		a := commonMultiple(cell % (commonSteps + 1))
		narrow := product * math.Exp(-square((a-commonMean)/commonSD)/2)
		p.evidence += narrow
		broad := product * math.Exp(-square((a-commonMean)/commonDoubt)/2)
		for i := range joint {
			for k, v := range joint[i] {
				p.weight[i][k] += narrow * v / total[i]
				p.wide[i][k] += broad * v / total[i]
			}
		}
	}
}

// weighSpreads turns the points of each bin into one spread and drops the bins
// that hardly count.
func weighSpreads(weight, wide likelihood, public float64) []levelSpread {
	var total, wideTotal float64
	for k := range weight {
		total += weight[k]
		wideTotal += wide[k]
	}
	var out []levelSpread
	for c := range spreadRatios {
		var sp levelSpread
		var first, second float64
		for k := c * binPoints; k < (c+1)*binPoints; k++ {
			ratio, w := math.Exp(pointLog[k]), wide[k]/wideTotal
			sp.weight += weight[k] / total
			sp.wide += w
			first, second = first+w*ratio, second+w*ratio*ratio
		}
		if sp.wide == 0 || max(sp.weight, sp.wide) < leastSpreadWeight {
			continue
		}
		first, second = first/sp.wide, second/sp.wide
		step := pointWidth[c*binPoints] * first
		sp.value = first * public
		sp.variance = (max(second-first*first, 0) + step*step/12) * public * public
		out = append(out, sp)
	}
	return out
}
