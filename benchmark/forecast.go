package benchmark

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/model"
	"maturitybench/privacy"
)

// Forecast says what a plan can be expected to publish about a panel of a
// given size, before any data: made from the plan and the public model of
// answers alone.
type Forecast struct {
	Companies  int     // size of the panel
	Confidence float64 // of the intervals
	Cohorts    []CohortForecast
}

// CohortForecast is the forecast of one cohort, which is assumed to have an
// equal part of the companies.
type CohortForecast struct {
	ID         string
	Companies  int     // assumed size
	Passes     float64 // probability that a cohort of this size passes the threshold
	Shown      float64 // probability that it is shown: it passes, and no sibling takes it along
	Statistics []StatisticForecast
}

// StatisticForecast is the forecast of a family of statistics, averaged over
// its members (the domains, the questions, the levels).
type StatisticForecast struct {
	Name      string  // such as "question means"
	HalfWidth float64 // expected half-width of the interval: companies, levels or shares
	Published float64 // expected part of the family that is published, if the cohort is shown
	Status    Status  // Published if more than half of the family can be expected
}

// forecastTrials is how many synthetic panels a forecast averages over, and
// forecastShows how many times the choice of cohorts is repeated.
const (
	forecastTrials = 8
	forecastShows  = 2000
)

// Forecast tells what the plan would publish about a panel of so many
// companies. It publishes synthetic panels from the public model, with noise
// of the plan's standard deviation from a fixed public seed, through the same
// code as real ones. Nothing is charged: no data are looked at.
func (p *Plan) Forecast(companies int) (*Forecast, error) {
	if companies < 1 || companies >= 1<<24 {
		return nil, fmt.Errorf("forecast: %d companies, expected 1 to %d", companies, 1<<24-1)
	}
	noise := syntheticNoise{rand.New(rand.NewPCG(uint64(companies), 0x666f726563617374))}
	f := &Forecast{Companies: companies, Confidence: p.spec.Confidence}
	sums := make([][]familySum, len(p.measured))
	var counts []int64
	for trial := range forecastTrials {
		rows := p.rows(p.syntheticRows(companies, uint64(trial)))
		m, sizes, err := p.measure(context.Background(), noise, rows)
		if err != nil {
			return nil, err
		}
		counts = sizes
		cohorts, err := p.estimate(m)
		if err != nil {
			return nil, err
		}
		for g, c := range cohorts {
			sums[g] = addFamilies(sums[g], c, figures(c, p.spec.MinCompanies, p.levelsOnly()))
		}
	}
	shown := p.showProbabilities(counts, sums, noise)
	for g, c := range p.measured {
		cohort := CohortForecast{ID: c.id, Companies: int(counts[g]), Passes: p.passes(int(counts[g])), Shown: shown[g]}
		for _, s := range sums[g] {
			cohort.Statistics = append(cohort.Statistics, s.forecast())
		}
		f.Cohorts = append(f.Cohorts, cohort)
	}
	return f, nil
}

// passes is the probability that a cohort of n companies passes the
// threshold.
func (p *Plan) passes(n int) float64 {
	if p.spec.Roster == privacy.SecretRoster {
		return p.threshold.PassProbability(n)
	}
	if n >= p.spec.MinCompanies {
		return 1
	}
	return 0
}

// showProbabilities repeats the choice of cohorts with the sibling rule.
func (p *Plan) showProbabilities(counts []int64, sums [][]familySum, noise syntheticNoise) []float64 {
	shown := make([]float64, len(counts))
	for range forecastShows {
		kept, sizes := make([]bool, len(counts)), make([]float64, len(counts))
		for g, n := range counts {
			kept[g] = noise.Float64() < p.passes(int(n))
			sizes[g] = float64(n) + noise.NormFloat64()*sums[g][0].width/forecastTrials/normalQuantile(p.spec.Confidence)
		}
		suppressSiblings(p.measured, kept, sizes, p.siblingLimit())
		for g, k := range kept {
			if k {
				shown[g] += 1.0 / forecastShows
			}
		}
	}
	return shown
}

// syntheticRows are packed responses of companies that exist in the public
// model only, spread evenly over the values of every attribute.
func (p *Plan) syntheticRows(companies int, seed uint64) []byte {
	center := model.Expect(p.shape, p.prior)
	attributes := len(p.in.spec.Attributes)
	var packed []byte
	for i, sheet := range model.NewPublic(p.shape, center).Sheets(companies, seed) {
		row := make([]byte, attributes, attributes+len(sheet))
		stride := 1
		for j, column := range p.rows(nil).Attributes {
			values := p.shape.Attributes[j]
			row[column] = byte(1 + i/stride%values)
			stride *= values
		}
		packed = append(packed, append(row, sheet...)...)
	}
	return packed
}

// syntheticNoise stands in for the draws of a ledger where the companies are
// synthetic. Every cohort passes: whether it would is told apart.
type syntheticNoise struct{ *rand.Rand }

func (n syntheticNoise) Gaussian(g privacy.Gaussian, totals []int64) []int64 {
	noisy := make([]int64, len(totals))
	for i, v := range totals {
		noisy[i] = v + int64(math.Round(n.NormFloat64()*g.Sigma()))
	}
	return noisy
}

// SphericalLaplace draws a radius from a gamma distribution and a direction
// from a normal one.
func (n syntheticNoise) SphericalLaplace(m privacy.SphericalLaplace, totals []int64) []int64 {
	dimensions := len(totals)
	direction, length := make([]float64, dimensions), 0.0
	for i := range direction {
		direction[i] = n.NormFloat64()
		length += direction[i] * direction[i]
	}
	radius := 0.0
	for range dimensions {
		radius += n.ExpFloat64()
	}
	radius *= m.Deviation() / math.Sqrt(float64(dimensions+1))
	noisy := make([]int64, dimensions)
	for i, v := range totals {
		noisy[i] = v + int64(math.Round(radius*direction[i]/math.Sqrt(length)))
	}
	return noisy
}

func (n syntheticNoise) Threshold(_ privacy.Threshold, counts []int64) []bool {
	kept := make([]bool, len(counts))
	for g := range kept {
		kept[g] = true
	}
	return kept
}

// familySum sums half-widths and publications of a family over the trials.
type familySum struct {
	name             string
	width, published float64
	count            float64
}

func (s familySum) forecast() StatisticForecast {
	f := StatisticForecast{Name: s.name, HalfWidth: s.width / s.count, Published: s.published / s.count}
	if f.Published > 0.5 {
		f.Status = Published
	}
	return f
}

// addFamilies adds one trial of a cohort.
func addFamilies(sums []familySum, c estimate.Cohort, f cohortFigures) []familySum {
	at := 0
	family := func(name string, figures ...figure) {
		if at == len(sums) {
			sums = append(sums, familySum{name: name})
		}
		s := &sums[at]
		at++
		for _, f := range figures {
			s.width += (f.high - f.low) / 2
			s.count++
			if f.published {
				s.published++
			}
		}
	}
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
	family("companies", f.companies)
	family("overall mean", f.overall.mean)
	family("overall quartiles", f.overall.quartiles[:]...)
	family("domain means", domainMeans...)
	family("domain quartiles", domainQuartiles...)
	family("question means", questionMeans...)
	family("shares", shares...)
	family("at least", atLeast...)
	if len(f.profiles) > 0 {
		family("profile shares", f.profiles...)
	}
	return sums
}

// Efficiency is the expected error of the plan's basis for the shares, the
// shares at or above a level and the means of all questions, as a ratio to the
// matrix-mechanism lower bound: what any unbiased linear mechanism of the same
// privacy must have. It is at least 1, counts neither clipping nor priors,
// which go below any such bound, and depends on the shape of the instrument
// only. It is 0 for a small panel, whose plan measures no question.
func (p *Plan) Efficiency() float64 {
	if p.levelsOnly() {
		return 0
	}
	return encode.Efficiency(p.shape)
}
