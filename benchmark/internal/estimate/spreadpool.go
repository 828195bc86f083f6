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
// in it, gives its mean square. Smooth deviations are one branch of what is returned, broken
// ones another, and faintly broken ones a third, if any are to be expected.
func (s *setting) spreads(readings []scoreReading) []branch {
	alike := make([]underSpreads, len(readings))
	for i, r := range readings {
		alike[i] = r.underSpreads()
	}
	priors := commonPriors(s.commonShares(readings))
	smooth := newPooled(readings)
	for k, belief := range shapeBelief.unlike(s.rates.unlike) {
		smooth.add(s.pool(readings, alike, priors, deviation{smooth: shapeSpreads[k]}), belief, square(shapeSpreads[k]))
	}
	branches := []branch{{1, 1, deviation{smooth: math.Sqrt(smooth.size / smooth.total)}, smooth.spreads()}}
	add := func(narrow, wide float64, sizes ...float64) {
		broken := newPooled(readings)
		for _, size := range sizes {
			broken.add(s.pool(readings, alike, priors, deviation{broken: size}), 1/float64(len(sizes)), size)
		}
		evidence := math.Exp(clamp(broken.log-smooth.log, -600, 600))
		branches = append(branches, branch{narrow * evidence, wide * evidence, deviation{broken: broken.size / broken.total}, broken.spreads()})
	}
	odds := s.ownWays(readings, branches[0].spreads)
	if last := len(readings) - 1; readings[last].allMeasured() || measured(readings[last].square.sd) {
		odds *= severalPeaks(branches[0].spreads[last], s.top)
	}
	add(odds*s.brokenOdds(brokenRare, brokenUnlike), odds*s.brokenOdds(brokenDoubt, brokenDoubted), brokenSizes[:]...)
	if narrow, wide := s.faintOdds(brokenUnlike), s.faintOdds(brokenDoubted); wide > 0 {
		add(narrow, wide, faintSize)
	}
	var total, doubted float64
	for _, b := range branches {
		total, doubted = total+b.weight, doubted+b.wide
	}
	for i := range branches {
		branches[i].weight /= total
		branches[i].wide /= doubted
	}
	return branches
}

// pool adds up what the readings say of the spreads under a deviation.
func (s *setting) pool(readings []scoreReading, alike []underSpreads, priors [][]ratioPrior, away deviation) spreadPool {
	p := spreadPool{fits: make([]likelihood, len(readings)), priors: priors}
	for i, r := range readings {
		var fit float64
		p.fits[i], fit = s.spreadFit(r, &alike[i], away)
		p.log += fit
	}
	p.sum()
	return p
}

// pooled is the sum of pools over deviations, each with the belief in it. Everything is
// divided by exp(log).
type pooled struct {
	readings     []scoreReading
	weight, wide []likelihood
	total, size  float64 // of the pools, and of these times the size of the deviation
	top          float64 // largest logarithm so far
	log          float64 // of the evidence
}

func newPooled(readings []scoreReading) *pooled {
	n := len(readings)
	return &pooled{readings: readings, weight: make([]likelihood, n), wide: make([]likelihood, n), top: math.Inf(-1), log: math.Inf(-1)}
}

// add adds a pool; one whose readings contradict each other beyond the smallest number
// counts for nothing.
func (p *pooled) add(of spreadPool, belief, size float64) {
	if of.evidence == 0 || belief == 0 {
		return
	}
	log := of.log + math.Log(belief) + math.Log(of.evidence)
	if log > p.top {
		p.scale(math.Exp(p.top - log))
		p.top = log
	}
	w := math.Exp(log - p.top)
	p.total += w
	p.size += w * size
	p.log = p.top + math.Log(p.total)
	for i := range p.readings {
		p.weight[i].add(w/of.evidence, of.weight[i])
		p.wide[i].add(w/of.evidence, of.wide[i])
	}
}

func (p *pooled) scale(by float64) {
	p.total *= by
	p.size *= by
	for i := range p.readings {
		for k := range p.weight[i] {
			p.weight[i][k] *= by
			p.wide[i][k] *= by
		}
	}
}

func (p *pooled) spreads() (out [][]levelSpread) {
	for i, r := range p.readings {
		out = append(out, weighSpreads(p.weight[i], p.wide[i], r.public))
	}
	return out
}

func (l *likelihood) add(factor float64, of likelihood) {
	for k, v := range of {
		l[k] += factor * v
	}
}

// underSpreads is what a reading's spreads make expected of it, whatever the deviation.
type underSpreads struct {
	squares likelihood                     // see squareFit
	scores  [len(spreadRatios)]distributed // the distribution function, once a bin
}

func (r scoreReading) underSpreads() underSpreads {
	u := underSpreads{squares: r.squareFit()}
	if r.allMeasured() {
		for i, ratio := range spreadRatios {
			u.scores[i] = r.expected(r.mean, ratio*r.public)
		}
	}
	return u
}

// allMeasured says whether the distribution function of all was.
func (r scoreReading) allMeasured() bool { return len(r.sd) > 0 && measured(r.sd[0]) }

// squareFit is the logarithm of the likelihood of all's squared scores.
func (r scoreReading) squareFit() (out likelihood) {
	for k, log := range pointLog {
		out[k] = r.square.fit(r.warp, r.mean, r.variance, math.Exp(log)*r.public)
	}
	return out
}

// spreadFit is the likelihood of all's measured distribution function, looked at
// once a bin, and of its squared scores, and the logarithm of the largest.
func (s *setting) spreadFit(r scoreReading, under *underSpreads, away deviation) (out likelihood, best float64) {
	for i := range spreadRatios {
		var fit float64
		if r.allMeasured() {
			fit = r.fit(s.sizes.divisor(0), under.scores[i], away)
		}
		for k := i * binPoints; k < (i+1)*binPoints; k++ {
			out[k] = fit + under.squares[k]
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
		common = min((overall-domains)/(1-weights), mostCommon*overall)
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
