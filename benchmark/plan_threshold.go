package benchmark

import (
	"math"

	"maturitybench/privacy"
	"maturitybench/stats"
)

// The part of μ² that is spent on the threshold: see selectShare.
const (
	leastSelectShare = 0.002
	mostSelectShare  = 0.10
)

// memberships is the largest number of measured cohorts that one company is
// in: all, and one value of every attribute.
func (p *Plan) memberships() int { return 1 + len(p.shape.Attributes) }

// smallestCohort is the size that the threshold should still let pass at even
// odds: half of an equal part of the expected companies.
func (p *Plan) smallestCohort() float64 {
	parts := 1
	for _, values := range p.shape.Attributes {
		parts = max(parts, values)
	}
	return float64(p.spec.ExpectedCompanies) / float64(2*parts)
}

// selectShare is the part of μ² that the threshold gets: as little as lets a
// cohort of [Plan.smallestCohort] pass at even odds, within limits. The test
// passes at even odds where the size is k + z·σ, with σ² =
// memberships/μ_select² and z the normal quantile of deltaSelect/memberships.
func (p *Plan) selectShare(mu privacy.Mu, deltaSelect int64) float64 {
	memberships := float64(p.memberships())
	tail := float64(deltaSelect) * 1e-18 / memberships
	// To 1e-9, rounded up. The charge of a plan depends on every digit of z, so that
	// it is not for another algorithm to change.
	_, z := stats.Bisect(0, 40, 36, func(z float64) bool { return stats.NormalTail(z) <= tail })
	room := max(p.smallestCohort()-float64(p.spec.MinCompanies), 1e-3)
	needed := z * math.Sqrt(memberships) / room
	share := needed * needed / (mu.Float() * mu.Float())
	return min(max(share, leastSelectShare), mostSelectShare)
}

// newThreshold calibrates the test of the secret roster with noise of its own.
func (p *Plan) newThreshold(mu privacy.Mu, deltaSelect int64) error {
	test, err := privacy.NewThreshold(p.spec.MinCompanies, p.memberships(), mu, deltaSelect)
	if err == nil {
		p.threshold = test
	}
	return err
}

// siblingLimit is the smallest size that the hidden part of an attribute may
// have.
func (p *Plan) siblingLimit() float64 {
	if p.spec.Roster.ExactSizes() {
		return float64(p.spec.MinCompanies)
	}
	return p.threshold.Tau()
}
