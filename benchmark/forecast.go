package benchmark

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/rehearsal"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
	"maturitybench/stats"
)

// Forecast says what a plan can be expected to publish about a panel of a given
// size. It is made before any data, from the plan and the public model of
// answers alone.
type Forecast struct {
	Companies  int          // size of the panel
	Least      int          // size from which on a panel passes the threshold more likely than not
	Skipped    float64      // share of the answers that is assumed to be skipped, each by itself, whatever it is
	Confidence float64      // of the intervals
	Loss       privacy.Loss // that the publication is charged
	Cohorts    []CohortForecast
}

// CohortForecast is about a cohort with an equal part of the companies.
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
	Name      string             // such as "question means"
	HalfWidth float64            // expected half-width of the interval: companies, levels of a scale or shares
	Error     float64            // expected root mean square error of the estimates, in the same unit
	Published float64            // expected part of the family that is published, if the cohort is shown
	Status    publication.Status // Published if more than half of the family can be expected
}

const (
	forecastTrials = 32   // synthetic panels that a forecast averages over
	forecastPilots = 2    // measurements of each: all that is published hangs on how the pilot comes out
	forecastMains  = 2    // draws of the main noise in each of these, for what has few numbers a panel
	forecastShows  = 2000 // repetitions of the choice of cohorts
)

// UsualSkipped is the share of skipped answers that [Plan.Forecast] assumes.
const UsualSkipped = model.Unanswered

// mostForecast is the largest panel that is forecast.
const mostForecast = 1<<24 - 1

// mostSkipped is the largest share of skipped answers that is forecast.
const mostSkipped = 0.9

// Forecast tells what the plan would publish about a panel of so many
// companies, from 1 to 16,777,215, who skip the share [UsualSkipped] of their
// answers; another number is an error. It publishes synthetic panels from the
// public model, with noise from a fixed public seed, through the same code as
// real ones. Nothing is charged: no data are looked at.
func (p *Plan) Forecast(companies int) (*Forecast, error) {
	return p.ForecastSkipping(companies, UsualSkipped)
}

// ForecastSkipping is Forecast for a panel that skips another share of its
// answers, from 0 to 0.9, or else an error, each by itself: skipped sections, and
// answers that are skipped because of what they are, cost more.
func (p *Plan) ForecastSkipping(companies int, skipped float64) (*Forecast, error) {
	if companies < 1 || companies > mostForecast {
		return nil, fmt.Errorf("forecast: %d companies, expected 1 to %d", companies, mostForecast)
	}
	if !(skipped >= 0 && skipped <= mostSkipped) {
		return nil, fmt.Errorf("forecast: a share of %v of the answers is skipped, expected 0 to %v", skipped, mostSkipped)
	}
	if p.shape.Complete { // a blank counts as the lowest level
		skipped = 0
	}
	counts, sums, err := p.forecastTrials(companies, skipped)
	if err != nil {
		return nil, err
	}
	shown := p.showProbabilities(counts, sums, forecastNoise(companies, forecastTrials))
	f := &Forecast{Companies: companies, Least: p.least(), Skipped: skipped, Confidence: p.spec.Confidence, Loss: p.charge.loss}
	for g, c := range p.measured {
		cohort := CohortForecast{ID: c.id, Companies: int(counts[g]), Passes: p.passes(g, int(counts[g])), Shown: shown[g]}
		for _, s := range sums[g] {
			cohort.Statistics = append(cohort.Statistics, s.forecast(stats.NormalCritical(p.spec.Confidence)))
		}
		f.Cohorts = append(f.Cohorts, cohort)
	}
	return f, nil
}

// forecastNoise is the noise of one trial, from a public seed.
func forecastNoise(companies, trial int) rehearsal.Noise {
	return rehearsal.Noise{Rand: rand.New(rand.NewPCG(uint64(companies), 0x666f726563617374+uint64(trial)))}
}

// passes is the probability that measured cohort g, of n companies, passes its test.
func (p *Plan) passes(g, n int) float64 {
	if !p.spec.Roster.ExactSizes() {
		return p.tests.of(g).PassProbability(n)
	}
	if n >= p.spec.MinCompanies {
		return 1
	}
	return 0
}

// least is the size from which on a panel passes more likely than not.
func (p *Plan) least() int {
	return sort.Search(mostForecast, func(n int) bool { return p.passes(0, n) >= 0.5 })
}

// showProbabilities repeats the choice of cohorts with the sibling rule.
func (p *Plan) showProbabilities(counts []int64, sums [][]familySum, noise rehearsal.Noise) []float64 {
	shown := make([]float64, len(counts))
	for range forecastShows {
		kept, sizes := make([]bool, len(counts)), make([]float64, len(counts))
		for g, n := range counts {
			kept[g] = noise.Float64() < p.passes(g, int(n))
			sizes[g] = float64(n) + noise.NormFloat64()*sums[g][0].width/sums[g][0].count/stats.NormalCritical(p.spec.Confidence)
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
// model only, spread evenly over the values of every attribute. What a plan
// believes of the level before its data is uncertain: the levels of the trials
// are evenly spaced quantiles of it, so that all of them are expected.
func (p *Plan) syntheticRows(companies int, skipped float64, trial int) []byte {
	center := model.Expect(p.shape, p.prior)
	spread := math.Sqrt(center.LevelVariance)
	if p.prior.Known {
		spread = p.prior.Spread
	}
	// An order in which neighbours are far apart.
	at := (float64(trial*5%forecastTrials) + 0.5) / forecastTrials
	top := float64(p.shape.Levels - 1)
	center.Level = min(max(center.Level+spread*stats.NormalQuantile(at), 0.1*top), 0.9*top)
	attributes := len(p.asked.Attributes)
	var packed []byte
	for i, sheet := range model.Sheets(p.shape, center, companies, skipped, uint64(trial)) {
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

// Efficiency is the expected error of the plan's basis for the shares, the
// shares at or above a level and the means of all questions, as a ratio to the
// matrix-mechanism lower bound: the least error of any unbiased linear
// mechanism of the same privacy. It is at least 1, counts neither clipping nor
// priors, and is 0 for a small panel, whose plan measures no question.
func (p *Plan) Efficiency() float64 {
	if p.levelsOnly() {
		return 0
	}
	return encode.Efficiency(p.shape)
}
