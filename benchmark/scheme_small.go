package benchmark

import (
	"fmt"
	"math"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/privacy"
)

// smallScheme measures what a small panel can tell: the number of companies,
// the overall score and the domain scores of all companies, with one
// mechanism of pure ε. For so few numbers its noise is smaller than Gaussian
// noise of the same budget (Joseph, Kulesza & Yu, Some Constructions of
// Private, Efficient, and Optimal K-Norm and Elliptic Gaussian Noise, 2025).
type smallScheme struct {
	shape      model.Shape
	exactSizes bool
	prior      model.Prior
	center     model.Center
	encoding   *encode.Small
	noise      privacy.SphericalLaplace
	test       *privacy.MeasuredThreshold // nil where sizes are public
}

// calibrateSmall gives the spherical noise all of ε. Where sizes are not public only the
// scores of all companies are measured, and whether they are enough their own noisy number tells.
func (p *Plan) calibrateSmall(*specfile.Checker) error {
	budget, err := privacy.NewPureBudget(p.spec.Epsilon, p.spec.Delta, p.spec.Roster)
	if err != nil {
		return err
	}
	roster := p.spec.Roster
	p.charge = charge{loss: budget.Loss, deltaSelect: budget.DeltaSelect}
	s := &smallScheme{shape: p.shape, prior: p.prior, exactSizes: roster.ExactSizes()}
	s.center = model.Expect(p.shape, p.prior)
	// In the middle of the scale the largest distance of a score, which sets
	// the noise, is smallest. What was published before enters the estimate.
	middle := model.Expect(p.shape, model.Prior{Companies: p.prior.Companies})
	public := model.NewPublic(p.shape, middle)
	for _, marks := range []bool{true, false} {
		plan := encode.SmallPlan{
			Companies: s.center.Companies, Least: p.spec.MinCompanies, ExactSizes: s.exactSizes, Marks: marks,
			Noise: math.Sqrt2 * float64(sensitivity(roster)) / float64(encode.Sensitivity) / (float64(budget.Epsilon) / 1e9),
		}
		s.encoding = encode.NewSmall(p.shape, public, plan)
		if s.noise, err = s.noiseOf(sensitivity(roster), budget.Epsilon); err != nil {
			return err
		}
		if s.marksTell(p.spec.MinCompanies) {
			break
		}
	}
	p.scheme = s
	return p.testMeasured(s, budget.DeltaSelect)
}

// testMeasured calibrates the test of all companies where their number is not public.
func (p *Plan) testMeasured(s *smallScheme, delta int64) error {
	if s.exactSizes {
		return nil
	}
	at, unit := s.encoding.Counted()
	test, err := privacy.NewMeasuredThreshold(s.noise, p.spec.MinCompanies, at, unit, delta)
	if err == nil {
		s.test, p.tests.panel = &test, test
	}
	return err
}

// noiseOf is the noise on the encoding's vectors and on the numbers beside them.
func (s *smallScheme) noiseOf(sensitivity, epsilon int64) (privacy.SphericalLaplace, error) {
	noise, err := privacy.NewSphericalLaplace(sensitivity, epsilon, s.encoding.Dimensions())
	if err != nil {
		return noise, err
	}
	if noise, err = noise.Vectors(s.encoding.Vectors()); err != nil {
		return noise, err
	}
	return noise.Beside(s.encoding.Beside())
}

// marksTell says whether the marks let a domain be published that all companies answer, in nine of
// ten releases: whatever their noise, k companies are certain then. If they do not, one number that
// counts whoever leaves out anything is certain sooner.
func (s *smallScheme) marksTell(k int) bool {
	design := s.design(s.center)
	return s.center.Companies-estimate.MostMissed(design) >= float64(k)
}

// design is that of the encoding with the noise.
func (s *smallScheme) design(center model.Center) encode.Design {
	return s.encoding.Design(center, s.noise.Deviation(), s.noise.DeviationBeside(), s.exactSizes)
}

func (s *smallScheme) first() encode.Vector { return s.encoding }

// measure draws the noise of one vector.
//
// Privacy: one mechanism of pure ε and of the L2 sensitivity that [sensitivity] says, whose numbers are dropped
// if they say that there are too few companies, where their number is not public: see [privacy.MeasuredThreshold].
func (s *smallScheme) measure(noise mechanism, totals []int64, _ func(encode.Vector) ([]int64, error), m *measurement) error {
	if s.test == nil {
		m.Small = noise.SphericalLaplace(s.noise, totals)
	} else {
		m.Small = noise.Tested(*s.test, totals)
		m.Kept = []bool{m.Small != nil}
	}
	m.Encoding = s.encoding.Fingerprint(s.noise.Deviation())
	return nil
}

func (s *smallScheme) reader(*measurement) (func(*measurement) (estimate.Input, error), error) {
	return s.input, nil
}

func (s *smallScheme) input(m *measurement) (estimate.Input, error) {
	if len(m.Small) != s.encoding.Coordinates() {
		return estimate.Input{}, fmt.Errorf("measurement: %d numbers, expected %d", len(m.Small), s.encoding.Coordinates())
	}
	deviation := s.noise.Deviation()
	if m.Encoding != s.encoding.Fingerprint(deviation) {
		return estimate.Input{}, ErrEncoding
	}
	measured := s.encoding.Read(m.Small, deviation, s.noise.DeviationBeside(), s.shape.Stated(m.Exact))
	center, doubt := s.center, 1.0
	if s.exactSizes {
		center.Companies, center.CompaniesVariance = float64(m.companies()), 0
	} else {
		counted := measured[model.Companies]
		center = center.Doubt(s.prior, counted.Y[0][0])
		doubt = selectedDoubt((counted.Y[0][0] - s.test.Tau()) / counted.SD[0][0])
		counted.SD[0][0] *= doubt
	}
	design := s.design(center)
	for j := range design.Sigma[model.Companies] {
		design.Sigma[model.Companies][j] *= doubt
	}
	return estimate.Input{Design: design, Measured: measured, SpreadUnknown: true}, nil
}

// How far a panel may have been below the mark that its noisy number of companies reached, in standard
// deviations of the noise.
const (
	// selectedBelow is where one in a hundred panels is still shown: Laplace noise of scale b exceeds 4b with a
	// probability of exp(−4)/2, and has a deviation of √2·b.
	selectedBelow = 4 / math.Sqrt2
	// selectedClear is how far above the mark noise alone seldom takes a panel that is at it: it exceeds
	// ln(10)·b with a probability of one in twenty.
	selectedClear = math.Ln10 / math.Sqrt2
)

// selectedDoubt is by what factor the number of companies is less certain than its noise says, because
// the panel is shown: above is how far the noisy number lies above the mark, in deviations of the noise. Of a panel
// below the mark only such noise is ever seen as takes it above, and how far above tells nothing of how far below
// it is: Laplace noise has no memory. An interval that reaches the mark reaches on, to where hardly any panel is shown.
func selectedDoubt(above float64) float64 {
	return 1 + selectedBelow/selectedClear*min(max(1-above/selectedClear, 0), 1)
}
