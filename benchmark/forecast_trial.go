package benchmark

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/estimate"
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
			if all || made[i].level {
				sums[g][i].expect(made[i])
				sums[g][i].compare(made[i], truth[i])
			}
		}
	}
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

// family is a family of statistics of one cohort.
type family struct {
	name    string
	level   bool // what estimate.Levels returns
	numbers []draft.Number
	of      *statistic.Family
	usual   statistic.UsualError
	unit    float64 // that a level is printed in
}

// usualDoubt is the standard deviation of the logarithm of a ratio between plans.
const usualDoubt = 0.12

// families lists the statistics of a cohort that are asked for.
func (p *Plan) families(f draft.Cohort) []family {
	list := []family{{"companies", true, []draft.Number{f.Companies}, statistic.Size, statistic.Size.Forecast, 1}}
	if !p.asked.Several() {
		unit, _ := p.asked.Units()
		list = append(list, family{"overall mean", true, []draft.Number{f.Overall.Mean}, statistic.ScoreMean, statistic.ScoreMean.Forecast, unit})
		for _, of := range statistic.PercentileFamilies {
			list = append(list, family{"overall " + of.ID, false, statistic.Members(of, f.Overall.Percentiles), of, of.Forecast, unit})
		}
	}
	var questions []family
	for _, scale := range p.scales() {
		domains, means := p.scaleFamilies(scale, f)
		list, questions = append(list, domains...), append(questions, means)
	}
	list = append(list, questions...)
	var shares, atLeast []draft.Number
	for _, q := range f.Questions {
		shares = append(shares, q.Shares...)
		atLeast = append(atLeast, q.AtLeast...)
	}
	list = append(list,
		family{"shares", false, shares, statistic.AnswerDist, statistic.AnswerDist.Forecast, 1},
		family{"at least", false, atLeast, statistic.AnswerDist, statistic.AnswerDist.Forecast, 1},
	)
	if len(f.Profiles) > 0 {
		list = append(list, family{"profile shares", false, f.Profiles, statistic.Met, statistic.Met.Forecast, 1})
	}
	return slices.DeleteFunc(list, func(f family) bool { return !statistic.List(p.spec.Statistics).Asks(f.of) })
}

// scaleOfForecast are the domains of a scale, and how its families are told from those of others.
type scaleOfForecast struct {
	domains []int
	suffix  string
}

// scales are the scales of the instrument: no number is averaged over several.
func (p *Plan) scales() []scaleOfForecast {
	if !p.asked.Several() {
		one := scaleOfForecast{}
		for d := range p.asked.Domains {
			one.domains = append(one.domains, d)
		}
		return []scaleOfForecast{one}
	}
	var list []scaleOfForecast
	for _, scale := range p.asked.Scales {
		of := scaleOfForecast{suffix: " (" + cmp.Or(scale.Title, scale.ID) + ")"}
		for d, domain := range p.asked.Domains {
			if domain.Scale == scale.ID {
				of.domains = append(of.domains, d)
			}
		}
		list = append(list, of)
	}
	return list
}

// scaleFamilies are the families of numbers on a scale: those of domains, and the questions'
// means.
func (p *Plan) scaleFamilies(scale scaleOfForecast, f draft.Cohort) (domains []family, questions family) {
	score, answer := p.asked.On(scale.domains[0]).Units()
	var domainMeans, questionMeans []draft.Number
	for _, d := range scale.domains {
		domainMeans = append(domainMeans, f.Domains[d].Mean)
	}
	for q, of := range f.Questions {
		if slices.Contains(scale.domains, p.asked.DomainOf(q)) {
			questionMeans = append(questionMeans, of.Mean)
		}
	}
	domains = []family{{"domain means" + scale.suffix, true, domainMeans, statistic.ScoreMean, statistic.ScoreMean.DomainForecast, score}}
	for _, of := range statistic.PercentileFamilies {
		var members []draft.Number
		for _, d := range scale.domains {
			members = append(members, statistic.Members(of, f.Domains[d].Percentiles)...)
		}
		domains = append(domains, family{"domain " + of.ID + scale.suffix, false, members, of, of.DomainForecast, score})
	}
	return domains, family{"question means" + scale.suffix, false, questionMeans, statistic.Mean, statistic.Mean.Forecast, answer}
}

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
func (s *familySum) expect(f family) {
	s.name, s.of, s.usual, s.unit = f.name, f.of, f.usual, f.unit
	for _, f := range f.numbers {
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
func (s *familySum) compare(made, exact family) {
	for i, f := range made.numbers {
		if e := f.Value - exact.numbers[i].Value; !math.IsNaN(e) {
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
