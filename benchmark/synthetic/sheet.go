package synthetic

import "math"

// none marks a question without an answer and an attribute that is not stated.
const none = -1

// sheet is one made-up company: the index of the value of every attribute and
// of the level of every answer.
type sheet struct {
	number     int // from 1
	attributes []int8
	levels     []int8
}

// fill draws the next company of the panel into s.
func (m *model) fill(s *sheet) {
	segments := m.fillAttributes(s)
	p := m.panel
	company := m.normal(p.Spread * math.Sqrt(p.Correlation))
	reach := math.Exp(float64(p.Style * m.rng.NormFloat64()))
	residual := p.Spread * math.Sqrt(max(0, 1-p.Correlation-p.DomainCorrelation))
	domain, last := 0.0, -1
	for q, d := range m.domainOf {
		if d != last {
			domain, last = m.normal(p.Spread*math.Sqrt(p.DomainCorrelation)), d
			for _, segment := range segments {
				domain += segment.all + segment.domains[d]
			}
		}
		level := company + domain
		if p.Reversed > 0 && q%p.Reversed == 0 {
			level = -level
		}
		// Style stretches what sets a question apart from the company's level.
		own := float64((m.effect[q]+m.normal(residual))*reach) - m.effect[q]
		x := m.base[q] + level + own
		if p.Bimodal > 0 {
			x += float64(float64(1-2*m.rng.IntN(2)) * float64(p.Bimodal*m.unit))
		}
		s.levels[q] = m.rounding[d].level(x)
	}
	m.skip(s)
}

// fillAttributes draws the attributes, without replacement from what is left of
// the panel's, and returns the segments of the company, stated or not.
func (m *model) fillAttributes(s *sheet) []segment {
	segments := make([]segment, len(m.segments))
	for a, remaining := range m.remaining {
		total := 0
		for _, n := range remaining {
			total += n
		}
		pick, v := m.rng.IntN(total), 0
		for ; pick >= remaining[v]; v++ {
			pick -= remaining[v]
		}
		remaining[v]--
		segments[a], s.attributes[a] = m.segments[a][v], int8(v)
		if m.panel.NotStated > 0 && m.rng.Float64() < m.panel.NotStated {
			s.attributes[a] = none
		}
	}
	return segments
}

// skip takes answers away. A company answers at least one question: where it
// would answer none, it answers one at random.
func (m *model) skip(s *sheet) {
	keep := m.rng.IntN(len(s.levels))
	kept, answers := s.levels[keep], 0
	for q, share := range m.missing {
		if m.rng.Float64() < share {
			s.levels[q] = none
		} else {
			answers++
		}
	}
	if answers == 0 {
		s.levels[keep] = kept
	}
}
