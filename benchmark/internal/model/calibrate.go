package model

import (
	"math"
	"math/rand/v2"
)

// target is what a public model is made to show: a centre on a grid, so that
// plans with nearly the same pilot share their model.
type target struct {
	level    int // in quarters of a Unit
	scoreLog int // ln(standard deviation of scores/Unit), in steps of gridStep
	normLog  int // ln(contrast norm/ContrastUnit), in steps of gridStep
}

// snap rounds a centre to the grid.
func snap(shape Shape, c Center) target {
	u := shape.Unit()
	scores := math.Log(math.Sqrt(c.ScoreVariance) / u)
	return target{
		level:    int(math.Round(4 * c.Level / u)),
		scoreLog: int(math.Round(scores / gridStep)),
		normLog:  int(math.Round(c.LogNorm / gridStep)),
	}
}

func (t target) center(shape Shape) float64 { return float64(t.level) * shape.Unit() / 4 }
func (t target) scoreSD(shape Shape) float64 {
	return math.Exp(gridStep*float64(t.scoreLog)) * shape.Unit()
}
func (t target) logNorm() float64 { return gridStep * float64(t.normLog) }

// calibrate finds the population whose simulated sheets have the target's mean
// and standard deviation of scores and mean ln(contrast norm). Rounding and the
// ends of the scale shrink spreads and move levels, so each step corrects the
// latent parameters by what the last simulation missed, with the same random
// numbers throughout. A target out of reach, as at the ends of the scale, gets
// the nearest population that the steps came across.
func calibrate(shape Shape, t target) (best population, sheets *panel) {
	p := start(shape, t)
	least := math.Inf(1)
	for range calibrations {
		drawn := p.draw(shape, simulated, difficultySets, rand.New(rand.NewPCG(calibrationSeed, 1)))
		m := t.miss(drawn)
		if size := m.size(); size < least {
			least, best, sheets = size, p, drawn
		}
		if least < goodEnough {
			break
		}
		p = p.corrected(shape, m)
	}
	return best, sheets
}

// start is the population that would meet the target without the ends of the
// scale, rounding adding 1/12 to a variance.
func start(shape Shape, t target) population {
	u := shape.Unit()
	p := population{
		level:   t.center(shape),
		company: math.Sqrt(square(t.scoreSD(shape)) - startLoss*u*u),
		rest:    startRest * u,
		skipped: Unanswered,
	}
	if shape.Complete {
		p.skipped = 0
	}
	if shape.Has(Contrasts) {
		free := float64(shape.Questions() - len(shape.Domains))
		variance := square(shape.ContrastUnit()*math.Exp(t.logNorm())) / free
		p.rest = math.Sqrt(max(variance-square(questionSpread*u)-1./12, startLeastRest*u*u))
	}
	return p
}

// miss is what a panel lacks to its target.
type miss struct {
	level  float64 // mean score, in Units
	scores float64 // ln of the standard deviation of scores
	norm   float64 // mean ln(contrast norm)
}

func (t target) miss(s *panel) miss {
	u := s.shape.Unit()
	mean, sd := s.scoreMoments(len(s.shape.Domains))
	m := miss{level: (t.center(s.shape) - mean) / u, scores: math.Log(t.scoreSD(s.shape) / sd)}
	if s.shape.Has(Contrasts) {
		m.norm = t.logNorm() - average(s.logNorms())
	}
	return m
}

func (m miss) size() float64 {
	return max(math.Abs(m.level), math.Abs(m.scores), math.Abs(m.norm))
}

// corrected moves the latent parameters by what was missed, within bounds. A
// latent level that spreads little moves more answers than its own length.
func (p population) corrected(shape Shape, m miss) population {
	u, top := shape.Unit(), float64(shape.Levels-1)
	slope := max(1, 1/(math.Sqrt(2*math.Pi)*math.Hypot(p.company, p.rest)))
	return population{
		level:   within(p.level+m.level*u/slope, -levelBeyond*u-0.5, top+levelBeyond*u+0.5),
		company: min(p.company*math.Exp(m.scores), companyHigh*u),
		rest:    within(p.rest*math.Exp(m.norm), restLow*max(u, 1), restHigh*u),
		skipped: p.skipped,
	}
}

// within is v moved into [low, high].
func within(v, low, high float64) float64 { return min(max(v, low), high) }

func average(values []float64) float64 {
	var sum float64
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
