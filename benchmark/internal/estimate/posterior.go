package estimate

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/eigen"
	"maturitybench/benchmark/internal/encode"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// multiples are what a prior variance is multiplied by, because the public model
// knows it within a factor of about 30 only: values with a prior whose logarithm
// is normal around center with the standard deviation multipleSpread.
type multiples struct {
	values []float64
	center float64
	spread float64 // of the logarithm, instead of multipleSpread; 0 is multipleSpread
	odd    float64 // from which on panels unlike the others are found, which are rare; 0 is nowhere
}

// How a prior variance stands to the truth.
var (
	known = multiples{values: []float64{1}}
	// medianRight leans to wide priors, for the levels of a scale: a question
	// far out must not be taken for its neighbours.
	medianRight = multiples{values: multiplesTried}
	// meanRight holds the prior variance on average, for what has hardly any
	// room to be larger: shapes and the differences between cohorts.
	meanRight = multiples{values: multiplesTried, center: -multipleSpread * multipleSpread / 2}
	// farRight is meanRight for what may be far larger than in panels like the model: every value
	// of an attribute may be strong in a domain of its own, and every question have its own answer.
	farRight = multiples{values: multiplesFar, center: -multipleSpread * multipleSpread / 2}
	// oddRight is farRight for the shapes of questions: see questionsOdd.
	oddRight = multiples{values: multiplesFar, center: -multipleSpread * multipleSpread / 2, odd: questionsOdd[0]}
	// finelyRight is medianRight on a grid twice as fine, for the questions: of
	// dozens of them the data know the spread within a factor of about 1.5, and
	// between values that are three times apart they could but jump.
	finelyRight = multiples{values: multiplesFine}
)

// log is the logarithm of the prior probability of a multiple, but for a constant.
func (m multiples) log(value float64) float64 {
	spread := m.spread
	if spread == 0 {
		spread = multipleSpread
	}
	usual := -square((math.Log(value)-m.center)/spread) / 2
	if m.odd == 0 || value < m.odd {
		return usual
	}
	var odd, total float64
	for _, v := range m.values {
		if v >= m.odd {
			odd++
		}
		total += math.Exp(-square((math.Log(v)-m.center)/spread) / 2)
	}
	return math.Log(math.Exp(usual) + rare/(1-rare)*total/odd)
}

// mean is the multiple that is expected before the data.
func (m multiples) mean() float64 {
	var sum, total float64
	for _, v := range m.values {
		weight := math.Exp(m.log(v))
		sum, total = sum+weight*v, total+weight
	}
	return sum / total
}

// request asks for the posterior of one block.
type request struct {
	data   encode.Measured
	factor []float64   // per coordinate: what a company's feature was multiplied by, on average
	center [][]float64 // prior mean, cohort × coordinate; nil is zero
	prior  encode.Variances
	level  multiples // of the common variance
	group  multiples // of the variance between cohorts
	freed  float64   // share of the coordinates that are free; the others follow from sums
	with   bool      // say how the cohorts vary with all
}

// belief is a posterior, cohort × coordinate. The prior variance of a cohort is
// the same for all coordinates.
type belief struct {
	mean, variance [][]float64
	prior          []float64
	before         []float64   // the same before the data told which multiples fit
	with           [][]float64 // covariance with all companies; nil unless asked for
	doubt          []float64   // what intervals allow for beyond the variance, by coordinate; nil: nothing
}

// posterior returns the posterior of the cohort means θ of a block,
//
//	y = factor · W·diag(n)·θ + noise,
//	θ ~ N(center, a·Level·11' + b·Group·A + Within·S),
//
// averaged over the multiples a and b with the weights that the data give them
// (all coordinates together) times their prior. It is the hierarchical normal
// model of Gelman et al., Bayesian Data Analysis (3rd ed., 2013), §5.4, with its
// hyperparameters on a grid: averaging, where the usual empirical Bayes takes the
// best point, widens the posterior by what is not known of the spread.
//
// With h = W·diag(n)/sd the whitened system is factor²·h·P·h' + 1. One spectral
// decomposition of h·P·h' serves every factor, so that a block costs one
// decomposition a grid point however many coordinates it has.
func (s *setting) posterior(r request) belief {
	if s.flat {
		r.prior.Level, r.prior.Group = flatSpread*flatSpread, flatSpread*flatSpread
		r.level, r.group = known, known
	}
	n := s.Shape.Cohorts()
	m := len(r.factor)
	out := belief{mean: grid(n, m), variance: grid(n, m), prior: make([]float64, n), before: make([]float64, n)}
	groups := s.noiseGroups(r)
	var points []gridPoint
	for _, a := range r.level.values {
		for _, b := range r.group.values {
			points = append(points, s.gridPoint(r, groups, a, b))
		}
	}
	expected := r.level.mean() * r.prior.Level
	for g := range n {
		out.before[g] = expected + r.group.mean()*r.prior.Group*s.cov.group.At(g, g) + r.prior.Within*s.cov.sampling.At(g, g)
	}
	points = weigh(points)
	delta := grid(n, m) // second moments, first
	if r.with {
		out.with = grid(n, m)
	}
	for _, p := range points {
		for g := range n {
			out.prior[g] += p.weight * p.cov.At(g, g)
		}
		mean, variance := p.moments(groups, n, m)
		for g := range n {
			for i := range m {
				out.mean[g][i] += p.weight * mean[g][i]
				delta[g][i] += p.weight * (variance[g][i] + square(mean[g][i]))
			}
		}
		if r.with {
			p.addWith(groups, mean, out.with)
		}
	}
	for g := range out.with {
		for i := range m {
			out.with[g][i] -= out.mean[0][i] * out.mean[g][i]
		}
	}
	for g := range n {
		for i := range m {
			out.variance[g][i] = max(delta[g][i]-square(out.mean[g][i]), 0)
			if r.center != nil {
				out.mean[g][i] += r.center[g][i]
			}
		}
	}
	return out
}

// noiseGroup are coordinates with the same noise in every row.
type noiseGroup struct {
	coordinates []int
	factor      []float64
	h           *mat.Dense // measured rows × cohorts, whitened; nil without rows
	residual    *mat.Dense // measured rows × coordinates: whitened reading less the prior mean's
}

// noiseGroups splits the coordinates by their noise and drops unmeasured rows.
func (s *setting) noiseGroups(r request) []noiseGroup {
	var out []noiseGroup
	for i, f := range r.factor {
		at := slices.IndexFunc(out, func(g noiseGroup) bool { return sameNoise(r.data.SD, g.coordinates[0], i) })
		if at < 0 {
			at = len(out)
			out = append(out, noiseGroup{})
		}
		out[at].coordinates = append(out[at].coordinates, i)
		out[at].factor = append(out[at].factor, f)
	}
	for i := range out {
		s.whiten(r, &out[i])
	}
	return out
}

func sameNoise(sd [][]float64, i, j int) bool {
	for _, row := range sd {
		if row[i] != row[j] && !(measured(row[i]) && math.Abs(row[i]-row[j]) <= sameNoiseWithin*row[i]) {
			return false
		}
	}
	return true
}

func (s *setting) whiten(r request, group *noiseGroup) {
	n := s.Shape.Cohorts()
	var rows []int
	for row, sd := range r.data.SD {
		if measured(sd[group.coordinates[0]]) {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return
	}
	group.h = mat.NewDense(len(rows), n, nil)
	group.residual = mat.NewDense(len(rows), len(group.coordinates), nil)
	for at, row := range rows {
		sd := r.data.SD[row][group.coordinates[0]]
		for g := range n {
			group.h.Set(at, g, r.data.Weights.At(row, g)*s.sizes.count[g]/sd)
		}
		h := group.h.RawRowView(at)
		for c, i := range group.coordinates {
			e := r.data.Y[row][i] / sd
			if r.center != nil {
				for g := range n {
					e -= group.factor[c] * h[g] * r.center[g][i]
				}
			}
			group.residual.Set(at, c, e)
		}
	}
}

// gridPoint is the model at one pair of multiples.
type gridPoint struct {
	weight  float64 // its logarithm until weigh
	cov     *mat.SymDense
	spectra []spectrum // per noise group
}

// spectrum is the decomposition U·diag(values)·U' of h·P·h'.
type spectrum struct {
	values   []float64
	gain     *mat.Dense // U'·h·P
	residual *mat.Dense // U'·residual
}

func (s *setting) gridPoint(r request, groups []noiseGroup, a, b float64) gridPoint {
	n := s.Shape.Cohorts()
	p := gridPoint{cov: mat.NewSymDense(n, nil)}
	for g := range n {
		for h := g; h < n; h++ {
			p.cov.SetSym(g, h, a*r.prior.Level+b*r.prior.Group*s.cov.group.At(g, h)+r.prior.Within*s.cov.sampling.At(g, h))
		}
	}
	p.weight = r.level.log(a) + r.group.log(b)
	for _, group := range groups {
		if group.h == nil {
			p.spectra = append(p.spectra, spectrum{})
			continue
		}
		sp := decompose(group, p.cov)
		p.weight += r.freed * sp.logLikelihood(group.factor)
		p.spectra = append(p.spectra, sp)
	}
	return p
}

func decompose(group noiseGroup, cov *mat.SymDense) spectrum {
	var hp, hph mat.Dense
	hp.Mul(group.h, cov)
	hph.Mul(&hp, group.h.T())
	rows, _ := hph.Dims()
	sym := mat.NewSymDense(rows, nil)
	for i := range rows {
		for j := i; j < rows; j++ {
			sym.SetSym(i, j, hph.At(i, j))
		}
	}
	values, u := eigen.Decompose(sym)
	sp := spectrum{values: values, gain: new(mat.Dense), residual: new(mat.Dense)}
	for i, v := range sp.values {
		sp.values[i] = max(v, 0)
	}
	sp.gain.Mul(u.T(), &hp)
	sp.residual.Mul(u.T(), group.residual)
	return sp
}

// logLikelihood is that of all coordinates, without a constant.
func (sp spectrum) logLikelihood(factor []float64) float64 {
	var sum float64
	for i, value := range sp.values {
		for c, e := range sp.residual.RawRowView(i) {
			v := 1 + square(factor[c])*value
			sum -= (math.Log(v) + e*e/v) / 2
		}
	}
	return sum
}

// weigh turns the logarithms into weights that sum to 1 and drops the points
// that hardly count.
func weigh(points []gridPoint) []gridPoint {
	logs := make([]float64, len(points))
	for i, p := range points {
		logs[i] = p.weight
	}
	total := floats.LogSumExp(logs)
	kept := points[:0]
	var sum float64
	for _, p := range points {
		if p.weight = math.Exp(p.weight - total); p.weight > leastWeight {
			kept = append(kept, p)
			sum += p.weight
		}
	}
	for i := range kept {
		kept[i].weight /= sum
	}
	return kept
}

// moments are the posterior mean (less the prior mean) and variance.
func (p gridPoint) moments(groups []noiseGroup, cohorts, coordinates int) (mean, variance [][]float64) {
	mean, variance = grid(cohorts, coordinates), grid(cohorts, coordinates)
	for at, group := range groups {
		sp := p.spectra[at]
		for c, i := range group.coordinates {
			for g := range cohorts {
				variance[g][i] = p.cov.At(g, g)
			}
			f := group.factor[c]
			for k, value := range sp.values {
				scale := f / (1 + f*f*value)
				shift := scale * sp.residual.At(k, c)
				for g, t := range sp.gain.RawRowView(k) {
					mean[g][i] += t * shift
					variance[g][i] -= f * scale * t * t
				}
			}
		}
	}
	return mean, variance
}

// addWith adds the point's second moments of the cohorts with all companies to sum.
func (p gridPoint) addWith(groups []noiseGroup, mean, sum [][]float64) {
	for at, group := range groups {
		sp := p.spectra[at]
		for c, i := range group.coordinates {
			for g := range sum {
				sum[g][i] += p.weight * (p.cov.At(0, g) + mean[0][i]*mean[g][i])
			}
			f := group.factor[c]
			for k, value := range sp.values {
				scale, row := p.weight*f*f/(1+f*f*value), sp.gain.RawRowView(k)
				for g, t := range row {
					sum[g][i] -= scale * row[0] * t
				}
			}
		}
	}
}

// choose keeps some coordinates of a block.
func choose(data encode.Measured, coordinates []int) encode.Measured {
	out := encode.Measured{Weights: data.Weights}
	for r := range data.Y {
		y, sd := make([]float64, len(coordinates)), make([]float64, len(coordinates))
		for c, i := range coordinates {
			y[c], sd[c] = data.Y[r][i], data.SD[r][i]
		}
		out.Y, out.SD = append(out.Y, y), append(out.SD, sd)
	}
	return out
}
