package estimate

import (
	"math"
	"math/rand/v2"
	"testing"

	"maturitybench/benchmark/internal/model"
)

// carried is a measurement of 100 companies, what it tells of the questions, and whether
// of each.
func carried(t *testing.T) (Input, Earlier) {
	t.Helper()
	rng := rand.New(rand.NewPCG(91, 92))
	in, _ := typical.draw(jsp, 100, rng).release(t, model.Prior{Companies: 100}, 0.26, 0.79, false, rng)
	return in, Contrasts(in)
}

// What a measurement tells of its questions is the distance of their unshrunken means from
// those of their domains, up to what sums of a domain correct.
func TestContrastsAreUnshrunken(t *testing.T) {
	in, told := carried(t)
	free := Estimate(in)[0].Unshrunken
	for q, d := range jsp.DomainOf() {
		want, sd := free.Questions[q].Value-free.Domains[d].Value, math.Sqrt(told.Variance[q])
		if !(sd > 0.02 && sd < 0.5) || math.Abs(told.Reading[q]-want) > 0.5*sd {
			t.Errorf("question %d: %.3f ± %.3f, unshrunken %.3f", q, told.Reading[q], sd, want)
		}
	}
}

// An earlier wave with the same readings makes question means more certain, in segments as
// well, and leaves domains and unshrunken numbers as they are.
func TestCarryTells(t *testing.T) {
	in, told := carried(t)
	alone := Estimate(in)
	in.Earlier = []Earlier{told, told}
	with := Estimate(in)
	in.Earlier = in.Earlier[:1]
	if one := Estimate(in)[0].Questions[0].Mean.Error; !(with[0].Questions[0].Mean.Error < one) {
		t.Errorf("with two waves the error is %v, with one %v", with[0].Questions[0].Mean.Error, one)
	}
	for g := range with {
		for q := range with[g].Questions {
			was, is := alone[g].Questions[q].Mean, with[g].Questions[q].Mean
			if !(is.Error < was.Error) || g == 0 && !(is.Information > was.Information) {
				t.Errorf("cohort %d, question %d: %+v, and without the earlier waves %+v", g, q, is, was)
			}
			if with[g].Unshrunken.Questions[q] != alone[g].Unshrunken.Questions[q] {
				t.Errorf("cohort %d, question %d: the unshrunken mean is another", g, q)
			}
		}
		for d := range with[g].Domains {
			if with[g].Domains[d].Mean != alone[g].Domains[d].Mean {
				t.Errorf("cohort %d, domain %d: the mean is another", g, d)
			}
		}
	}
}

// Earlier waves that contradict a reading move the estimate by a standard deviation of the
// noise at most, and the interval grows with the distance. Questions of which they do not
// tell are where they were.
func TestCarryIsLimited(t *testing.T) {
	in, told := carried(t)
	alone := Estimate(in)[0]
	away := Earlier{Reading: append([]float64(nil), told.Reading...), Variance: append([]float64(nil), told.Variance...)}
	for q := range away.Reading {
		away.Variance[q] = 1e-4
	}
	away.Reading[3] += 0.35
	away.Variance[7] = 0
	in.Earlier = []Earlier{away, away, away, away}
	s := newSetting(in)
	domains := s.domains(s.overall())
	m := s.measuredContrasts(domains)
	reading, noise := s.contrastReading(m, 3)
	prior := in.Design.Prior[model.Contrasts]
	b := s.posterior(request{data: m.data, factor: m.factor, prior: prior, level: finelyRight, group: meanRight, freed: s.freeShare(), with: true})
	s.carry(&b, m, prior)
	moved := b.mean[0][3] - reading
	if math.Abs(moved-math.Sqrt(noise)) > 1e-9 || math.Abs(b.doubt[3]-square(moved)/4) > 1e-12 || b.doubt[7] != 0 {
		t.Errorf("a question whose waves are off by 0.35 moves by %.3f, its noise is %.3f; its doubt is %.4f", moved, math.Sqrt(noise), b.doubt[3])
	}
	// No question that is carried on looks better than they do on average.
	var usual float64
	for i, v := range b.variance[0] {
		if i != 7 && (usual == 0 || v < usual) {
			usual = v
		}
	}
	least := 0
	for i, v := range b.variance[0] {
		if i != 7 && v < usual*(1+1e-9) {
			least++
		}
	}
	if least < 10 {
		t.Errorf("the least variance, %.5f, is that of %d questions", usual, least)
	}
	// The interval has the doubt, beside what it always allows for.
	levels := s.questions(domains)
	v := b.variance[0][3]
	informed := removed(v, b.prior[0])
	value := levels.value[0]
	contrasts := make([]float64, len(value))
	for q, d := range s.domainOf {
		contrasts[q] = value[q] - domains.value[0][d]
	}
	usualSquare, apart := s.usualDistances(value, contrasts)
	tail, rate := s.tailError(0), s.rateError(0, 3)
	distance := square(math.Abs(value[3]-s.Design.LevelCenter) + centerSlack*s.unit)
	scale := square(1 + s.left(3)/s.rates.usable[3]*informed)
	beside := scale*(domains.wide[0][0]-domains.variance[0][0]) + widenedApart(v, informed, b.mean[0][3]) - v + square(contrasts[3])*tail + distance*rate - apart*tail - usualSquare*rate
	if got := levels.wide[0][3] - levels.variance[0][3] - beside; math.Abs(got-b.doubt[3]) > 0.05*b.doubt[3] {
		t.Errorf("the interval allows for %.5f more than for other questions, its doubt is %.5f", got, b.doubt[3])
	}
	with := Estimate(in)[0]
	if was, is := alone.Questions[7].Mean, with.Questions[7].Mean; math.Abs(was.Value-is.Value) > 0.03 || math.Abs(is.Error/was.Error-1) > 0.02 {
		t.Errorf("a question that starts afresh is %+v, and without waves %+v", is, was)
	}
}

// The variance of what is told allows for clipping and for what the sum is divided by.
func TestContrastsAllowFor(t *testing.T) {
	in, told := carried(t)
	s := newSetting(in)
	m := s.measuredContrasts(s.domains(s.overall()))
	for i, q := range m.questions {
		reading, noise := s.contrastReading(m, i)
		clipped, divisor := m.rest.of(0, i)/square(s.rates.usable[q]), square(reading)*s.scaleError(0, q)
		if !(clipped > 0) || !(divisor > 0) || math.Abs(told.Variance[q]-noise-clipped-divisor) > 1e-12 {
			t.Errorf("question %d: variance %v, of the noise %v, of clipping %v, of the divisor %v", q, told.Variance[q], noise, clipped, divisor)
		}
	}
}

// A question that was not measured in this wave leans on no other: nothing of it is told.
func TestCarryWithoutAMeasurement(t *testing.T) {
	in, told := carried(t)
	for _, row := range in.Measured[model.Contrasts].SD {
		row[5] = math.Inf(1)
	}
	alone := Estimate(in)[0].Questions
	in.Earlier = []Earlier{told, told}
	for q, with := range Estimate(in)[0].Questions {
		was, is := alone[q].Mean, with.Mean
		if math.IsNaN(is.Value) || math.IsInf(is.Error, 0) || q == 5 && math.Abs(is.Error/was.Error-1) > 0.01 || q != 5 && !(is.Error < was.Error) {
			t.Errorf("question %d is %+v, and without earlier waves %+v", q, is, was)
		}
	}
}

// Another cohort moves as it varies with all, and no variance becomes negative.
func TestMoveAll(t *testing.T) {
	b := belief{
		mean: [][]float64{{1}, {2}, {3}}, variance: [][]float64{{0.4}, {0.5}, {0.1}}, with: [][]float64{{0.4}, {0.2}, {0.4}},
	}
	b.moveAll(0, 2, 0.1)
	for g, want := range [][2]float64{{2, 0.1}, {2.5, 0.5 - 0.25*0.3}, {4, 0}} {
		if math.Abs(b.mean[g][0]-want[0]) > 1e-12 || math.Abs(b.variance[g][0]-want[1]) > 1e-12 {
			t.Errorf("cohort %d: %v ± %v, want %v", g, b.mean[g][0], b.variance[g][0], want)
		}
	}
}

// The covariance of the cohorts with all is that of the conditional normal distribution: of
// all with itself the variance.
func TestPosteriorWithAll(t *testing.T) {
	in, _ := carried(t)
	s := newSetting(in)
	m := s.measuredContrasts(s.domains(s.overall()))
	prior := in.Design.Prior[model.Contrasts]
	b := s.posterior(request{data: m.data, factor: m.factor, prior: prior, level: finelyRight, group: meanRight, freed: s.freeShare(), with: true})
	for i := range m.questions {
		if math.Abs(b.with[0][i]/b.variance[0][i]-1) > 1e-9 {
			t.Errorf("question %d: covariance %v with itself, variance %v", i, b.with[0][i], b.variance[0][i])
		}
		for g := range b.with {
			if square(b.with[g][i]) > b.variance[0][i]*b.variance[g][i]*(1+1e-9) || !(b.with[g][i] > 0) {
				t.Errorf("cohort %d, question %d: covariance %v with all, variances %v and %v", g, i, b.with[g][i], b.variance[0][i], b.variance[g][i])
			}
		}
	}
}
