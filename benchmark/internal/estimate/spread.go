package estimate

import (
	"math"

	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// spreadRatios are the spreads of the scores that are tried, as multiples of the
// public model's; their logarithms have a prior of standard deviation
// spreadPrior around 0.
var spreadRatios = []float64{0.35, 0.42, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6}

const (
	spreadPrior = 0.5
	shapeSpread = 0.03 // of a distribution function around the normal one
	shapeLength = 0.5  // in units: how far such a deviation reaches along the scale
)

// spread is the standard deviation of the companies' scores with its variance.
type spread struct{ value, variance float64 }

// scoreReading is the block of distribution functions cut to one score: row ×
// threshold, per company that has the score.
type scoreReading struct {
	at    []float64   // thresholds
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
	}
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
			r.reach.SetSym(a, b, math.Exp(-square((r.at[a]-r.at[b])/(shapeLength*s.unit))/2))
		}
	}
	return r
}

// spread is the posterior of the scores' standard deviation given all's measured
// distribution function: normal scores about the mean, with the sampling
// covariance of an empirical distribution function, F(s)∧F(t) − F(s)F(t), and a
// smooth deviation from the normal shape.
func (s *setting) spread(r scoreReading, public, mean float64) spread {
	logs := make([]float64, len(spreadRatios))
	for i, ratio := range spreadRatios {
		logs[i] = -square(math.Log(ratio)/spreadPrior) / 2
		if len(r.sd) > 0 && measured(r.sd[0]) {
			logs[i] += r.fit(s.sizes.divisor(0), mean, ratio*public)
		}
	}
	total := floats.LogSumExp(logs)
	var out spread
	var second float64
	for i, ratio := range spreadRatios {
		w := math.Exp(logs[i] - total)
		out.value += w * ratio * public
		second += w * square(ratio*public)
	}
	out.variance = max(second-square(out.value), 0)
	return out
}

// fit is the log-likelihood of all's reading under a spread.
func (r scoreReading) fit(n, mean, sd float64) float64 {
	f := normalCDF(r.at, mean, sd)
	j := len(f)
	cov := mat.NewSymDense(j, nil)
	e := mat.NewDense(j, 1, nil)
	for a := range j {
		for b := a; b < j; b++ {
			bridge := min(f[a], f[b]) - f[a]*f[b]
			cov.SetSym(a, b, n*bridge+square(n*shapeSpread)*r.reach.At(a, b)+square(r.sd[0])*r.noise.At(a, b))
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

func logPositive(x float64) float64 { return math.Log(math.Max(x, 1e-300)) }
