package synthetic

import (
	"math"

	"maturitybench/benchmark/instrument"
)

// Industry is a made-up industry that is asked in several waves: its questions drift, and
// some of its companies are replaced by others.
type Industry struct {
	in        *instrument.Instrument
	model     *model
	companies []company
}

// company is what a company is like, in levels.
type company struct {
	attributes []int8
	level      float64
	domains    []float64 // segments included
	residuals  []float64 // by question
}

// Drift is what happens from one wave to the next, in levels of a scale of six.
type Drift struct {
	Level     float64 // spread of what moves all questions together
	Questions float64 // spread of what moves each by itself
	Replaced  float64 // share of the companies in whose place others come, with the same attributes
	Answers   float64 // correlation of the answers that a company which stays gives to a question, but for its levels
}

// UsualDrift is a year of an industry with some turnover.
func UsualDrift() Drift { return Drift{Level: 0.15, Questions: 0.1, Replaced: 1.0 / 3, Answers: 0.8} }

// NewIndustry is an industry before its first wave, whose companies are those of a panel
// without Reversed, Bimodal and Style, which are not looked at. A panel that cannot be made
// is an error.
func NewIndustry(in *instrument.Instrument, panel Panel) (*Industry, error) {
	spec := in.Spec()
	if err := panel.check(spec); err != nil {
		return nil, err
	}
	panel.Reversed, panel.Bimodal, panel.Style = 0, 0, 0
	i := &Industry{in: in, model: newModel(panel, spec)}
	for range panel.Companies {
		s := sheet{attributes: make([]int8, len(spec.Attributes))}
		segments := i.model.fillAttributes(&s)
		c := company{attributes: s.attributes}
		i.draw(&c, segments)
		i.companies = append(i.companies, c)
	}
	return i, nil
}

// draw draws what a company is like, but for its attributes.
func (i *Industry) draw(c *company, segments []segment) {
	m, p := i.model, i.model.panel
	c.level = m.normal(p.Spread * math.Sqrt(p.Correlation))
	c.domains, c.residuals = make([]float64, len(m.spec.Domains)), make([]float64, len(m.domainOf))
	for d := range c.domains {
		c.domains[d] = m.normal(p.Spread * math.Sqrt(p.DomainCorrelation))
		for _, s := range segments {
			c.domains[d] += s.all + s.domains[d]
		}
	}
	for q := range c.residuals {
		c.residuals[q] = i.residual()
	}
}

func (i *Industry) residual() float64 {
	p := i.model.panel
	return i.model.normal(p.Spread * math.Sqrt(max(0, 1-p.Correlation-p.DomainCorrelation)))
}

// Next goes on to the next wave.
func (i *Industry) Next(drift Drift) {
	m := i.model
	level := m.normal(drift.Level)
	for q := range m.base {
		m.base[q] += level + m.normal(drift.Questions)
	}
	own := math.Sqrt(max(0, 1-drift.Answers*drift.Answers))
	for n := range i.companies {
		c := &i.companies[n]
		if m.rng.Float64() < drift.Replaced {
			i.draw(c, i.segments(c.attributes))
			continue
		}
		for q := range c.residuals {
			c.residuals[q] = float64(drift.Answers*c.residuals[q]) + float64(own*i.residual())
		}
	}
}

// segments are those of the attributes; what is not stated counts as average.
func (i *Industry) segments(attributes []int8) []segment {
	var list []segment
	for a, v := range attributes {
		if v != none {
			list = append(list, i.model.segments[a][v])
		}
	}
	return list
}

// Move moves the answers of all companies to some questions, by their number from 0, by so
// many levels of a scale of six.
func (i *Industry) Move(by float64, questions ...int) {
	for _, q := range questions {
		i.model.base[q] += float64(by * i.model.unit)
	}
}

// MoveDomain is Move for the questions of a domain, by its number from 0.
func (i *Industry) MoveDomain(by float64, domain int) {
	for q, d := range i.model.domainOf {
		if d == domain {
			i.Move(by, q)
		}
	}
}

// Sample are the answers of a wave. Questions that are left out are drawn anew every time.
func (i *Industry) Sample() *Sample {
	m := i.model
	out := &Sample{in: i.in, spec: m.spec}
	for _, c := range i.companies {
		s := sheet{levels: make([]int8, len(m.domainOf))}
		for q, d := range m.domainOf {
			s.levels[q] = m.rounding[d].level(m.base[q] + c.level + c.domains[d] + c.residuals[q])
		}
		m.skip(&s)
		out.Levels = append(out.Levels, s.levels)
		out.Attributes = append(out.Attributes, append([]int8(nil), c.attributes...))
	}
	return out
}
