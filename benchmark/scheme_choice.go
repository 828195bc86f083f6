package benchmark

import (
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/specfile"
)

// scoresOnly reports whether the plan asks for nothing but what a small panel's scheme
// measures, of cohorts where their sizes are public, so that there is a choice of schemes.
func (p *Plan) scoresOnly() bool {
	return p.spec.asksScores() && (len(p.measured) == 1 || p.spec.Roster.ExactSizes()) && len(p.shape.Domains)+p.shape.Cohorts()-1 <= maxSmallDomains
}

// calibrateBetter takes the scheme whose scores are expected to err less: the one of a
// small panel has pure noise, which is less for few numbers, and needs no pilot; the other
// one is ahead where there are many domains. What decides are the plan and the public model, not the answers.
func (p *Plan) calibrateBetter(c *specfile.Checker) error {
	if err := p.calibrateFull(c); err != nil {
		return err
	}
	full := p.scheme.(*fullScheme).scoreError()
	if err := p.calibrateSmall(c); err != nil || p.scheme.(*smallScheme).scoreError() <= full {
		return err
	}
	return p.calibrateFull(c)
}

// scoreError is the variance of the noise on the overall mean and on that of an average
// domain, added up.
func (f *fullScheme) scoreError() float64 {
	center := model.Expect(f.shape, f.prior)
	design := encode.NewDesign(f.shape, model.NewPublic(f.shape, center), center, f.sheetMu(), f.exactSizes)
	return design.ScoreNoise(f.shape)
}

// scoreError is the same for a small panel's scheme.
func (s *smallScheme) scoreError() float64 {
	design := s.design(s.center)
	return design.ScoreNoise(s.shape)
}
