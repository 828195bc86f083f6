package estimate

import (
	"math"

	"maturitybench/benchmark/internal/eigen"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// distribution is the posterior of one score's distribution functions, cohort ×
// threshold.
type distribution struct {
	value    [][]float64
	variance [][]float64
	away     []float64 // variance of the deviation of all before anything is read, by threshold
}

// distribution is a Gaussian process posterior (Rasmussen & Williams, Gaussian
// Processes for Machine Learning, 2006, chapter 2) about the normal distribution
// functions of the cohorts' means and the common spread. The prior covariance is
// the sum of
//
//   - sampling: a Brownian bridge for each company, given the mean,
//   - shape: a smooth deviation of all cohorts, and one of each,
//   - the uncertainty of the means and of the spread, along the density.
//
// Between parts (all, each attribute) everything goes through a component that
// all cohorts share. Given that component the parts are independent: each is
// solved by itself, and the shared component collects what they say about it. A
// system of rows·thresholds unknowns falls into one a part.
//
// Given are the variances of the cohorts' means.
func (p process) distribution(sp levelSpread, variance []float64) distribution {
	p.variance = variance
	if !p.reading.any() {
		return p.unread(sp)
	}
	width := p.common.RawMatrix().Cols + 1
	precision := mat.NewSymDense(width, nil)
	for i := range width {
		precision.SetSym(i, i, 1)
	}
	information := mat.NewDense(width, 1, nil)
	solved := make([]solvedPart, len(p.parts))
	for a := range p.parts {
		solved[a] = p.solve(a)
		solved[a].inform(precision, information)
	}
	l := factor(precision)
	solveLower(l, information)
	n, j := p.Shape.Cohorts(), len(p.reading.at)
	out := distribution{grid(n, j), grid(n, j), p.deviates()}
	for a, part := range p.parts {
		shift, v := solved[a].recover(l, information)
		for i, g := range part.cohorts {
			for t := range j {
				out.value[g][t] = p.start[g][t] + shift[i*j+t]
				out.variance[g][t] = max(v[i*j+t], 1e-9)
			}
		}
	}
	return out
}

// unread is the prior.
func (p process) unread(sp levelSpread) distribution {
	d := distribution{p.start, grid(len(p.start), len(p.reading.at)), p.deviates()}
	for a, part := range p.parts {
		for _, g := range part.cohorts {
			for t := range d.variance[g] {
				d.variance[g][t] = max(p.shared(sp, t, t)+(1-meanOwn)*p.variance[g]*square(p.density[t])+p.own(a, g, g, t, t), 1e-9)
			}
		}
	}
	return d
}

// deviates is the variance of the deviation of all, by threshold.
func (p process) deviates() []float64 {
	v := make([]float64, len(p.reading.at))
	for t := range v {
		v[t] = max(p.away.At(t, t), 1e-9)
	}
	return v
}

// process is the prior of the distribution functions and what was read of them.
type process struct {
	*setting
	reading  scoreReading
	variance []float64     // of the means, by cohort
	level    []float64     // mean of the levels, by cohort
	start    [][]float64   // prior mean, cohort × threshold
	density  []float64     // of all at the thresholds
	along    []float64     // see alongSpread
	bridge   *mat.SymDense // sampling covariance of one company, given the mean
	away     *mat.SymDense // covariance of the deviation of all
	common   *mat.Dense    // threshold × threshold: factor of what all cohorts share
}

// newProcess is that of cohorts with means under one spread; the variances of the means,
// which it does not depend on, are missing.
func (s *setting) newProcess(r scoreReading, sp levelSpread, mean []float64) process {
	p := process{setting: s, reading: r, along: r.alongSpread(mean[0], sp.value)}
	for g, m := range mean {
		p.level = append(p.level, r.warp.level(m, sp.value))
		expected := r.expectedOf(p.level[g], sp.value)
		if p.start = append(p.start, expected.f); g == 0 {
			p.density = expected.density
		}
	}
	s.cov.align(s.parts, p.start)
	slope := r.warp.slope(p.level[0], sp.value)
	p.bridge = conditionalBridge(p.start[0], p.density, sp.value*slope)
	p.away = s.shape.covariance(r, p.start[0])
	if !r.any() {
		return p
	}
	j := len(r.at)
	common := mat.NewSymDense(j, nil)
	for a := range j {
		for b := a; b < j; b++ {
			common.SetSym(a, b, p.shared(sp, a, b))
		}
	}
	l := factor(common)
	p.common = mat.NewDense(j, j, nil)
	for a := range j {
		copy(p.common.RawRowView(a)[:a+1], l.Data[a*l.Stride:a*l.Stride+a+1])
	}
	return p
}

// alongSpread is the derivative of the expected distribution function with respect
// to the spread, the mean staying the same.
func (r scoreReading) alongSpread(mean, sd float64) []float64 {
	step := spreadStep * sd
	low, high := r.expected(mean, sd-step).f, r.expected(mean, sd+step).f
	for t := range high {
		high[t] = (high[t] - low[t]) / (2 * step)
	}
	return high
}

// shared is the covariance at two thresholds that all cohorts have in common, but
// for the means'.
func (p process) shared(sp levelSpread, s, t int) float64 {
	return p.cov.common*p.bridge.At(s, t) +
		p.away.At(s, t) +
		sp.variance*p.along[s]*p.along[t]
}

// conditionalBridge is the covariance of one company's indicators 1{score ≤ t},
// less what its score explains of them. Rounding and the approximation may leave
// negative eigenvalues; they are cut.
func conditionalBridge(f, density []float64, sd float64) *mat.SymDense {
	j := len(f)
	b := mat.NewSymDense(j, nil)
	for i := range j {
		for k := i; k < j; k++ {
			b.SetSym(i, k, min(f[i], f[k])-f[i]*f[k]-explained*sd*sd*density[i]*density[k])
		}
	}
	values, u := eigen.Decompose(b)
	for c, v := range values {
		scale := math.Sqrt(max(v, 1e-8))
		for i := range j {
			u.Set(i, c, u.At(i, c)*scale)
		}
	}
	b.SymOuterK(1, u)
	return b
}

// solvedPart is a part given the shared component, with L·L' the covariance of
// its readings.
type solvedPart struct {
	shared   *mat.Dense // cohort·threshold × shared component
	variance []float64  // prior variance of the part's own component
	cross    *mat.Dense // L⁻¹·cov(reading, own component); nil without readings
	effect   *mat.Dense // L⁻¹·effect of the shared component on the readings
	residual *mat.Dense // L⁻¹·(reading − prior mean)
}

func (p process) solve(a int) solvedPart {
	cohorts := p.parts[a].cohorts
	j := len(p.reading.at)
	s := solvedPart{shared: mat.NewDense(len(cohorts)*j, j+1, nil)}
	for i, g := range cohorts {
		s.shared.Slice(i*j, (i+1)*j, 0, j).(*mat.Dense).Copy(p.common)
		together := math.Sqrt((1 - meanOwn) * p.variance[g])
		for t := range j {
			s.shared.Set(i*j+t, j, together*p.density[t])
			s.variance = append(s.variance, p.own(a, g, g, t, t))
		}
	}
	var rows []int
	for _, r := range p.parts[a].rows {
		if r < len(p.reading.sd) && measured(p.reading.sd[r]) {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return s
	}
	s.cross = p.crossCovariance(a, rows)
	s.effect = mat.NewDense(len(rows)*j, j+1, nil)
	s.residual = mat.NewDense(len(rows)*j, 1, nil)
	cov := mat.NewSymDense(len(rows)*j, nil)
	for i, r := range rows {
		p.read(s, cohorts, i, r)
		for k, other := range rows[i:] {
			p.innovation(cov, s.cross, cohorts, i, i+k, r, other)
		}
	}
	l := factor(cov)
	solveLower(l, s.cross)
	solveLower(l, s.effect)
	solveLower(l, s.residual)
	return s
}

// own is the covariance of the part's own component at two cohorts and thresholds.
func (p process) own(a, g, h, s, t int) float64 {
	v := p.cov.ownSampling(a, g, h)*p.bridge.At(s, t) + p.cov.ownGroup(p.parts[a], g, h)*p.apart(s, t)
	if g == h {
		v += meanOwn * p.variance[g] * p.density[s] * p.density[t]
	}
	return v
}

// apart is the covariance of a segment's deviation from all's.
func (p process) apart(s, t int) float64 {
	v := square(shapeApart) * p.reading.reach.At(s, t)
	if p.shape.broken > 0 {
		v += brokenApart * p.away.At(s, t)
	}
	return v
}

// crossCovariance is that of the readings (row·threshold) with the part's own
// component (cohort·threshold).
func (p process) crossCovariance(a int, rows []int) *mat.Dense {
	cohorts := p.parts[a].cohorts
	j := len(p.reading.at)
	out := mat.NewDense(len(rows)*j, len(cohorts)*j, nil)
	for i, r := range rows {
		for k, g := range cohorts {
			// Row r adds up the cohorts: collect the factors of the kernels first.
			var sampling, group float64
			for _, h := range cohorts {
				sampling += p.reading.h.At(r, h) * p.cov.ownSampling(a, h, g)
				group += p.reading.h.At(r, h) * p.cov.ownGroup(p.parts[a], h, g)
			}
			mean := p.reading.h.At(r, g) * meanOwn * p.variance[g]
			for s := range j {
				row := out.RawRowView(i*j + s)[k*j : (k+1)*j]
				for t := range row {
					row[t] = sampling*p.bridge.At(s, t) + group*p.apart(s, t) + mean*p.density[s]*p.density[t]
				}
			}
		}
	}
	return out
}

// read fills in the residual of a row and what the shared component does to it.
func (p process) read(s solvedPart, cohorts []int, i, r int) {
	j := len(p.reading.at)
	for t := range j {
		e := p.reading.y[r][t]
		effect := s.effect.RawRowView(i*j + t)
		for k, g := range cohorts {
			h := p.reading.h.At(r, g)
			e -= h * (p.start[g][t] - p.reading.ref[t])
			for c, v := range s.shared.RawRowView(k*j + t) {
				effect[c] += h * v
			}
		}
		s.residual.Set(i*j+t, 0, e)
	}
}

// innovation fills in the covariance of two rows' readings given the shared
// component: cross times the rows' weights, and the noise.
func (p process) innovation(cov *mat.SymDense, cross *mat.Dense, cohorts []int, i, k, r, other int) {
	j := len(p.reading.at)
	for s := range j {
		row := cross.RawRowView(i*j + s)
		for t := range j {
			var v float64
			for c, g := range cohorts {
				v += row[c*j+t] * p.reading.h.At(other, g)
			}
			if r == other {
				v += square(p.reading.sd[r])*p.reading.noise.At(s, t) + p.reading.weight[r]*p.reading.lost.At(s, t)
			}
			if i < k || s <= t {
				cov.SetSym(i*j+s, k*j+t, v)
			}
		}
	}
}

// inform adds what the part's readings say about the shared component.
func (s solvedPart) inform(precision *mat.SymDense, information *mat.Dense) {
	if s.effect == nil {
		return
	}
	precision.SymRankK(precision, 1, s.effect.T())
	var add mat.Dense
	add.Mul(s.effect.T(), s.residual)
	information.Add(information, &add)
}

// recover returns the posterior mean, less the prior mean, and the variance of
// the part's values, l·l' being the precision of the shared component and
// information l⁻¹ times its information vector.
func (s solvedPart) recover(l blas64.Triangular, information *mat.Dense) (shift, variance []float64) {
	states, width := s.shared.Dims()
	effect := mat.NewDense(width, states, nil) // of the shared component, with what the own one gives way
	effect.Copy(s.shared.T())
	shift = make([]float64, states)
	variance = append(variance, s.variance...)
	if s.cross != nil {
		var given mat.Dense
		given.Mul(s.effect.T(), s.cross)
		effect.Sub(effect, &given)
		rows, _ := s.cross.Dims()
		for r := range rows {
			e := s.residual.At(r, 0)
			for i, c := range s.cross.RawRowView(r) {
				shift[i] += c * e
				variance[i] -= c * c
			}
		}
	}
	solveLower(l, effect)
	for r := range width {
		e := information.At(r, 0)
		for i, c := range effect.RawRowView(r) {
			shift[i] += c * e
			variance[i] += c * c
		}
	}
	return shift, variance
}
