package benchmark

import (
	"fmt"
	"math"

	"maturitybench/privacy"
	"maturitybench/stats"
)

// The part of μ² that a test is spent on: see testShares.
const (
	leastTestShare = 0.002
	mostTestShare  = 0.10 // of both tests together, but for the least
)

// rarely is the normal quantile of a twentieth: segments that are shown no more often are not measured.
const rarely = 1.645

// tests are those of a secret roster, which cohorts may be shown. That of all companies comes first:
// without it nothing is shown. It asks little, since all are many, and a count for it alone
// changes by 1 with a company; the counts of the segments change by the root of the attributes, and each is small.
type tests struct {
	panel    privacy.Test       // of all companies
	segments *privacy.Threshold // of the values of attributes; nil without any
}

// of is the test of a measured cohort.
func (t tests) of(g int) privacy.Test {
	if g == 0 {
		return t.panel
	}
	return *t.segments
}

// all are the tests that there are, in the order in which they are made.
func (t tests) all() (list []privacy.Test) {
	if t.panel != nil {
		list = append(list, t.panel)
	}
	if t.segments != nil {
		list = append(list, *t.segments)
	}
	return list
}

// memberships is the largest number of segments that one company is in: one value of
// every attribute.
func (p *Plan) memberships() int { return len(p.shape.Attributes) }

// smallestSegment is the size that the test of segments should still let pass at even
// odds: half of an equal part of the expected companies.
func (p *Plan) smallestSegment() float64 {
	parts := 1
	for _, values := range p.shape.Attributes {
		parts = max(parts, values)
	}
	return float64(p.spec.ExpectedCompanies) / float64(2*parts)
}

// leaveOutSegments measures all companies only where no segment can be expected to be shown. Where one of an attribute
// is shown and another is not, what is hidden has to be as many companies as what is shown, so that half of the expected ones have
// to pass the test, with as much of μ² as it can get. What tests and segments cost goes to all companies then.
func (p *Plan) leaveOutSegments() error {
	memberships := float64(p.memberships())
	if p.spec.Roster.ExactSizes() || memberships == 0 {
		return nil
	}
	budget, err := privacy.NewBudget(p.spec.Epsilon, p.spec.Delta, p.spec.Roster, 0, 0)
	if err != nil {
		return err
	}
	delta := p.testDeltas(budget.DeltaSelect)
	_, share := p.testShares(budget.Mu, delta)
	noise := math.Sqrt(memberships/share) / budget.Mu.Float()
	z := testQuantile(delta.segments, p.memberships())
	if float64(p.spec.ExpectedCompanies)/2 < float64(p.spec.MinCompanies)+(z-rarely)*noise {
		p.measureFirst(1)
		p.warnings = append(p.Warnings(), fmt.Sprintf("cohorts: of %d expected companies none can be expected to pass the test of a secret roster, so that none is measured", p.spec.ExpectedCompanies))
	}
	return nil
}

// testShares are the parts of μ² that the tests of all companies and of the segments get: as
// little as lets half of the expected companies, and a cohort of [Plan.smallestSegment], pass at even
// odds, within limits. What all need comes first, and their count never has more noise than that of
// a segment: a panel of which only some answer would hide segments that are large enough.
func (p *Plan) testShares(mu privacy.Mu, delta deltas) (panel, segments float64) {
	within := func(share, most float64) float64 { return max(min(share, most), leastTestShare) }
	panel = within(p.testShare(mu, float64(p.spec.ExpectedCompanies)/2, 1, delta.panel), mostTestShare)
	memberships := float64(p.memberships())
	if memberships == 0 {
		return panel, 0
	}
	most := min(mostTestShare-panel, mostTestShare*memberships/(memberships+1))
	segments = within(p.testShare(mu, p.smallestSegment(), p.memberships(), delta.segments), most)
	return max(panel, segments/memberships), segments
}

// testShare is the part of μ² at which cohorts of a size pass at even odds where a company is in so many of
// them. The test passes at even odds where the size is k + z·σ, with σ² = memberships/μ_test² and z the normal
// quantile of delta/memberships.
func (p *Plan) testShare(mu privacy.Mu, size float64, memberships int, delta int64) float64 {
	z := testQuantile(delta, memberships)
	room := max(size-float64(p.spec.MinCompanies), 1e-3)
	needed := z * math.Sqrt(float64(memberships)) / room
	return needed * needed / (mu.Float() * mu.Float())
}

// testQuantile is the normal quantile of delta/memberships, to 1e-9 and rounded up. The charge of a plan depends on every
// digit of it, so that it is not for another algorithm to change.
func testQuantile(delta int64, memberships int) float64 {
	tail := float64(delta) * 1e-18 / float64(memberships)
	_, z := stats.Bisect(0, 40, 36, func(z float64) bool { return stats.NormalTail(z) <= tail })
	return z
}

// deltas are the parts of the δ of the tests, in units of 1e-18.
type deltas struct{ panel, segments int64 }

// testDeltas gives every cohort that a company is in an equal part.
func (p *Plan) testDeltas(all int64) deltas {
	panel := all / int64(1+p.memberships())
	if p.memberships() == 0 {
		return deltas{panel: all}
	}
	return deltas{panel, all - panel}
}

// calibrateTests calibrates the tests of the secret roster that have noise of their own, for the loss mu of both
// and their shares of it.
func (p *Plan) calibrateTests(mu privacy.Mu, delta deltas, panel, segments float64) error {
	ofPanel, ofSegments, err := mu.Split(panel / (panel + segments))
	if err != nil {
		return err
	}
	test, err := privacy.NewThreshold(p.spec.MinCompanies, 1, ofPanel, delta.panel)
	if err != nil {
		return err
	}
	p.tests.panel = test
	if segments > 0 {
		test, err := privacy.NewThreshold(p.spec.MinCompanies, p.memberships(), ofSegments, delta.segments)
		if err != nil {
			return err
		}
		p.tests.segments = &test
	}
	return nil
}

// siblingLimit is the smallest size that the hidden part of an attribute may
// have.
func (p *Plan) siblingLimit() float64 {
	if p.spec.Roster.ExactSizes() || p.tests.segments == nil {
		return float64(p.spec.MinCompanies)
	}
	return p.tests.segments.Tau()
}
