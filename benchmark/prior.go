package benchmark

import (
	"context"
	"fmt"
	"math"
	"strings"

	"maturitybench/benchmark/internal/model"
	"maturitybench/privacy"
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
func (p *Plan) setPrior(c *checker, release []byte) error {
	p.prior = model.Prior{Companies: float64(p.spec.ExpectedCompanies)}
	first := float64(p.in.spec.Scale[0].Level)
	switch prior := p.spec.Prior; {
	case prior == nil:
	case prior.Release == "":
		p.prior.Known, p.prior.Level = true, prior.Level-first
		p.prior.Spread = min(max(prior.Spread, leastSpread), mostSpread)
	default:
		earlier, err := ParseRelease(release)
		if err != nil {
			c.expect("prior.release", "a valid release.json, which this one is not: %s", strings.TrimPrefix(err.Error(), "benchmark: release: "))
			return c.err()
		}
		p.priorFrom(c, earlier, first)
	}
	return c.err()
}

// priorFrom reads the overall mean of an earlier release on the same scale.
func (p *Plan) priorFrom(c *checker, earlier *Release, first float64) {
	scale := earlier.Instrument.Scale
	if scale[0].Level != p.in.spec.Scale[0].Level || len(scale) != p.in.levels() {
		c.expect("prior.release", "a release on the scale of this instrument")
	}
	if earlier.Privacy.Noise == TestNoise {
		c.expect("prior.release", "a release that was published in earnest: the noise of this one is that of a test")
	}
	p.priorID, p.earlier = earlier.ID, earlier
	all := earlier.Cohorts[0]
	if all.Status != Published || all.Overall.Mean.Status != Published {
		return
	}
	mean := all.Overall.Mean
	sd := (mean.High - mean.Low) / 2 / normalQuantile(earlier.Confidence)
	p.prior.Known, p.prior.Level = true, mean.Value-first
	p.prior.Spread = math.Hypot(sd, yearlyDrift*p.shape.Unit())
}

// external reports whether the prior is a release that the ledger did not
// store: anybody may have made it. It is a public fact; using the release costs
// no privacy either way.
func (p *Plan) external(ctx context.Context, ledger privacy.Ledger) (bool, error) {
	if p.earlier == nil {
		return false, nil
	}
	archive, ok := ledger.(privacy.Archive)
	if !ok {
		return true, nil
	}
	held, err := archive.Holds(ctx, p.earlier.Account, p.earlier.Wave, p.earlier.Revision, p.earlier.Bytes())
	if err != nil {
		return false, fmt.Errorf("plan: prior.release: %w", err)
	}
	return !held, nil
}

// priorKind is what the statement says of the prior.
func (p *Plan) priorKind(external bool) priorKind {
	switch {
	case p.spec.Prior == nil:
		return noPrior
	case p.spec.Prior.Release == "":
		return figurePrior
	case external:
		return externalPrior
	}
	return releasePrior
}

// head is what the release of a measurement says before its first number.
func (p *Plan) head(m *measurement) (releaseHead, error) {
	id, err := releaseID(p.in.spec, p.spec, p.priorID)
	return releaseHead{
		id: id, account: p.spec.Account, wave: p.spec.Wave, revision: p.spec.Revision,
		confidence: p.spec.Confidence, instrument: p.in.spec, cohorts: p.spec.Cohorts, prior: p.priorKind(m.External), losses: m.Account,
		privacy: privacyFacts{
			roster: p.spec.Roster, epsilon: p.spec.Epsilon, delta: p.spec.Delta,
			between:      privacy.EpsilonBetweenTwoAnswers(p.charge.loss, p.spec.Delta),
			minCompanies: p.spec.MinCompanies, noise: m.Noise,
			pureEpsilon: p.charge.loss.PureEpsilon, mu: p.charge.mu, deltaSelection: p.charge.deltaSelect,
		},
	}, err
}
