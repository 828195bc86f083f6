package estimate

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// spreadRatios are the spreads of the scores that are tried, as multiples of the
// public model's.
var spreadRatios = []float64{0.25, 0.32, 0.4, 0.5, 0.62, 0.75, 0.9, 1.05, 1.25, 1.5, 1.8}

const (
	// The logarithm of the ratio is normal around 0 with this standard deviation.
	// Intervals doubt the model more: questions that are keyed in reverse cancel in
	// a company's score and halve its spread.
	spreadPrior = 0.35
	spreadDoubt = 0.8
	leastSpread = 1e-3 // weight of a spread that still counts
	shapeSpread = 0.03 // of a distribution function around the normal one
	shapeLength = 0.5  // in units: how far such a deviation reaches along the scale
)

// spread is a possible standard deviation of the companies' scores.
type spread struct {
	weight   float64 // posterior probability
	wide     float64 // the same under the doubt of the intervals
	value    float64
	variance float64 // between it and its neighbours
}

// scoreReading is the block of distribution functions cut to one score: row ×
// threshold, per company that has the score.
type scoreReading struct {
	at    []float64   // thresholds
	place []float64   // where a normal score of the same rank as the thresholds lies
	step  float64     // of the scores, if several thresholds lie in one; else 0
	y     [][]float64 // sums of 1{score ≤ t} − reference
	sd    []float64   // noise per row, before noise is applied; +Inf unmeasured
	noise *mat.SymDense
	h     *mat.Dense // row × cohort: companies
	ref   []float64  // reference distribution function
	reach *mat.SymDense
}

func (s *setting) scoreReading(score int) scoreReading {
	data := s.Measured[model.ScoreCDF]
	public := s.Design.Public
	r := scoreReading{at: s.Shape.Thresholds(), ref: public.CDF[score], noise: public.ScoreNoise[score]}
	divisor := s.rates.kept
	if score < len(s.Shape.Domains) {
		divisor *= s.rates.present[score]
		r.step = coarse(s.Shape.Domains[score], r.at[0])
	}
	r.place = places(r.at, r.step)
	j := len(r.at)
	for row := range data.Y {
		y := make([]float64, j)
		for t := range y {
			y[t] = data.Y[row][score*j+t] / divisor
		}
		r.y = append(r.y, y)
		r.sd = append(r.sd, data.SD[row][score*j]/divisor)
	}
	if len(r.y) > 0 {
		n := s.Shape.Cohorts()
		r.h = mat.NewDense(len(r.y), n, nil)
		for row := range r.y {
			for g := range n {
				r.h.Set(row, g, data.Weights.At(row, g)*s.sizes.count[g])
			}
		}
	}
	r.reach = mat.NewSymDense(j, nil)
	for a := range j {
		for b := a; b < j; b++ {
			r.reach.SetSym(a, b, math.Exp(-square((r.place[a]-r.place[b])/(shapeLength*s.unit))/2))
		}
	}
	return r
}

// any says whether anything was measured.
func (r scoreReading) any() bool { return slices.ContainsFunc(r.sd, measured) }

// coarse is the step of a domain's scores, 1 over its questions, if every step
// holds at least two thresholds, and else 0: the scores are then as good as
// continuous.
func coarse(questions int, spacing float64) float64 {
	if step := 1 / float64(questions); step >= 2*spacing {
		return step
	}
	return 0
}

// places are the thresholds, or on a coarse lattice the middle between the last
// score that is not above the threshold and the next: there a normal variable
// that is rounded to the lattice changes over.
func places(thresholds []float64, step float64) []float64 {
	if step == 0 {
		return thresholds
	}
	out := make([]float64, len(thresholds))
	for i, t := range thresholds {
		out[i] = (math.Floor(t/step+1e-9) + 0.5) * step
	}
	return out
}

// spreads is the posterior of the scores' standard deviation given all's measured
// distribution function: normal scores about the mean, with the sampling
// covariance of an empirical distribution function, F(s)∧F(t) − F(s)F(t), and a
// smooth deviation from the normal shape. It stays a mixture, because a quartile
// is far from linear in a spread that is known within a factor only.
func (s *setting) spreads(r scoreReading, public, mean, variance float64) []spread {
	n := len(spreadRatios)
	logs, wide := make([]float64, n), make([]float64, n)
	for i, ratio := range spreadRatios {
		prior, doubt := square(math.Log(ratio)/spreadPrior)/2, square(math.Log(ratio)/spreadDoubt)/2
		var likelihood float64
		if len(r.sd) > 0 && measured(r.sd[0]) {
			likelihood = r.fit(s.sizes.divisor(0), mean, variance, ratio*public)
		}
		logs[i], wide[i] = likelihood-prior, likelihood-doubt
	}
	total, wideTotal := floats.LogSumExp(logs), floats.LogSumExp(wide)
	var out []spread
	for i, ratio := range spreadRatios {
		sp := spread{weight: math.Exp(logs[i] - total), wide: math.Exp(wide[i] - wideTotal), value: ratio * public}
		below, above := spreadRatios[max(i-1, 0)], spreadRatios[min(i+1, n-1)]
		sp.variance = square((above-below)/2*public) / 12
		if max(sp.weight, sp.wide) >= leastSpread {
			out = append(out, sp)
		}
	}
	return out
}

// fit is the log-likelihood of all's reading under a spread.
func (r scoreReading) fit(n, mean, variance, sd float64) float64 {
	f := normalCDF(r.place, mean, sd)
	density := normalDensity(r.place, mean, sd)
	j := len(f)
	cov := mat.NewSymDense(j, nil)
	e := mat.NewDense(j, 1, nil)
	for a := range j {
		for b := a; b < j; b++ {
			bridge := min(f[a], f[b]) - f[a]*f[b]
			cov.SetSym(a, b, n*bridge+square(n*shapeSpread)*r.reach.At(a, b)+square(r.sd[0])*r.noise.At(a, b)+
				n*n*variance*density[a]*density[b])
		}
		cov.SetSym(a, a, cov.At(a, a)+1e-6*n*n)
		e.Set(a, 0, r.y[0][a]-n*(f[a]-r.ref[a]))
	}
	l := factor(cov)
	solveLower(l, e)
	var quadratic float64
	for a := range j {
		quadratic += square(e.At(a, 0))
	}
	return -halfLogDet(l) - quadratic/2
}

func normalCDF(at []float64, mean, sd float64) []float64 {
	f := make([]float64, len(at))
	for i, t := range at {
		f[i] = distuv.UnitNormal.CDF((t - mean) / sd)
	}
	return f
}

func normalDensity(at []float64, mean, sd float64) []float64 {
	f := make([]float64, len(at))
	for i, t := range at {
		z := (t - mean) / sd
		f[i] = math.Exp(-z*z/2) / (sd * math.Sqrt(2*math.Pi))
	}
	return f
}

func logPositive(x float64) float64 { return math.Log(math.Max(x, 1e-300)) }
