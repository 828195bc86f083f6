package benchmark

import (
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// The loss that a release states is at least what its plan was charged.
func TestLossOfRelease(t *testing.T) {
	for _, roster := range []privacy.Roster{privacy.SecretRoster, privacy.PublicRoster, privacy.CountedRoster} {
		for _, companies := range []int{20, 100} {
			p, err := NewPlan(instrument.JSP(), PlanSpec{Wave: "w", Account: "a", Roster: roster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: companies})
			if err != nil {
				t.Fatal(err)
			}
			head, err := p.head(&measurement{Noise: publication.SecureNoise})
			if err != nil {
				t.Fatal(err)
			}
			stated := head.PublishedPrivacy().Loss.Total()
			if !stated.Covers(p.charge.loss) || stated.Delta > p.charge.loss.Delta+privacy.SamplerDelta || stated.MuSquared != p.charge.loss.MuSquared {
				t.Errorf("%s, %d companies: %+v stated, %+v charged", roster, companies, stated, p.charge.loss)
			}
		}
	}
}
