package benchmark

import (
	"fmt"
	"math"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"
	"maturitybench/privacy"
)

// pilotShare is the part of μ² that is left after the threshold and spent on
// the pilot.
const pilotShare = 0.1

// The part of μ² spent on the threshold test: see [selectShare].
const (
	leastSelectShare = 0.002
	mostSelectShare  = 0.10
)

// Plan is a compiled publication: public, immutable, safe for concurrent use.
// It depends on the instrument, on published facts and on earlier releases,
// never on the answers.
type Plan struct {
	in       *Instrument
	spec     PlanSpec
	warnings []string

	cohorts    []cohort
	attributes []int // instrument attribute of each of the plan's attributes
	shape      model.Shape
	prior      model.Prior
	priorID    string // id of the release that the prior was read from
	budget     privacy.Budget
	threshold  privacy.Threshold // secret roster only
	pilot      *encode.Pilot
	pilotNoise privacy.Gaussian
	mainNoise  privacy.Gaussian
}

// NewPlan checks and compiles a specification made in Go. The error for a
// wrong one is an [*InputError] with all its problems. The path of a prior's
// release is relative to the working directory.
func NewPlan(in *Instrument, spec PlanSpec) (*Plan, error) {
	spec, warnings, err := validatePlan(in, spec)
	if err != nil {
		return nil, err
	}
	prior, err := spec.readPrior(&checker{}, ".")
	if err != nil {
		return nil, err
	}
	return newPlan(in, spec, warnings, prior)
}

// newPlan compiles a valid specification with its defaults; release is the
// document that its prior names, if it names one.
func newPlan(in *Instrument, spec PlanSpec, warnings []string, release []byte) (*Plan, error) {
	p := &Plan{in: in, spec: spec, warnings: warnings}
	p.cohorts, p.attributes = planCohorts(in, spec.Cohorts)
	p.shape = planShape(in, p.attributes)
	if err := p.setPrior(release); err != nil {
		return nil, err
	}
	if err := p.calibrate(); err != nil {
		return nil, err
	}
	return p, nil
}

// Warnings are remarks on a valid plan, such as a large ε.
func (p *Plan) Warnings() []string { return append([]string(nil), p.warnings...) }

// Spec is a copy of the specification with all defaults filled in.
func (p *Plan) Spec() PlanSpec { return p.spec.withDefaults(&checker{}) }

// planShape is what the mathematics needs to know of the instrument.
func planShape(in *Instrument, attributes []int) model.Shape {
	shape := model.Shape{Levels: len(in.spec.Scale)}
	for _, d := range in.spec.Domains {
		shape.Domains = append(shape.Domains, len(d.Questions))
	}
	for _, a := range attributes {
		shape.Attributes = append(shape.Attributes, len(in.spec.Attributes[a].Values))
	}
	return shape
}

// calibrate splits the budget and calibrates the three mechanisms.
func (p *Plan) calibrate() error {
	memberships := 1 + len(p.attributes)
	roster := p.spec.Roster
	mu, err := privacy.NewBudget(p.spec.Epsilon, p.spec.Delta, roster, 0, pilotShare)
	if err != nil {
		return fmt.Errorf("plan: %w", err)
	}
	p.budget = mu
	if roster == privacy.SecretRoster {
		share := selectShare(mu, p.spec.MinCompanies, memberships, p.smallestCohort())
		if p.budget, err = privacy.NewBudget(p.spec.Epsilon, p.spec.Delta, roster, share, pilotShare); err != nil {
			return fmt.Errorf("plan: %w", err)
		}
		p.threshold, err = privacy.NewThreshold(p.spec.MinCompanies, memberships, p.budget.Select, p.budget.DeltaSelect)
		if err != nil {
			return fmt.Errorf("plan: %w", err)
		}
	}
	p.pilot = encode.NewPilot(p.shape, roster == privacy.PublicRoster)
	if p.pilotNoise, err = privacy.NewGaussian(encode.Sensitivity, p.budget.Pilot); err != nil {
		return fmt.Errorf("plan: %w", err)
	}
	if p.mainNoise, err = privacy.NewGaussian(encode.Sensitivity, p.budget.Main); err != nil {
		return fmt.Errorf("plan: %w", err)
	}
	return nil
}

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
// cohort of the given size pass at even odds, within limits. The test passes
// at even odds where the size is k + z·σ, with σ² = memberships/μ_select² and
// z the normal quantile of δ_select/memberships.
func selectShare(budget privacy.Budget, k, memberships int, size float64) float64 {
	tail := float64(budget.DeltaSelect) * 1e-18 / float64(memberships)
	z := math.Sqrt2 * math.Erfcinv(2*tail)
	room := max(size-float64(k), 1e-3)
	mu := z * math.Sqrt(float64(memberships)) / room
	share := mu * mu / (budget.Mu.Float() * budget.Mu.Float())
	return min(max(share, leastSelectShare), mostSelectShare)
}
