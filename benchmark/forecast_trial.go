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
// companies and the overall mean have one error a panel, which tells little;
// but most of it is the noise of the main vector, which is drawn again, and
// what is made of the answers once more is only the levels.
func (p *Plan) forecastTrial(companies int, trial int, noise *repeatableNoise, sums [][]familySum) ([]int64, error) {
	rows := p.rows(p.syntheticRows(companies, trial))
	m, counts, err := p.measure(context.Background(), noise, rows)
	if err != nil {
		return nil, err
	}
	read, err := p.profile.reader(m)
	if err != nil {
		return nil, err
	}
	in, err := p.input(read, m)
	if err != nil {
		return nil, err
	}
	exact := p.exactCohorts(rows)
	for g, c := range estimate.Estimate(in) {
		if sums[g] == nil {
			sums[g] = make([]familySum, len(families(exact[g])))
		}
		made, truth := families(figures(c, p.spec.MinCompanies, p.levelsOnly())), families(exact[g])
		for i := range made {
			sums[g][i].expect(made[i])
			sums[g][i].compare(made[i], truth[i])
		}
	}
	for range forecastRedraws {
		noise.redraw(m)
		if in, err = p.input(read, m); err != nil {
			return nil, err
		}
		for g, c := range estimate.Levels(in) {
			made, truth := families(figures(c, p.spec.MinCompanies, p.levelsOnly())), families(exact[g])
			for i := range made {
				if made[i].level {
					sums[g][i].compare(made[i], truth[i])
				}
			}
		}
	}
	return counts, nil
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
		{"companies", true, []figure{f.companies}, usualError{0.97, 3}},
		{"overall mean", true, []figure{f.overall.mean}, usualError{0.9, 3}},
		{"overall quartiles", false, f.overall.quartiles[:], usualError{0.77, 1.5}},
		{"domain means", true, domainMeans, usualError{0.83, 4}},
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

// expect adds what one trial publishes.
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

// compare adds the errors of one trial. Nobody knows the mean of no answers.
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
