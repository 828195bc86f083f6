package benchmark

import (
	"context"
	"math"
	"slices"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/privacy"
	"maturitybench/stats"

	"gonum.org/v1/gonum/floats"
)

// forecastTrial adds a synthetic panel to the sums, by cohort and family, and
// returns the sizes of its cohorts.
//
// The estimates are compared with the panel's exact statistics. The number of
// companies, the overall mean and the means of the domains have few numbers a
// panel, which tell little, and all of them hang on how the pilot happened to come
// out; the panel is measured several times, from the pilot on, and the main vector
// of each is drawn several times, and what is made of the answers once more is only
// these.
func (p *Plan) forecastTrial(companies int, trial int, noise *repeatableNoise, sums [][]familySum) ([]int64, error) {
	rows := p.rows(p.syntheticRows(companies, trial))
	exact := p.exactCohorts(rows)
	var counts []int64
	for pilot := range forecastPilots {
		m, sizes, err := p.measure(context.Background(), noise, rows)
		if err != nil {
			return nil, err
		}
		counts = sizes
		read, err := p.profile.reader(m)
		if err != nil {
			return nil, err
		}
		for main := range forecastMains {
			if main > 0 {
				noise.redraw(m)
			}
			in, err := p.input(read, m)
			if err != nil {
				return nil, err
			}
			if all := pilot+main == 0; all {
				p.addForecast(estimate.Estimate(in), exact, sums, true)
			} else {
				p.addForecast(estimate.Levels(in), exact, sums, false)
			}
		}
	}
	return counts, nil
}

// addForecast adds the estimates of one measurement to the sums: all families, or
// those of the levels.
func (p *Plan) addForecast(estimates []estimate.Cohort, exact []cohortFigures, sums [][]familySum, all bool) {
	for g, c := range estimates {
		if sums[g] == nil {
			sums[g] = make([]familySum, len(families(exact[g])))
		}
		made, truth := families(figures(c, p.spec.MinCompanies, p.levelsOnly())), families(exact[g])
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
	syntheticNoise
	redraw func(m *measurement) // replaces the vector that was drawn last
}

func (n *repeatableNoise) Gaussian(g privacy.Gaussian, totals []int64) []int64 {
	totals = slices.Clone(totals)
	n.redraw = func(m *measurement) { m.Main = n.syntheticNoise.Gaussian(g, totals) }
	return n.syntheticNoise.Gaussian(g, totals)
}

func (n *repeatableNoise) SphericalLaplace(l privacy.SphericalLaplace, totals []int64) []int64 {
	totals = slices.Clone(totals)
	n.redraw = func(m *measurement) { m.Small = n.syntheticNoise.SphericalLaplace(l, totals) }
	return n.syntheticNoise.SphericalLaplace(l, totals)
}

// family is a family of statistics of one cohort.
type family struct {
	name    string
	level   bool // what estimate.Levels returns
	figures []figure
	usual   usualError
}

// usualError is how the root mean square error of a family stands to the standard
// deviation that its intervals state, where panels follow the model: seen in 200
// synthetic panels of 50, 100 and 300 companies at ε = 1 and 4. A few numbers a
// panel, which rise and fall together, tell little of their error from the panels
// of one forecast; this is what it is believed to be before them.
type usualError struct {
	ratio       float64 // 0 if the panels tell enough
	independent float64 // numbers a panel that count as independent
}

// usualDoubt is the standard deviation of the logarithm of a ratio between plans.
const usualDoubt = 0.12

// families lists the statistics of a cohort.
func families(f cohortFigures) []family {
	var domainMeans, domainQuartiles, questionMeans, shares, atLeast []figure
	for _, d := range f.domains {
		domainMeans = append(domainMeans, d.mean)
		domainQuartiles = append(domainQuartiles, d.quartiles[:]...)
	}
	for _, q := range f.questions {
		questionMeans = append(questionMeans, q.mean)
		shares = append(shares, q.shares...)
		atLeast = append(atLeast, q.atLeast...)
	}
	list := []family{
		{"companies", true, []figure{f.companies}, usualError{0.97, 5}},
		{"overall mean", true, []figure{f.overall.mean}, usualError{0.9, 5}},
		{"overall quartiles", false, f.overall.quartiles[:], usualError{0.77, 1.5}},
		{"domain means", true, domainMeans, usualError{0.83, 6}},
		{"domain quartiles", false, domainQuartiles, usualError{0.77, 2}},
		{"question means", false, questionMeans, usualError{}},
		{"shares", false, shares, usualError{}},
		{"at least", false, atLeast, usualError{}},
	}
	if len(f.profiles) > 0 {
		list = append(list, family{"profile shares", false, f.profiles, usualError{}})
	}
	return list
}

// familySum sums half-widths, publications and squared errors of a family over
// the trials.
type familySum struct {
	name              string
	usual             usualError
	width, published  float64
	count             float64
	squares, compared float64
}

// expect adds what one measurement publishes.
func (s *familySum) expect(f family) {
	s.name, s.usual = f.name, f.usual
	for _, f := range f.figures {
		s.width += (f.high - f.low) / 2
		s.count++
		if f.published {
			s.published++
		}
	}
}

// compare adds the errors of one measurement. Nobody knows the mean of no answers.
func (s *familySum) compare(made, exact family) {
	for i, f := range made.figures {
		if e := f.value - exact.figures[i].value; !math.IsNaN(e) {
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
	if s.usual.ratio == 0 {
		return math.Sqrt(square)
	}
	believed := s.usual.ratio * s.width / s.count / z
	weight := 1 / (1 + s.usual.independent*forecastTrials*2*usualDoubt*usualDoubt)
	return math.Sqrt(weight*believed*believed + (1-weight)*square)
}

func (s *familySum) forecast(z float64) StatisticForecast {
	f := StatisticForecast{
		Name:      s.name,
		HalfWidth: s.width / s.count,
		Error:     s.error(z),
		Published: s.published / s.count,
	}
	if f.Published > 0.5 {
		f.Status = Published
	}
	return f
}

// exactCohorts are the exact statistics of the cohorts of synthetic responses.
func (p *Plan) exactCohorts(rows encode.Rows) []cohortFigures {
	var out []cohortFigures
	for _, c := range p.measured {
		var of [][]byte
		for at := 0; at < len(rows.Data); at += rows.Stride {
			if row := rows.Data[at:][:rows.Stride]; c.attribute < 0 || row[c.column] == c.value {
				of = append(of, row[rows.Answers:][:p.shape.Questions()])
			}
		}
		out = append(out, p.exactFigures(of))
	}
	return out
}

// exactFigures are the exact statistics of answer sheets, a byte a question;
// NaN where nobody answered.
func (p *Plan) exactFigures(sheets [][]byte) cohortFigures {
	f := cohortFigures{companies: figure{value: float64(len(sheets))}, overall: exactScore(sheets, 0, p.shape.Questions())}
	first := 0
	for _, size := range p.shape.Domains {
		f.domains = append(f.domains, exactScore(sheets, first, first+size))
		for q := first; q < first+size; q++ {
			f.questions = append(f.questions, exactQuestion(sheets, q, p.shape.Levels))
		}
		first += size
	}
	for _, profile := range p.shape.Profiles {
		met := 0
		for _, sheet := range sheets {
			if profile.Met(sheet) {
				met++
			}
		}
		f.profiles = append(f.profiles, figure{value: float64(met) / float64(len(sheets))})
	}
	return f
}

// exactScore describes the scores over some questions.
func exactScore(sheets [][]byte, from, to int) scoreFigures {
	var scores []float64
	for _, sheet := range sheets {
		answers, sum := 0, 0
		for _, a := range sheet[from:to] {
			if a > 0 {
				answers++
				sum += int(a) - 1
			}
		}
		if answers > 0 {
			scores = append(scores, float64(sum)/float64(answers))
		}
	}
	nan := figure{value: math.NaN()}
	if len(scores) == 0 {
		return scoreFigures{mean: nan, quartiles: [3]figure{nan, nan, nan}}
	}
	f := scoreFigures{mean: figure{value: floats.Sum(scores) / float64(len(scores))}}
	for i, q := range stats.Quantiles(scores, 0.25, 0.5, 0.75) {
		f.quartiles[i].value = q
	}
	return f
}

// exactQuestion describes the answers to one question; NaN without one.
func exactQuestion(sheets [][]byte, question, levels int) questionFigures {
	shares, answers := make([]float64, levels), 0.0
	for _, sheet := range sheets {
		if a := sheet[question]; a > 0 {
			shares[a-1]++
			answers++
		}
	}
	floats.Scale(1/answers, shares)
	f := questionFigures{mean: figure{value: stats.Mean(shares)}}
	for _, v := range shares {
		f.shares = append(f.shares, figure{value: v})
	}
	for _, v := range stats.AtLeast(shares) {
		f.atLeast = append(f.atLeast, figure{value: v})
	}
	return f
}
