package benchmark

import (
	"context"
	"math"
	"strings"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/internal/draft"
	"maturitybench/benchmark/internal/earlier"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
	"maturitybench/stats"
)

// yearlyDrift is how far an industry's mean may move between two waves, in
// levels of a six-level scale: the standard deviation that is added to the
// error of an earlier release when it serves as a prior.
const yearlyDrift = 0.25

// A spread beyond these limits, in levels, says the same as one at the limit:
// the figure is exact, or says nothing. Its square stays a number.
const (
	leastSpread = 1e-6
	mostSpread  = 1e6
)

// setPrior translates what was published before to the model's scale. An
// earlier release serves through its overall mean; using it is
// post-processing and costs nothing. A prior only says where to look first:
// the pilot measures the level again. What is wrong with the release is a
// problem of the plan that names it.
func (p *Plan) setPrior(c *specfile.Checker, release []byte) error {
	p.prior = model.Prior{Companies: float64(p.spec.ExpectedCompanies)}
	switch prior := p.spec.Prior; {
	case prior == nil || len(prior.Waves) > 0: // these are looked up in the ledger
	case prior.Release == "":
		p.prior.Known, p.prior.Level = true, p.level(prior.Level)
		p.prior.Spread = min(max(prior.Spread*p.levelOf(), leastSpread), mostSpread)
	default:
		last, err := publication.Parse(release)
		if err != nil {
			why := strings.TrimPrefix(err.Error(), "benchmark: release: ")
			if wrong, ok := err.(*input.Error); ok {
				why = wrong.Problems[0].String()
			}
			c.Expect("prior.release", "a valid release.json, which this one is not: %s", why)
			return c.Err()
		}
		p.priorFrom(c, last)
	}
	return c.Err()
}

// priorFrom reads the overall mean of an earlier release on the same scale.
func (p *Plan) priorFrom(c *specfile.Checker, last *publication.Release) {
	if !earlier.SameScale(last.Instrument, p.asked) {
		c.Expect("prior.release", "a release on the scale of this instrument")
	}
	if last.Privacy.Noise == publication.TestNoise {
		c.Expect("prior.release", "a release that was published in earnest: the noise of this one is that of a test")
	}
	p.priorID, p.earlier = last.ID, last
	all := last.Cohorts[0]
	if all.Status != publication.Published || all.Overall.Mean.Status != publication.Published {
		return
	}
	mean := all.Overall.Mean
	sd := (mean.High - mean.Low) / 2 / stats.NormalCritical(last.Confidence)
	p.prior.Known, p.prior.Level = true, p.level(mean.Value)
	p.prior.Spread = math.Hypot(sd*p.levelOf(), yearlyDrift*p.shape.Unit())
}

// levelOf is how many levels of the model one unit of a printed score is.
func (p *Plan) levelOf() float64 {
	low, high := p.asked.ScoreEnds()
	return float64(p.shape.Levels-1) / (high - low)
}

// level is a printed score on the model's scale.
func (p *Plan) level(score float64) float64 {
	low, _ := p.asked.ScoreEnds()
	return (score - low) * p.levelOf()
}

// priorKind is what the statement says of the prior.
func (p *Plan) priorKind(external bool) draft.PriorKind {
	switch prior := p.spec.Prior; {
	case p.spec.carries():
		return draft.WavesPrior
	case prior == nil || len(prior.Waves) > 0:
		return draft.NoPrior
	case prior.Release == "":
		return draft.NumberPrior
	case external:
		return draft.ExternalPrior
	}
	return draft.ReleasePrior
}

// earlierWaves are the waves that the prior names, as the ledger has them now.
func (p *Plan) earlierWaves(ctx context.Context, ledger privacy.Ledger, noise string) ([]earlier.Wave, error) {
	if !p.spec.carries() {
		return nil, nil
	}
	return earlier.Find(ctx, ledger, earlier.Request{Account: p.spec.Account, Asked: p.asked, Wave: p.spec.Wave, Waves: p.spec.Prior.Waves, Noise: noise}, readEarlier)
}

// readEarlier reads the measurement of an earlier wave: post-processing.
func readEarlier(published privacy.Published) (earlier.Reading, error) {
	m, err := parseMeasurement(published.Measurement)
	if err != nil {
		return earlier.Reading{}, err
	}
	p, err := compiled(published.Plan, m, true)
	if err != nil {
		return earlier.Reading{}, err
	}
	id, err := releaseID(p.asked, p.spec, p.priorID, earlier.Named(m.Earlier))
	r := earlier.Reading{Asked: p.asked, Release: id, Noise: m.Noise, Before: m.Earlier}
	if err != nil || p.levelsOnly() || !m.Kept[0] {
		return r, err
	}
	in, err := p.read(m)
	if err == nil {
		r.Told = estimate.Contrasts(in)
	}
	return r, err
}

// head is what the release of a measurement says before its first number.
func (p *Plan) head(m *measurement) (draft.Head, error) {
	waves := earlier.Named(m.Earlier)
	id, err := releaseID(p.asked, p.spec, p.priorID, waves)
	return draft.Head{
		ID: id, Account: p.spec.Account, Wave: p.spec.Wave, Revision: p.spec.Revision,
		Confidence: p.spec.Confidence, Instrument: p.asked, Cohorts: p.spec.Cohorts, OfCohorts: encode.OfCohorts(p.scheme.first()), Unmeasured: len(p.measured) < len(p.cohorts),
		Statistics: p.spec.Statistics, Prior: p.priorKind(m.External), Earlier: waves,
		Privacy: draft.Privacy{
			Roster: p.spec.Roster, Epsilon: p.spec.Epsilon, Delta: p.spec.Delta,
			Between: p.charge.between, Groups: p.charge.groups, Account: m.Account,
			MinCompanies: p.spec.MinCompanies, Noise: m.Noise,
			PureEpsilon: p.charge.loss.PureEpsilon, Mu: p.charge.mu, DeltaSelection: p.charge.deltaSelect, DeltaSampler: p.charge.loss.Delta - p.charge.deltaSelect,
		},
	}, err
}

// storedPrior is nil unless the prior comes from a release that told a level.
func (p *Plan) storedPrior() *storedPrior {
	if p.priorID == "" || !p.prior.Known {
		return nil
	}
	return &storedPrior{p.prior.Level, p.prior.Spread}
}
