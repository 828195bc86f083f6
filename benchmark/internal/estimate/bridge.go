package estimate

import "gonum.org/v1/gonum/mat"

// fit is the log-likelihood of all's reading under a spread, when the distribution
// function deviates by shape from the one that is expected of it.
func (r scoreReading) fit(n float64, expected distributed, shape deviation) float64 {
	f, density := expected.f, expected.density
	j := len(f)
	cov, away := mat.NewSymDense(j, nil), shape.covariance(r, f)
	e := mat.NewDense(j, 1, nil)
	for a := range j {
		for b := a; b < j; b++ {
			bridge := min(f[a], f[b]) - f[a]*f[b]
			cov.SetSym(a, b, n*bridge+n*n*away.At(a, b)+square(r.sd[0])*r.noise.At(a, b)+r.weight[0]*r.lost.At(a, b)+
				n*n*r.variance*density[a]*density[b])
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

// covariance is that of a deviation from the distribution function f at the
// thresholds. Where scores lie unevenly, a threshold is anywhere between two jumps, uniformly.
// With answers that have weights of 1 to 10 and are at either end of the scale, quartiles of 300 companies, ε = 4,
// held in 79 to 84 % with that, and in 75 to 78 % without; of panels like the model they erred by a third less.
func (d deviation) covariance(r scoreReading, f []float64) *mat.SymDense {
	j := len(f)
	k := mat.NewSymDense(j, nil)
	if d.broken > 0 {
		k = r.bridge(f)
	}
	low, high := r.farOff(f)
	for a := range j {
		for b := a; b < j; b++ {
			k.SetSym(a, b, square(d.smooth)*r.reach.At(a, b)+d.broken*k.At(a, b)+low[a]*low[b]+high[a]*high[b])
		}
		if r.jagged > 0 {
			k.SetSym(a, a, k.At(a, a)+square(r.jagged*r.density(f, a))/12)
		}
	}
	return k
}

// density is that of scores at a threshold, from its neighbours.
func (r scoreReading) density(f []float64, t int) float64 {
	low, high := max(t-1, 0), min(t+1, len(f)-1)
	if low == high {
		return 0
	}
	return (f[high] - f[low]) / (r.middle[high] - r.middle[low])
}

// bridge is the covariance of a broken deviation, but for its size, given the mean and
// the mean square of the scores: both are integrals of the distribution function,
//
//	mean = top − ∫F dt,  E(score − c)² = (top − c)² − 2·∫(t − c)·F dt,
//
// here sums over the thresholds, in whose gaps the function is not known.
func (r scoreReading) bridge(f []float64) *mat.SymDense {
	j := len(f)
	k := mat.NewSymDense(j, nil)
	at := func(t int) float64 {
		switch {
		case t < 0:
			return 0
		case t == j:
			return r.top
		}
		return r.middle[t]
	}
	clamped := make([]float64, j)
	for t, v := range f {
		clamped[t] = clamp(v, leastBridge, 1-leastBridge)
	}
	mean, squared := make([]float64, j), make([]float64, j)
	meanError, squaredError := r.variance, square(r.square.sd)
	for t := range j {
		for b := t; b < j; b++ {
			k.SetSym(t, b, min(clamped[t], clamped[b])-clamped[t]*clamped[b])
		}
		mean[t] = (at(t+1) - at(t-1)) / 2
		squared[t] = 2 * (at(t) - r.square.center) * mean[t]
	}
	before := 0.0
	for t := range j + 1 { // a jump may be anywhere in a gap
		now := 1.0
		if t < j {
			now = clamped[t]
		}
		width, middle := at(t)-at(t-1), (at(t)+at(t-1))/2
		rise := max(now-before, 0)
		meanError += rise * square(width) / 12
		squaredError += rise * square(2*(middle-r.square.center)*width) / 12
		before = now
	}
	given(k, mean, meanError)
	if measured(r.square.sd) {
		given(k, squared, squaredError)
	}
	return k
}

// given conditions a covariance on a weighted sum that is known up to a variance.
func given(k *mat.SymDense, weights []float64, variance float64) {
	j := len(weights)
	cov, total := make([]float64, j), variance
	for a := range j {
		for b, w := range weights {
			cov[a] += k.At(a, b) * w
		}
		total += weights[a] * cov[a]
	}
	for a := range j {
		for b := a; b < j; b++ {
			k.SetSym(a, b, k.At(a, b)-cov[a]*cov[b]/total)
		}
	}
}
