package benchmark

import (
	"math"
	"testing"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/model"
	"maturitybench/privacy"
	"maturitybench/stats"
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
	at := s.encoding.Dimensions() + 1 // after the offsets and the overall score
	m.Small[at] = 1 << 30
	one := s.encoding.Read(m.Small, 1, 1, false)[model.Companies].Y[0][0] / (1 << 30)
	for _, companies := range []float64{30, 90} {
		m.Small[at] = int64(math.Round(companies / one))
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

// Who leaves out a domain is marked where the plan has companies enough to tell by it that a domain
// which all answer is answered by k: of four domains at 17 companies and ε = 4, not at ε = 2; of
// many domains not at 17 companies.
func TestMarksWhereTheyTell(t *testing.T) {
	jsp := instrument.JSP()
	spec := jsp.Spec()
	var many []instrument.Domain
	for _, d := range spec.Domains {
		for _, q := range d.Questions[:4] {
			many = append(many, instrument.Domain{ID: "of-" + q.ID, Title: q.Text, Questions: []instrument.Question{q}})
		}
	}
	spec.Domains, spec.Profiles = many, nil
	wide, err := instrument.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		in      *instrument.Instrument
		roster  privacy.Roster
		n       int
		epsilon float64
		marks   int
	}{
		{jsp, privacy.PublicRoster, 17, 4, 4}, {jsp, privacy.PublicRoster, 17, 2, 0}, {jsp, privacy.SecretRoster, 30, 4, 4},
		{wide, privacy.PublicRoster, 17, 4, 0},
	} {
		if tt.in == wide && testing.Short() {
			continue // a plan of many domains takes a second
		}
		p, err := NewPlan(tt.in, PlanSpec{Wave: "w", Account: "a", Roster: tt.roster, Epsilon: tt.epsilon, Delta: 1e-6, ExpectedCompanies: tt.n, Override: true})
		if err != nil {
			t.Fatal(err)
		}
		s := p.scheme.(*smallScheme)
		if got := s.encoding.Marks(); got != tt.marks || s.noise.Numbers() != s.encoding.Coordinates() || s.noise.Dimensions() != len(tt.in.Spec().Domains) {
			t.Errorf("%d companies, ε = %v: %d marks, and %d numbers in one vector, want %d", tt.n, tt.epsilon, got, s.noise.Dimensions(), tt.marks)
		}
	}
}

// TestSelectedPanelsAreDoubted: the interval of a number of companies that just reaches the mark of its
// test reaches down to where one in a hundred panels is shown; far above the mark it is that of the noise.
func TestSelectedPanelsAreDoubted(t *testing.T) {
	p, err := NewPlan(instrument.JSP(), PlanSpec{
		Wave: "w", Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: 30,
	})
	if err != nil {
		t.Fatal(err)
	}
	s := p.scheme.(*smallScheme)
	at, unit := s.encoding.Counted()
	at += s.encoding.Dimensions()
	scale := s.noise.DeviationBeside() / math.Sqrt2 / float64(unit) // in companies
	tau := p.tests.panel.Tau()
	read := func(companies float64) (value, sd, planned float64) {
		m := &measurement{Small: make([]int64, s.encoding.Coordinates()), Encoding: s.encoding.Fingerprint(s.noise.Deviation())}
		m.Small[at] = int64(math.Round(companies * float64(unit)))
		in, err := s.input(m)
		if err != nil {
			t.Fatal(err)
		}
		counted := in.Measured[model.Companies]
		return counted.Y[0][0], counted.SD[0][0], in.Design.Sigma[model.Companies][0]
	}
	normal := stats.NormalCritical(0.9)
	last := math.Inf(1)
	for _, above := range []float64{0, 1, 2, 2.2, 2.4, 10} { // in scales of the noise
		value, sd, planned := read(tau + above*scale)
		if math.Abs(value-tau-above*scale) > 0.01 || sd != planned || sd > last {
			t.Errorf("%v above the mark: %v ± %v, planned %v", above, value, sd, planned)
		}
		last = sd
		least := value - normal*sd
		// The quantile of noise that is normal and of noise that is Laplace differ by a hundredth.
		switch slack := 0.05 * scale; {
		case above == 0 && math.Abs(least-(tau-4*scale-2.33*scale)) > 2*slack:
			t.Errorf("at the mark %v: from %v on", tau, least)
		case above > 2.3 && math.Abs(sd-math.Sqrt2*scale) > 1e-9*scale:
			t.Errorf("%v scales above the mark: ± %v, the noise is ± %v", above, sd, math.Sqrt2*scale)
		}
	}
	if n := int(tau - 4*scale); math.Abs(p.tests.panel.PassProbability(n)-0.01) > 0.005 {
		t.Errorf("%d companies are shown with a probability of %v", n, p.tests.panel.PassProbability(n))
	}
}
