package benchmark

import (
	"errors"
	"fmt"
	"path/filepath"

	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/derived"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/internal/statistic"
)

// LoadPlan reads a plan for an instrument from a YAML or JSON file, and the
// release that its prior names. The error for a wrong one is an *input.Error
// with every problem of the file.
func LoadPlan(in *instrument.Instrument, path string) (*Plan, error) {
	data, err := specfile.ReadFile(path, specfile.MaxFileSize)
	if err != nil {
		return nil, err
	}
	return ParsePlan(in, path, data)
}

// ParsePlan is [LoadPlan] for data in memory; name stands for the file in
// errors, and a prior's path is relative to its directory.
func ParsePlan(in *instrument.Instrument, name string, data []byte) (*Plan, error) {
	c, spec, warnings, err := parsePlanSpec(in, name, data)
	if err != nil {
		return nil, err
	}
	prior, err := spec.readPrior(c, filepath.Dir(name))
	if err != nil {
		return nil, err
	}
	return newPlan(c, in, spec, warnings, prior)
}

// NewPlan checks and compiles a specification made in Go. The error for a
// wrong one is an *input.Error with all its problems. The path of a prior's
// release is relative to the working directory.
func NewPlan(in *instrument.Instrument, spec PlanSpec) (*Plan, error) {
	spec, warnings, err := validatePlan(in, spec)
	if err != nil {
		return nil, err
	}
	c := &specfile.Checker{}
	prior, err := spec.readPrior(c, ".")
	if err != nil {
		return nil, err
	}
	return newPlan(c, in, spec, warnings, prior)
}

// newPlan compiles a valid specification with its defaults; release is the
// document that its prior names, if it names one, and c notes what is wrong
// with it.
func newPlan(c *specfile.Checker, in *instrument.Instrument, spec PlanSpec, warnings []string, release []byte) (*Plan, error) {
	p := shapedPlan(in, spec, warnings)
	if err := p.setPrior(c, release); err != nil {
		return nil, err
	}
	if err := p.calibrate(c); err != nil {
		return nil, err
	}
	return p, nil
}

// shapedPlan is a plan without prior and mechanisms.
func shapedPlan(in *instrument.Instrument, spec PlanSpec, warnings []string) *Plan {
	p := &Plan{in: in, asked: in.Spec(), spec: spec, warnings: warnings}
	p.cohorts = planCohorts(p.asked, spec.Cohorts)
	if spec.small() {
		p.measureFirst(1)
	} else {
		p.measureFirst(len(p.cohorts))
	}
	return p
}

// measureFirst measures the first cohorts of the release: all companies, or all cohorts.
func (p *Plan) measureFirst(cohorts int) {
	p.measured = p.cohorts[:cohorts]
	p.shape = derived.Shape(p.asked, valuesOf(p.measured))
	p.shape.Unasked = model.Kinds(statistic.List(p.spec.Statistics).Unasked())
}

// calibrate makes the mechanisms of a plan that has a prior; c notes what its
// noise cannot do.
func (p *Plan) calibrate(c *specfile.Checker) error {
	if err := p.leaveOutSegments(); err != nil {
		return fmt.Errorf("plan: %w", err)
	}
	calibrate := p.calibrateFull
	switch {
	case p.spec.small():
		calibrate = p.calibrateSmall
	case p.scoresOnly():
		calibrate = p.calibrateBetter
	}
	if err := calibrate(c); err != nil {
		if _, ok := errors.AsType[*input.Error](err); ok {
			return err
		}
		return fmt.Errorf("plan: %w", err)
	}
	return p.chargeMore(c)
}
