package benchmark

import (
	"math"

	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// charge is the loss of a plan, and what it means for more than one company.
type charge struct {
	loss        privacy.Loss
	mu          privacy.Mu // of all Gaussian mechanisms together
	deltaSelect int64      // in units of 1e-18
	between     float64    // ε between two answers
	groups      []publication.GroupLoss
}

// groupSizes are the numbers of companies that a release says its loss for.
var groupSizes = []int{2, 3, 5}

// chargeMore fills in what the charge means for two answer sheets and for
// groups. A plan whose ε is so large that the end of the sampler's range gives
// two answer sheets away is an [*input.Error].
func (p *Plan) chargeMore(c *specfile.Checker) error {
	// What is lost by the stated ε may be a little less, as μ is rounded down.
	p.charge.between = max(p.spec.Epsilon, p.spec.Roster.EpsilonBetweenTwoAnswers(p.charge.loss, p.spec.Delta))
	if math.IsInf(p.charge.between, 1) {
		c.Expect("epsilon", "a smaller ε, or a larger δ: at ε = %v the noise, whose range is bounded, tells two answer sheets of a company apart more often than δ = %v allows",
			p.spec.Epsilon, p.spec.Delta)
		return c.Err()
	}
	for _, m := range groupSizes {
		g := privacy.ForGroup(p.charge.loss, p.spec.Delta, m, p.tests.all()...)
		p.charge.groups = append(p.charge.groups, publication.GroupLoss{Companies: m, Epsilon: g.Epsilon, Delta: g.Delta})
	}
	return nil
}
