package synthetic

import (
	"math"

	"maturitybench/stats"
)

// answerKinds are panels whose answers have other shapes than a rounded normal
// distribution.
var answerKinds = []Kind{
	{Name: "j-shapes", Doc: "answers fall off from the lowest level, and some are at the highest", change: func(m *making) {
		m.shaped(func(int) []float64 {
			p := m.falling(m.between(2, 5))
			return m.mixed(p, m.peak(m.top), m.between(0.1, 0.3))
		})
	}},
	{Name: "u-shapes", Doc: "answers gather at both ends of the scale", change: func(m *making) {
		m.shaped(func(int) []float64 {
			ends := m.mixed(m.peak(0), m.peak(m.top), m.between(0.25, 0.75))
			return m.mixed(m.even(), ends, m.between(0.5, 0.9))
		})
	}},
	{Name: "mostly-zero", Doc: "most answers are the lowest level", change: func(m *making) {
		least := m.between(0.4, 0.75)
		m.shaped(func(int) []float64 {
			return m.mixed(m.falling(m.between(1, 4)), m.peak(0), m.between(least, least+0.2))
		})
	}},
	{Name: "three-answers", Doc: "only the lowest, the middle and the highest level are given", change: func(m *making) {
		m.shaped(func(int) []float64 {
			ends := m.mixed(m.peak(0), m.peak(m.top), m.between(0.1, 0.6))
			return m.mixed(ends, m.peak(m.top/2), m.between(0.2, 0.6))
		})
	}},
	{Name: "comb", Doc: "only every second level is given", change: func(m *making) {
		start := m.rng.IntN(2)
		m.each(func(_ int, answers []int8) {
			for q, a := range answers {
				if int(a)%2 != start {
					answers[q] = int8(min(max(int(a)+1-2*m.rng.IntN(2), start), m.top-(m.top-start)%2))
				}
			}
		})
	}},
	{Name: "two-levels", Doc: "two neighbouring levels are given to each question", change: func(m *making) {
		m.shaped(func(int) []float64 {
			low := m.rng.IntN(m.top)
			return m.mixed(m.peak(low), m.peak(low+1), m.between(0.1, 0.9))
		})
	}},
	{Name: "heaped", Doc: "many answers are rounded to the ends and the middle of the scale", change: func(m *making) {
		share := m.between(0.3, 0.8)
		m.each(func(_ int, answers []int8) {
			for q, a := range answers {
				if m.chance(share) {
					answers[q] = m.level(math.Round(2*float64(a)/float64(m.top)) / 2)
				}
			}
		})
	}},
	{Name: "flat", Doc: "all levels are given equally often", change: func(m *making) {
		m.shaped(func(int) []float64 { return m.even() })
	}},
	{Name: "peaked", Doc: "nearly all companies give a question the same level, each question its own", change: func(m *making) {
		m.shaped(func(int) []float64 { return m.mixed(m.even(), m.peak(m.rng.IntN(m.top+1)), m.between(0.75, 0.98)) })
	}},
	{Name: "items-at-ends", Doc: "half of the questions lie at the lowest level, the others at the highest", change: func(m *making) {
		m.shaped(func(int) []float64 {
			return m.mixed(m.even(), m.peak(m.top*m.rng.IntN(2)), m.between(0.7, 0.98))
		})
	}},
	{Name: "constant-questions", Doc: "some questions get one level from everybody", change: func(m *making) {
		share := m.between(0.1, 0.4)
		for q := range m.questions() {
			if m.chance(share) {
				level := int8(m.rng.IntN(m.top + 1))
				m.each(func(_ int, answers []int8) { answers[q] = level })
			}
		}
	}},
	{Name: "one-u", Doc: "one question of a domain divides the companies that agree about all others", change: func(m *making) {
		odd := make([]bool, m.questions())
		for d := range m.domains() {
			odd[m.first[d]+m.rng.IntN(m.first[d+1]-m.first[d])] = true
		}
		middle := m.rng.IntN(m.top + 1)
		m.shaped(func(q int) []float64 {
			if odd[q] {
				return m.mixed(m.peak(0), m.peak(m.top), m.between(0.3, 0.7))
			}
			return m.mixed(m.even(), m.peak(middle), m.between(0.6, 0.9))
		})
	}},
	{Name: "any-shape", Doc: "every question has a distribution of its own, drawn at random", change: func(m *making) {
		m.shaped(func(int) []float64 {
			p := make([]float64, m.top+1)
			for l := range p {
				p[l] = m.rng.ExpFloat64()
			}
			return p
		})
	}},
}

// shaped draws all answers anew, so that question q has the distribution
// shape(q), scaled to sum to 1, and the answers of a company hang together (a normal copula).
func (m *making) shaped(shape func(q int) []float64) {
	shapes := make([][]float64, m.questions())
	for q := range shapes {
		p := shape(q)
		shapes[q] = m.mixed(p, p, 0)
	}
	common := m.between(0, 0.6)
	m.each(func(_ int, answers []int8) {
		company := math.Sqrt(common) * m.rng.NormFloat64()
		for q := range answers {
			rank := stats.NormalCDF(company + float64(math.Sqrt(1-common)*m.rng.NormFloat64()))
			level := 0
			for rank -= shapes[q][0]; rank > 0 && level < m.top; rank -= shapes[q][level] {
				level++
			}
			answers[q] = int8(level)
		}
	})
}

// peak has one level only.
func (m *making) peak(level int) []float64 {
	p := make([]float64, m.top+1)
	p[level] = 1
	return p
}

// even has all levels equally.
func (m *making) even() []float64 { return m.falling(0) }

// falling falls off from the lowest level to the highest one by a factor of
// exp(−by) in all.
func (m *making) falling(by float64) []float64 {
	p := make([]float64, m.top+1)
	for l := range p {
		p[l] = math.Exp(-by * float64(l) / float64(m.top))
	}
	return p
}

// mixed has a share of the second distribution and the rest of the first one,
// each scaled to sum to 1.
func (m *making) mixed(a, b []float64, share float64) []float64 {
	p, sa, sb := make([]float64, len(a)), sum(a), sum(b)
	for l := range p {
		p[l] = float64((1-share)*a[l])/sa + float64(share*b[l])/sb
	}
	return p
}
