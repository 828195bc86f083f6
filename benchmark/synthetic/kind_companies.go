package synthetic

import "math"

// companyKinds are panels of companies that are unlike each other, or too much
// alike.
var companyKinds = []Kind{
	{Name: "specialists", Doc: "some companies are at the top in one domain and at the bottom elsewhere", change: func(m *making) {
		m.some(m.between(0.1, 0.3), func(_ int, answers []int8) {
			m.split(answers, m.rng.IntN(m.domains()), 1, 0, 0)
		})
	}},
	{Name: "mild-specialists", Doc: "some companies are better in one domain and worse elsewhere", change: func(m *making) {
		better, worse := m.between(1, 2.5), -m.between(0.5, 1.5)
		m.some(m.between(0.1, 0.4), func(_ int, answers []int8) {
			strong := m.rng.IntN(m.domains())
			for q := range answers {
				by := worse
				if q >= m.first[strong] && q < m.first[strong+1] {
					by = better
				}
				answers[q] = m.moved(answers[q], by)
			}
		})
	}},
	{Name: "one-strength", Doc: "every company is strong in one domain, whichever, and weak elsewhere", change: func(m *making) {
		high, low, spread := m.between(0.75, 1), m.between(0, 0.3), m.between(0.05, 0.15)
		m.each(func(_ int, answers []int8) { m.split(answers, m.rng.IntN(m.domains()), high, low, spread) })
	}},
	{Name: "one-weakness", Doc: "every company is weak in one domain, whichever, and strong elsewhere", change: func(m *making) {
		high, low, spread := m.between(0.7, 1), m.between(0, 0.3), m.between(0.05, 0.15)
		m.each(func(_ int, answers []int8) { m.split(answers, m.rng.IntN(m.domains()), low, high, spread) })
	}},
	{Name: "alike", Doc: "all companies give the same answers but for one in ten", change: func(m *making) {
		if len(m.Levels) == 0 {
			return
		}
		common := append([]int8(nil), m.Levels[0]...)
		m.some(1-m.between(0.05, 0.15), func(_ int, answers []int8) { copy(answers, common) })
	}},
	{Name: "identical", Doc: "all companies give the same answers", change: func(m *making) {
		m.each(func(_ int, answers []int8) { copy(answers, m.Levels[0]) })
	}},
	{Name: "camps", Doc: "two camps of companies, one strong and one weak", change: func(m *making) {
		high, low, spread, share := m.between(0.7, 0.95), m.between(0.05, 0.3), m.between(0.05, 0.2), m.between(0.3, 0.7)
		m.each(func(_ int, answers []int8) {
			at := low
			if m.chance(share) {
				at = high
			}
			m.fill(answers, func() int8 { return m.about(at, spread) })
		})
	}},
	{Name: "top-tenth", Doc: "one company in ten is at the top, all others at the bottom", change: func(m *making) { m.ends(m.between(0.05, 0.15)) }},
	{Name: "bottom-tenth", Doc: "one company in ten is at the bottom, all others at the top", change: func(m *making) { m.ends(1 - m.between(0.05, 0.15)) }},
	{Name: "classes", Doc: "a few types of companies, each with levels of its own", change: func(m *making) {
		types := make([][]float64, 3+m.rng.IntN(3))
		for t := range types {
			level := m.between(0.1, 0.9)
			for range m.questions() {
				types[t] = append(types[t], level+float64(0.25*m.rng.NormFloat64()))
			}
		}
		spread := m.between(0.03, 0.12)
		m.each(func(_ int, answers []int8) {
			of := types[m.rng.IntN(len(types))]
			for q := range answers {
				answers[q] = m.about(of[q], spread)
			}
		})
	}},
	{Name: "straight-lines", Doc: "many companies tick one level throughout", change: func(m *making) {
		m.some(m.between(0.2, 0.6), func(_ int, answers []int8) {
			level := answers[m.rng.IntN(len(answers))]
			m.fill(answers, func() int8 { return level })
		})
	}},
	{Name: "careless", Doc: "many companies tick at random", change: func(m *making) {
		m.some(m.between(0.2, 0.6), func(_ int, answers []int8) {
			m.fill(answers, func() int8 { return int8(m.rng.IntN(m.top + 1)) })
		})
	}},
	{Name: "outliers", Doc: "a few companies are at either end of the scale, all others close together", change: func(m *making) {
		level, spread, share, high := m.between(0.2, 0.7), m.between(0.03, 0.08), m.between(0.01, 0.06), m.between(0, 1)
		m.each(func(_ int, answers []int8) {
			switch {
			case !m.chance(share):
				m.fill(answers, func() int8 { return m.about(level, spread) })
			case m.chance(high):
				m.fill(answers, func() int8 { return int8(m.top) })
			default:
				m.fill(answers, func() int8 { return 0 })
			}
		})
	}},
	{Name: "heavy-tails", Doc: "the levels of companies have heavy tails", change: func(m *making) {
		scale := m.between(0.5, 1)
		m.each(func(_ int, answers []int8) {
			// Student's t with two degrees of freedom.
			by := scale * m.rng.NormFloat64() / math.Sqrt(m.rng.ExpFloat64())
			for q := range answers {
				answers[q] = m.moved(answers[q], by)
			}
		})
	}},
	{Name: "group-levels", Doc: "the values of an attribute lie from one end of the scale to the other", change: func(m *making) {
		spread := m.between(0.05, 0.2)
		m.each(func(i int, answers []int8) {
			group, groups := m.group(i)
			at := 0.1 + 0.8*float64(group)/float64(max(groups-1, 1))
			m.fill(answers, func() int8 { return m.about(at, spread) })
		})
	}},
	{Name: "group-strengths", Doc: "every value of an attribute is strong in a domain of its own", change: func(m *making) {
		high, low, spread := m.between(0.6, 0.95), m.between(0.05, 0.4), m.between(0.05, 0.2)
		m.each(func(i int, answers []int8) {
			group, _ := m.group(i)
			m.split(answers, group%m.domains(), high, low, spread)
		})
	}},
	{Name: "ladder", Doc: "all companies climb the practices in the same order", change: func(m *making) {
		steps := make([]float64, m.questions())
		for q := range steps {
			steps[q] = m.between(-0.5, 0.5)
		}
		spread := m.between(0.1, 0.35)
		m.each(func(_ int, answers []int8) {
			at := 0.4 + float64(spread*m.rng.NormFloat64())
			for q := range answers {
				answers[q] = m.level(at + steps[q])
			}
		})
	}},
}

// split draws answers about one share of the scale in a domain and about another
// one elsewhere.
func (m *making) split(answers []int8, domain int, there, elsewhere, spread float64) {
	m.fill(answers, func() int8 { return m.about(elsewhere, spread) })
	m.fill(m.domain(answers, domain), func() int8 { return m.about(there, spread) })
}

// fill draws answers one after the other.
func (m *making) fill(answers []int8, draw func() int8) {
	for q := range answers {
		answers[q] = draw()
	}
}

// ends puts a share of the companies at the top and the others at the bottom,
// but for a few of their answers, which are one level off.
func (m *making) ends(share float64) {
	off := m.between(-0.1, 0.1) // exactly at the ends in half of the panels
	m.each(func(_ int, answers []int8) {
		end, next := int8(0), int8(1)
		if m.chance(share) {
			end, next = int8(m.top), int8(m.top-1)
		}
		m.fill(answers, func() int8 {
			if m.chance(off) {
				return next
			}
			return end
		})
	})
}
