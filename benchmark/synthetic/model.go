package synthetic

import (
	"math"
	"math/rand/v2"

	"maturitybench/benchmark/instrument"
	"maturitybench/stats"
)

// The model of an answer x of company i to question q in domain d, before
// rounding, in levels from 0:
//
//	domain mean d + difficulty q + segments i + level i + domain level i,d + residual i,q
//
// Level, domain level and residual are normal with variances
// Correlation·Spread², DomainCorrelation·Spread² and the rest of Spread²; the
// answer is rounded to the nearest level and cut to the scale.

// model holds what is drawn once a panel: facts about questions and segments.
type model struct {
	panel     Panel
	spec      instrument.Spec
	rng       *rand.Rand
	rounding  []rounding  // by domain
	unit      float64     // levels of this scale that one level of six stands for; 1 with several
	domainOf  []int       // of every question
	base      []float64   // of every question: domain mean + difficulty
	effect    []float64   // of every question: difficulty
	missing   []float64   // of every question: share unanswered
	segments  [][]segment // of every attribute, of every value
	remaining [][]int     // of every attribute: companies still to get each value
}

// segment is how a value of an attribute moves the answers of its companies.
type segment struct {
	all     float64
	domains []float64
}

// segmentDomainSpread is the spread of segments in a domain, as a share of
// SegmentSpread: 0.08 of 0.25 levels.
const segmentDomainSpread = 0.32

func newModel(panel Panel, spec instrument.Spec) *model {
	m := &model{
		panel: panel, spec: spec,
		rng:  rand.New(rand.NewPCG(panel.Seed, 0x6d61747572697479)), // "maturity": keeps other uses of a seed apart
		unit: 1, rounding: newRoundings(spec),
	}
	if !spec.Several() {
		m.unit = float64(len(spec.Scale)-1) / 5
	}
	for d, domain := range spec.Domains {
		for range domain.Questions {
			m.domainOf = append(m.domainOf, d)
		}
	}
	m.drawQuestions()
	m.drawMissing()
	m.drawSegments()
	return m
}

// normal draws from a normal distribution, in levels of six. The conversion
// forbids fused operations, which would make panels differ between processors.
func (m *model) normal(spread float64) float64 {
	return float64(m.rng.NormFloat64() * float64(spread*m.unit))
}

// drawQuestions draws the levels of domains and the difficulties of questions.
// Difficulties sum to zero in each domain.
func (m *model) drawQuestions() {
	p := m.panel
	m.effect = make([]float64, len(m.domainOf))
	for q := range m.effect {
		m.effect[q] = m.normal(p.QuestionSpread)
	}
	for i, q := range m.rng.Perm(len(m.effect)) {
		if i < p.Extreme {
			m.effect[q] += float64(float64(1-2*m.rng.IntN(2)) * float64((1.2+m.rng.Float64())*m.unit))
		}
	}
	spread := math.Sqrt(p.Spread*p.Spread+p.QuestionSpread*p.QuestionSpread+
		float64(len(m.spec.Attributes))*p.SegmentSpread*p.SegmentSpread+p.Bimodal*p.Bimodal) * m.unit
	m.base = make([]float64, len(m.domainOf))
	q := 0
	for d, mean := range p.domainMeans(m.spec) {
		n := len(m.spec.Domains[d].Questions)
		center := latentMean(mean, spread, m.rounding[d]) + m.normal(p.DomainSpread) + float64(p.Shift*m.unit)
		remove := sum(m.effect[q:q+n]) / float64(n)
		for ; n > 0; n-- {
			m.effect[q] -= remove
			m.base[q] = center + m.effect[q]
			q++
		}
	}
}

// drawMissing finds the share of unanswered questions.
func (m *model) drawMissing() {
	for _, domain := range m.spec.Domains {
		for _, question := range domain.Questions {
			share := m.panel.Missing
			if of, ok := m.panel.MissingDomains[domain.ID]; ok {
				share = of
			}
			if of, ok := m.panel.MissingQuestions[question.ID]; ok {
				share = of
			}
			if m.panel.MissingSpread > 0 {
				share += float64(m.rng.Float64() * m.panel.MissingSpread)
			}
			m.missing = append(m.missing, min(share, 1))
		}
	}
}

// drawSegments draws what attributes do to answers, without moving the panel as
// a whole, and counts the companies of every value: the shares of the panel as
// exactly as whole companies can have them.
func (m *model) drawSegments() {
	for _, attribute := range m.spec.Attributes {
		shares := m.panel.shares(attribute)
		segments := make([]segment, len(shares))
		for v := range segments {
			segments[v].domains = make([]float64, len(m.spec.Domains))
		}
		all := m.centered(shares, m.panel.SegmentSpread)
		for v := range segments {
			segments[v].all = all[v]
		}
		for d := range m.spec.Domains {
			for v, effect := range m.centered(shares, segmentDomainSpread*m.panel.SegmentSpread) {
				segments[v].domains[d] = effect
			}
		}
		m.segments = append(m.segments, segments)
		m.remaining = append(m.remaining, stats.LargestRemainder(shares, m.panel.Companies))
	}
}

// centered draws an effect of every value; weighted by shares they sum to zero.
func (m *model) centered(shares []float64, spread float64) []float64 {
	effects, mean := make([]float64, len(shares)), 0.0
	for v := range effects {
		effects[v] = m.normal(spread)
		mean += float64(shares[v] * effects[v])
	}
	for v := range effects {
		effects[v] -= mean
	}
	return effects
}

// latentMean is the mean of a normal variable with the given spread that has
// the given mean after rounding to the levels, in millionths of a level, so
// that processors agree. Means closer to an end of the scale than 1 % of its range
// are taken as that.
func latentMean(mean, spread float64, levels rounding) float64 {
	top := levels.top
	mean = min(max(mean, 0.01*top), 0.99*top)
	n := int(top) + 1
	if levels.at != nil {
		n = len(levels.at)
	}
	latent := stats.RoundedNormal{Levels: n, SD: spread, At: levels.at}.Inverse(mean, 10*(top+spread))
	return math.Round(latent*1e6) / 1e6
}

func sum(xs []float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += x
	}
	return total
}
