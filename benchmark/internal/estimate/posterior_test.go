package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/mat"
)

// smallSetting is a setting with three attributes and a block of four coordinates
// with different noise, answer rates and prior means.
func smallSetting() (*setting, request) {
	rng := rand.New(rand.NewPCG(11, 12))
	shape := model.Shape{Levels: 6, Domains: []int{2, 2}, Attributes: []int{2, 3, 1}}
	in := arbitraryInput(shape, 200, 20, 0.1, 0, true, rng)
	in.Exact = []float64{200, 120, 60, 30, 100, 60, 180}
	s := newSetting(in)
	r := request{
		data:   in.Measured[model.Contrasts],
		factor: []float64{0.5, 0.8, 1, 0.7},
		center: grid(shape.Cohorts(), 4),
		prior:  encode.Variances{Level: 0.2, Group: 0.03, Within: 0.8},
		level:  medianRight, group: meanRight, freed: 0.75,
	}
	for row := range r.data.SD {
		r.data.SD[row][1] *= 3 // another group of noise
	}
	r.data.SD[2][3] = math.Inf(1) // a row that is missing for one coordinate
	for g := range r.center {
		for i := range r.center[g] {
			r.center[g][i] = 0.3 * rng.NormFloat64()
		}
	}
	return s, r
}

// dense solves one coordinate of a request at one pair of multiples by the
// textbook formulas: posterior mean, variance and marginal log-density.
func dense(s *setting, r request, i int, a, b float64) (mean, variance []float64, logDensity float64) {
	n := s.Shape.Cohorts()
	prior := mat.NewSymDense(n, nil)
	at := make([]float64, n)
	for g := range n {
		for h := g; h < n; h++ {
			prior.SetSym(g, h, a*r.prior.Level+b*r.prior.Group*s.cov.group.At(g, h)+r.prior.Within*s.cov.sampling.At(g, h))
		}
		at[g] = r.center[g][i]
	}
	var rows []int
	for row := range r.data.SD {
		if measured(r.data.SD[row][i]) {
			rows = append(rows, row)
		}
	}
	h := mat.NewDense(len(rows), n, nil)
	y, sd, predicted := make([]float64, len(rows)), make([]float64, len(rows)), make([]float64, len(rows))
	for k, row := range rows {
		for g := range n {
			h.Set(k, g, r.factor[i]*r.data.Weights.At(row, g)*s.sizes.count[g])
			predicted[k] += h.At(k, g) * at[g]
		}
		y[k], sd[k] = r.data.Y[row][i], r.data.SD[row][i]
	}
	mean, variance = condition(at, prior, h, y, sd)
	var hp, c mat.Dense
	hp.Mul(h, prior)
	c.Mul(&hp, h.T())
	sigma := mat.NewSymDense(len(rows), nil)
	for k := range rows {
		for l := k; l < len(rows); l++ {
			sigma.SetSym(k, l, c.At(k, l))
		}
		sigma.SetSym(k, k, sigma.At(k, k)+sd[k]*sd[k])
	}
	var chol mat.Cholesky
	if !chol.Factorize(sigma) {
		panic("covariance of the readings is not positive definite")
	}
	residual, solved := mat.NewVecDense(len(rows), nil), new(mat.VecDense)
	for k := range rows {
		residual.SetVec(k, y[k]-predicted[k])
	}
	if err := chol.SolveVecTo(solved, residual); err != nil {
		panic(err)
	}
	return mean, variance, -(chol.LogDet() + mat.Dot(residual, solved)) / 2
}

// The spectral solution is that of dense conditioning, mixed with the weights of
// the marginal densities.
func TestPosterior(t *testing.T) {
	s, r := smallSetting()
	got := s.posterior(r)
	var logs []float64
	for _, a := range multiplesTried {
		for _, b := range multiplesTried {
			log := -(square(math.Log(a)) + square(math.Log(b)+1.125)) / (2 * 1.5 * 1.5)
			for i := range r.factor {
				_, _, density := dense(s, r, i, a, b)
				log += 0.75 * density
			}
			logs = append(logs, log)
		}
	}
	top := logs[0]
	for _, v := range logs {
		top = max(top, v)
	}
	var total float64
	for i, v := range logs {
		logs[i] = math.Exp(v - top)
		total += logs[i]
	}
	for g := range got.mean {
		for i := range r.factor {
			var mean, second float64
			for k, weight := range logs {
				m, v, _ := dense(s, r, i, multiplesTried[k/6], multiplesTried[k%6])
				mean += weight / total * m[g]
				second += weight / total * (v[g] + m[g]*m[g])
			}
			// Up to 36 points of weight below 1e-4 each are left out.
			if math.Abs(got.mean[g][i]-mean) > 1e-3 || math.Abs(got.variance[g][i]-(second-mean*mean)) > 4e-3*(second-mean*mean)+1e-5 {
				t.Errorf("cohort %d, coordinate %d: %v ± √%v instead of %v ± √%v", g, i, got.mean[g][i], got.variance[g][i], mean, second-mean*mean)
			}
		}
	}
}

func TestPosteriorAtOnePoint(t *testing.T) {
	s, r := smallSetting()
	r.level, r.group = multiples{values: []float64{3}}, multiples{values: []float64{0.3}}
	got := s.posterior(r)
	for i := range r.factor {
		mean, variance, _ := dense(s, r, i, 3, 0.3)
		for g := range mean {
			if math.Abs(got.mean[g][i]-mean[g]) > 1e-9 || math.Abs(got.variance[g][i]-variance[g]) > 1e-9 {
				t.Errorf("cohort %d, coordinate %d: %v ± √%v instead of %v ± √%v", g, i, got.mean[g][i], got.variance[g][i], mean[g], variance[g])
			}
		}
	}
}

// Without a measurement the posterior is the prior.
func TestPosteriorUnmeasured(t *testing.T) {
	s, r := smallSetting()
	for row := range r.data.SD {
		for i := range r.data.SD[row] {
			r.data.SD[row][i] = math.Inf(1)
		}
	}
	got := s.posterior(r)
	for g := range got.mean {
		for i := range got.mean[g] {
			if got.mean[g][i] != r.center[g][i] || math.Abs(got.variance[g][i]/got.prior[g]-1) > 1e-9 {
				t.Errorf("cohort %d: %v ± √%v instead of %v ± √%v", g, got.mean[g][i], got.variance[g][i], r.center[g][i], got.prior[g])
			}
		}
	}
}

// A scalar example by hand: prior N(0, 4), reading 6 ± 2: posterior 3 ± √2.
func TestConditionScalar(t *testing.T) {
	mean, variance := condition([]float64{0}, mat.NewSymDense(1, []float64{4}), mat.NewDense(1, 1, []float64{1}), []float64{6}, []float64{2})
	if math.Abs(mean[0]-3) > 1e-12 || math.Abs(variance[0]-2) > 1e-12 {
		t.Errorf("got %v ± √%v, want 3 ± √2", mean[0], variance[0])
	}
}

// Efron and Morris: never further than one posterior standard deviation from the
// reading, where the data outweigh the prior.
func TestLimit(t *testing.T) {
	for _, c := range []struct{ posterior, reading, sd, informed, want float64 }{
		{1, 3, 0.5, 0.9, 2.5},
		{5, 3, 0.5, 0.9, 3.5},
		{2.8, 3, 0.5, 0.9, 2.8},
		{1, 3, 0.5, 0.4, 1},
	} {
		if got := limit(c.posterior, c.reading, c.sd, c.informed); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("limit(%v, %v, %v, %v) = %v, want %v", c.posterior, c.reading, c.sd, c.informed, got, c.want)
		}
	}
}

// The covariance of cohort means over a sample is that of the design: N companies,
// each in one value of an attribute.
func TestSamplingCovariance(t *testing.T) {
	parts := partition(model.Shape{Levels: 2, Domains: []int{1}, Attributes: []int{2}})
	c := newCovariance(parts, []float64{10, 6, 4})
	for _, e := range []struct {
		g, h int
		want float64
	}{
		{0, 0, 1. / 10}, {0, 1, 1. / 10}, {1, 1, 1. / 6}, {2, 2, 1. / 4}, {1, 2, 0},
	} {
		if got := c.sampling.At(e.g, e.h); math.Abs(got-e.want) > 1e-12 {
			t.Errorf("covariance of cohorts %d and %d: %v, want %v", e.g, e.h, got, e.want)
		}
	}
	// Effects e1, e2 of unit variance: all is 0.6·e1 + 0.4·e2.
	if got := c.group.At(0, 0); math.Abs(got-0.52) > 1e-12 {
		t.Errorf("variance of all's composition: %v, want 0.52", got)
	}
	// The first value less the attribute's average is 0.4·(e1 − e2).
	if got := c.ownGroup(parts[1], 1, 1); math.Abs(got-0.32) > 1e-12 {
		t.Errorf("variance of a value's deviation: %v, want 0.32", got)
	}
}

// A prior variance between two multiples of the coarse grid, with hardly any noise
// and two hundred questions to tell it: 0.55 of what was believed. Its square root
// is known to 1/√400 = 5 %, and the grid can be a quarter of its step, 15 %, off; the
// coarse grid would have to say 0.3 or 1.
func TestFinelyRight(t *testing.T) {
	const questions, believed, factor = 200, 0.4, 0.55
	rng := rand.New(rand.NewPCG(51, 52))
	shape := model.Shape{Levels: 6, Domains: []int{questions}}
	in := Input{Shape: shape, Exact: []float64{100}, Z: 1.645}
	s := &setting{Input: in, sizes: sizes{count: []float64{100}}}
	s.parts = partition(shape)
	s.cov = newCovariance(s.parts, s.sizes.count)
	r := request{
		data:   encode.Measured{Y: grid(1, questions), SD: grid(1, questions), Weights: mat.NewDense(1, 1, []float64{1})},
		factor: make([]float64, questions),
		prior:  encode.Variances{Level: believed}, level: finelyRight, group: known, freed: 1,
	}
	for q := range questions {
		r.factor[q], r.data.SD[0][q] = 1, 5
		r.data.Y[0][q] = 100*math.Sqrt(factor*believed)*rng.NormFloat64() + 5*rng.NormFloat64()
	}
	if got := math.Sqrt(s.posterior(r).prior[0] / (factor * believed)); math.Abs(got-1) > 0.2 {
		t.Errorf("a spread %.2f times the real one", got)
	}
}

// Odd multiples together have the probability that panels unlike the others have, whatever it is of the usual ones.
func TestOddMultiples(t *testing.T) {
	var usual, odd float64
	for _, v := range oddRight.values {
		if p := math.Exp(oddRight.log(v)) - math.Exp(farRight.log(v)); v < questionsOdd[0] {
			same(t, "a usual multiple", p, 0)
		} else {
			odd += p
		}
		usual += math.Exp(farRight.log(v))
	}
	same(t, "odd ones", odd/(usual+odd), rare)
}

// Questions whose shapes are far from each other are taken for what they are, and so are values of attributes that are
// strong in domains of their own.
func TestFarMultiples(t *testing.T) {
	s := measuredSetting(t)
	s.scales = s.ownScales()
	level, data, n := s.Design.Prior[model.QuestionShape].Level, s.Measured[model.QuestionShape], s.sizes.divisor(0)
	expected := s.expectedShapes(grid(3, 12))
	for i := range data.Y[0] {
		data.Y[0][i] = n * (expected.question[0][i/4][i%4] - expected.domain[0][s.domainOf[i/4]][i%4] + math.Sqrt(100*level)*float64(1-i%2*2))
		data.SD[0][i] = 0.05 * n
	}
	domain, _ := s.domainShapes(expected, 4)
	if b, _, _ := s.questionShapes(expected, domain, 4); !(b.prior[0] > 80*level) {
		t.Errorf("shapes with 100 times the variance: %v times", b.prior[0]/level)
	}

	group, offsets := s.Design.Prior[model.Offsets].Group, s.Measured[model.Offsets]
	apart := math.Sqrt(100 * group)
	for i := range offsets.Y[1] {
		weight := 0.0
		for g, sign := range []float64{0, 1, -1} {
			weight += offsets.Weights.At(1, g) * s.sizes.count[g] * sign
		}
		offsets.Y[0][i], offsets.Y[1][i] = 0, weight*apart*float64(1-i%2*2)
	}
	b, _ := s.offsets(levels{value: grid(3, 1)})
	if got := s.cov.group.At(1, 1); !((b.prior[1]-b.prior[0])/(got-s.cov.group.At(0, 0)) > 60*group) {
		t.Errorf("values of attributes with 100 times the variance: %v times", (b.prior[1]-b.prior[0])/group)
	}
}
