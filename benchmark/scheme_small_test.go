package benchmark

import (
	"math"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/model"
	"maturitybench/privacy"
)

// A plan that expects the wrong number of companies doubts its figure, not the
// reading: of a reading far off, the belief is as wide as the distance.
func TestSmallDoubtsItsFigure(t *testing.T) {
	p, err := NewPlan(instrument.JSP(), PlanSpec{
		Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 30,
	})
	if err != nil {
		t.Fatal(err)
	}
	s, ok := p.scheme.(*smallScheme)
	if !ok {
		t.Fatalf("30 companies are measured by %T", p.scheme)
	}
	m := &measurement{Small: make([]int64, s.encoding.Coordinates()), Encoding: s.encoding.Fingerprint(s.noise.Deviation())}
	m.Small[0] = 1 << 30
	one := s.encoding.Read(m.Small, 1)[model.Companies].Y[0][0] / (1 << 30)
	for _, companies := range []float64{30, 90} {
		m.Small[0] = int64(math.Round(companies / one))
		in, err := s.input(m)
		if err != nil {
			t.Fatal(err)
		}
		center := in.Design.Center
		if sd := math.Sqrt(center.CompaniesVariance); center.Companies != 30 || sd < 0.99*math.Abs(companies-30) || sd > 61 {
			t.Errorf("%v companies read, %v expected: a belief of ± %v", companies, center.Companies, sd)
		}
	}
}
