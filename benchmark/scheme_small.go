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
}

// calibrateSmall splits the budget over the threshold, which comes first and
// is Gaussian, and the spherical noise, which gets what is left of ε.
func (p *Plan) calibrateSmall(*specfile.Checker) error {
	roster := p.spec.Roster
	budget, err := privacy.NewPureBudget(p.spec.Epsilon, p.spec.Delta, roster, leastSelectShare)
	if err != nil {
		return err
	}
	if !roster.ExactSizes() {
		share := p.selectShare(budget.Mu, budget.DeltaSelect)
		if budget, err = privacy.NewPureBudget(p.spec.Epsilon, p.spec.Delta, roster, share); err != nil {
			return err
		}
		if err := p.newThreshold(budget.Select, budget.DeltaSelect); err != nil {
			return err
		}
	}
	p.charge = charge{loss: budget.Loss, mu: budget.Select, deltaSelect: budget.DeltaSelect}
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
	return nil
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
// Privacy: one mechanism of pure ε and of the L2 sensitivity that [sensitivity] says.
func (s *smallScheme) measure(noise mechanism, totals []int64, _ func(encode.Vector) ([]int64, error), m *measurement) error {
	m.Small = noise.SphericalLaplace(s.noise, totals)
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
	center := s.center
	if s.exactSizes {
		center.Companies, center.CompaniesVariance = float64(m.companies()), 0
	} else {
		center = center.Doubt(s.prior, measured[model.Companies].Y[0][0])
	}
	return estimate.Input{
		Design:   s.design(center),
		Measured: measured, SpreadUnknown: true,
	}, nil
}
