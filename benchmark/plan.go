package benchmark

import (
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/model"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/benchmark/publication"
)

// Plan is a compiled publication: public, immutable, safe for concurrent use. It
// depends on the instrument and on what was published, never on the answers.
type Plan struct {
	in       *instrument.Instrument
	asked    instrument.Spec // what the instrument was made of
	spec     PlanSpec
	warnings []string

	cohorts  []cohort             // of the release
	measured []cohort             // that are measured: the first ones of the release's
	shape    model.Shape          // of what is measured
	prior    model.Prior          // what was published before
	priorID  string               // id of the release that the prior was read from
	earlier  *publication.Release // that release, if it is at hand
	charge   charge               // what the publication costs
	tests    tests                // secret roster only
	scheme   scheme               // how the answers are measured
}

// scheme is a way to measure the answers: the full one, or that of small
// panels.
type scheme interface {
	// first is the vector whose sum is gathered in the first walk.
	first() encode.Vector
	// measure adds noisy numbers about the answers to the measurement. totals
	// is the sum of the first vector; second walks once more, for another one.
	measure(noise mechanism, totals []int64, second func(encode.Vector) ([]int64, error), m *measurement) error
	// reader reads a measurement, and others of the same encoding: it finds
	// out what the estimation needs to know.
	reader(m *measurement) (func(*measurement) (estimate.Input, error), error)
}

// Warnings are remarks on a valid plan, such as a large ε.
func (p *Plan) Warnings() []string { return append([]string(nil), p.warnings...) }

// Spec is a copy of the specification with all defaults filled in.
func (p *Plan) Spec() PlanSpec { return p.spec.withDefaults(&specfile.Checker{}) }

// rows are packed responses with the columns of the measured attributes.
func (p *Plan) rows(packed []byte) encode.Rows {
	answers := len(p.asked.Attributes)
	rows := encode.Rows{Data: packed, Stride: answers + p.shape.Questions(), Answers: answers}
	for _, c := range p.measured[1:] {
		if c.value == 1 {
			rows.Attributes = append(rows.Attributes, c.column)
		}
	}
	return rows
}

// levelsOnly reports whether the plan measures the level of all companies and
// nothing else.
func (p *Plan) levelsOnly() bool {
	_, small := p.scheme.(*smallScheme)
	return small
}
