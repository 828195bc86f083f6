package benchmark

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/family"
	"maturitybench/benchmark/internal/rehearsal"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// forecastAtOnce is how many companies may be in memory for one forecast.
const forecastAtOnce = 1 << 20

// forecastTrials runs the trials on all cores. It returns the sizes of the cohorts
// and the sums over the trials, by cohort and family, added up in the order of the
// trials, so that they come out the same on every machine.
func (p *Plan) forecastTrials(companies int, skipped float64) (counts []int64, sums [][]familySum, err error) {
	trials := make([]trialForecast, forecastTrials)
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), max(forecastAtOnce/companies, 1)) {
		all.Go(func() {
			for i := next.Add(1) - 1; i < forecastTrials; i = next.Add(1) - 1 {
				trials[i] = p.forecastTrial(companies, skipped, int(i))
			}
		})
	}
	all.Wait()
	for _, t := range trials {
		if t.err != nil {
			return nil, nil, t.err
		}
		if counts == nil {
			counts, sums = t.counts, t.sums
			continue
		}
		for g := range sums {
			for i := range sums[g] {
				sums[g][i].add(t.sums[g][i])
			}
		}
	}
	return counts, sums, nil
}

// trialForecast is what one synthetic panel tells.
type trialForecast struct {
	counts []int64       // companies, by cohort
	sums   [][]familySum // by cohort and family
	err    error
}

// forecastTrial measures a synthetic panel.
//
// The estimates are compared with the panel's exact statistics. All of them hang on
// how the pilot happened to come out, so that the panel is measured several times,
// from the pilot on. The number of companies, the overall mean and the means of the
// domains have few numbers a panel, which tell little: the main vector of each
// measurement is drawn several times, and only these are made of it again.
func (p *Plan) forecastTrial(companies int, skipped float64, trial int) (t trialForecast) {
	noise := &repeatableNoise{Noise: forecastNoise(companies, trial)}
	rows := p.rows(p.syntheticRows(companies, skipped, trial))
	exact := p.exactCohorts(rows)
	t.sums = make([][]familySum, len(p.measured))
	for range forecastPilots {
		m, sizes, err := p.measure(context.Background(), noise, rows)
		if err != nil {
			return trialForecast{err: err}
		}
		t.counts = sizes
		read, err := p.scheme.reader(m)
		if err != nil {
			return trialForecast{err: err}
		}
		for main := range forecastMains {
			if main > 0 {
				noise.redraw(m)
			}
			in, err := p.input(read, m)
			if err != nil {
				return trialForecast{err: err}
			}
			if main == 0 {
				p.addForecast(estimate.Estimate(in), exact, t.sums, true)
			} else {
				p.addForecast(estimate.Levels(in), exact, t.sums, false)
			}
		}
	}
	return t
}

// addForecast adds the estimates of one measurement to the sums: all families, or
// those of the levels.
func (p *Plan) addForecast(estimates []estimate.Cohort, exact []draft.Cohort, sums [][]familySum, all bool) {
	for g, c := range estimates {
		if sums[g] == nil {
			sums[g] = make([]familySum, len(p.families(exact[g])))
		}
		made, truth := p.families(draft.Select(c, p.spec.MinCompanies, p.levelsOnly())), p.families(exact[g])
		for i := range made {
			if all || made[i].Level {
				sums[g][i].expect(made[i])
				sums[g][i].compare(made[i], truth[i])
			}
		}
	}
}

// families are those of a cohort that are asked for.
func (p *Plan) families(c draft.Cohort) []family.Family {
	return family.List(p.asked, p.spec.Statistics, c)
}

// repeatableNoise remembers the last totals that it was added to.
type repeatableNoise struct {
	rehearsal.Noise
	redraw func(m *measurement) // replaces the vector that was drawn last
}

func (n *repeatableNoise) Gaussian(g privacy.Gaussian, totals []int64) []int64 {
	totals = slices.Clone(totals)
	n.redraw = func(m *measurement) { m.Main = n.Noise.Gaussian(g, totals) }
	return n.Noise.Gaussian(g, totals)
}

func (n *repeatableNoise) SphericalLaplace(l privacy.SphericalLaplace, totals []int64) []int64 {
	totals = slices.Clone(totals)
	n.redraw = func(m *measurement) { m.Small = n.Noise.SphericalLaplace(l, totals) }
	return n.Noise.SphericalLaplace(l, totals)
}

// Tested shows every panel: whether it would be is told apart.
func (n *repeatableNoise) Tested(t privacy.MeasuredThreshold, totals []int64) []int64 {
	return n.SphericalLaplace(t.Noise(), totals)
}

// usualDoubt is the standard deviation of the logarithm of a ratio between plans.
const usualDoubt = 0.12

// familySum sums half-widths, publications and squared errors of a family over
// the trials.
type familySum struct {
	name              string
	of                *statistic.Family
	usual             statistic.UsualError
	unit              float64
	width, published  float64
	count             float64
	squares, compared float64
}

// expect adds what one measurement publishes.
func (s *familySum) expect(f family.Family) {
	s.name, s.of, s.usual, s.unit = f.Name, f.Of, f.Usual, f.Unit
	for _, f := range f.Numbers {
		s.width += (f.High - f.Low) / 2
		s.count++
		if f.Published {
			s.published++
		}
	}
}

// add adds the sums of other trials.
func (s *familySum) add(o familySum) {
	s.width += o.width
	s.published += o.published
	s.count += o.count
	s.squares += o.squares
	s.compared += o.compared
}

// compare adds the errors of one measurement. Nobody knows the mean of no answers.
func (s *familySum) compare(made, exact family.Family) {
	for i, f := range made.Numbers {
		if e := f.Value - exact.Numbers[i].Value; !math.IsNaN(e) {
			s.squares += e * e
			s.compared++
		}
	}
}

// error is the root mean square error. A mean square of m independent normal errors
// is known to a variance of 2/m, as a logarithm, and what the intervals make
// believe of it to (2·usualDoubt)².
func (s *familySum) error(z float64) float64 {
	square := s.squares / max(s.compared, 1)
	if s.usual.Ratio == 0 {
		return math.Sqrt(square)
	}
	believed := s.usual.Ratio * s.width / s.count / z
	weight := 1 / (1 + s.usual.Independent*forecastTrials*2*usualDoubt*usualDoubt)
	return math.Sqrt(weight*believed*believed + (1-weight)*square)
}

// forecast is the forecast of the family, in the units that a level is printed in.
func (s *familySum) forecast(z float64) StatisticForecast {
	f := StatisticForecast{
		Name:      s.name,
		HalfWidth: s.unit * s.width / s.count,
		Error:     s.unit * s.error(z),
		Published: s.published / s.count,
	}
	if f.Published > 0.5 {
		f.Status = publication.Published
	}
	return f
}
