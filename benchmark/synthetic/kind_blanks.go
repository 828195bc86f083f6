package synthetic

import (
	"math"
	"math/rand/v2"
)

// blankKinds are panels in which what is left out says something about the
// answers or the companies, or is so much that little is known.
var blankKinds = []Kind{
	{Name: "scattered-blanks", Doc: "many answers are left out at random", panel: func(p *Panel, rng *rand.Rand) {
		p.Missing = between(rng, 0.1, 0.6)
	}},
	{Name: "uneven-blanks", Doc: "some questions are left out by nearly all, others by nobody", panel: func(p *Panel, rng *rand.Rand) {
		p.MissingSpread = between(rng, 0.4, 0.95)
	}},
	{Name: "lowest-blank", Doc: "the lowest level is often left blank", change: func(m *making) {
		m.blankLevels(m.between(0.15, 0.6), func(a int8) bool { return a == 0 })
	}},
	{Name: "highest-blank", Doc: "high levels are often left blank", change: func(m *making) {
		m.blankLevels(m.between(0.15, 0.6), func(a int8) bool { return 3*int(a) >= 2*m.top })
	}},
	{Name: "middle-blank", Doc: "who is at neither end often leaves the question out", change: func(m *making) {
		m.blankLevels(m.between(0.15, 0.6), func(a int8) bool { return a > 0 && int(a) < m.top })
	}},
	{Name: "weak-leave-domain", Doc: "weak companies leave out a domain", change: func(m *making) { m.leaveDomain(true) }},
	{Name: "strong-leave-domain", Doc: "strong companies leave out a domain", change: func(m *making) { m.leaveDomain(false) }},
	{Name: "worst-domain-blank", Doc: "many companies leave out the domain in which they are worst", change: func(m *making) {
		m.blanks()
		m.some(m.between(0.2, 0.6), func(_ int, answers []int8) {
			worst := 0
			for d := range m.domains() {
				if m.score(m.domain(answers, d)) < m.score(m.domain(answers, worst)) {
					worst = d
				}
			}
			leaveOut(m.domain(answers, worst))
		})
	}},
	{Name: "stair", Doc: "answers fall along a domain, and blanks follow", change: func(m *making) {
		m.blanks()
		blank := m.between(0.4, 1)
		steepest := m.between(0.5, 1.5)
		m.each(func(_ int, answers []int8) {
			for d := range m.domains() {
				of := m.domain(answers, d)
				at, fall := m.between(0.2, 1), m.between(0.2, 1)*steepest/float64(len(of))
				for q := range of {
					of[q] = m.about(at-float64(fall*float64(q)), 0.05)
					if q > 0 && of[q] == 0 && m.chance(blank) {
						of[q] = none
					}
				}
			}
		})
	}},
	{Name: "routed", Doc: "the first question of a domain decides whether the others are asked", change: func(m *making) {
		m.blanks()
		limit := int8(1 + m.rng.IntN(max((m.top+1)/2, 1)))
		m.each(func(_ int, answers []int8) {
			for d := range m.domains() {
				if of := m.domain(answers, d); of[0] < limit {
					leaveOut(of[1:])
				}
			}
		})
	}},
	{Name: "blocks", Doc: "some domains are asked of a part of the companies", change: func(m *making) {
		m.blanks()
		shares := make([]float64, m.domains())
		for d := range shares {
			shares[d] = m.between(0.1, 0.6)
		}
		shares[m.rng.IntN(len(shares))] = 1
		m.each(func(_ int, answers []int8) {
			for d, share := range shares {
				if !m.chance(share) {
					leaveOut(m.domain(answers, d))
				}
			}
		})
	}},
	{Name: "stops", Doc: "many companies stop half-way", change: func(m *making) {
		m.blanks()
		m.some(m.between(0.2, 0.6), func(_ int, answers []int8) { leaveOut(answers[1+m.rng.IntN(len(answers)):]) })
	}},
	{Name: "weak-stop", Doc: "weak companies stop half-way", change: func(m *making) {
		m.blanks()
		weak := m.weaker(m.between(0.2, 0.6))
		m.each(func(i int, answers []int8) {
			if weak[i] {
				leaveOut(answers[1+m.rng.IntN(len(answers)):])
			}
		})
	}},
	{Name: "company-skips", Doc: "how much a company leaves out follows from its level", change: func(m *making) {
		m.blanks()
		slope := m.between(3, 10) * float64(1-2*m.rng.IntN(2))
		m.each(func(_ int, answers []int8) {
			share := 1 / (1 + math.Exp(1.5-slope*(m.score(answers)-0.35)))
			m.skip(answers, share)
		})
	}},
	{Name: "skippers", Doc: "some companies answer little, and are weaker in that", change: func(m *making) {
		m.blanks()
		share, by := m.between(0.5, 0.95), -m.between(0.5, 2)
		m.some(m.between(0.1, 0.4), func(_ int, answers []int8) {
			for q := range answers {
				answers[q] = m.moved(answers[q], by)
			}
			m.skip(answers, share)
		})
	}},
	{Name: "few-answers", Doc: "every company answers a few questions only", change: func(m *making) {
		m.blanks()
		answered := 2 + m.rng.IntN(6)
		m.each(func(_ int, answers []int8) {
			for i, q := range m.rng.Perm(len(answers)) {
				if i >= answered {
					answers[q] = none
				}
			}
		})
	}},
	{Name: "one-domain-only", Doc: "a few companies answer one domain only, at another level", change: func(m *making) {
		m.blanks()
		level := m.between(0, 1)
		m.some(m.between(0.02, 0.12), func(_ int, answers []int8) {
			kept := m.rng.IntN(m.domains())
			for d := range m.domains() {
				if d != kept {
					leaveOut(m.domain(answers, d))
				}
			}
			m.fill(m.domain(answers, kept), func() int8 { return m.about(level, 0.1) })
		})
	}},
	{Name: "nobody", Doc: "one domain and one question that nobody or hardly anybody answers", change: func(m *making) {
		m.blanks()
		if d := m.rng.IntN(m.domains()); m.domains() > 1 {
			m.onlyFew(m.first[d], m.first[d+1], m.rng.IntN(9))
		}
		if may := m.mayAnswer(); len(may) > 1 {
			q := may[m.rng.IntN(len(may))]
			m.onlyFew(q, q+1, m.rng.IntN(9))
		}
	}},
	{Name: "rare-question", Doc: "a few questions that only the strongest answer", change: func(m *making) {
		m.blanks()
		strong := m.weaker(1 - m.between(0.02, 0.15))
		for _, q := range m.rng.Perm(m.questions())[:(m.questions()+9)/10] {
			m.each(func(i int, answers []int8) {
				if strong[i] { // below the quantile
					answers[q] = none
				} else {
					answers[q] = int8(m.top)
				}
			})
		}
	}},
	{Name: "group-domain", Doc: "a domain is asked of one value of an attribute only", change: func(m *making) { m.groupDomain(false) }},
	{Name: "group-left-out", Doc: "a domain is asked of all values of an attribute but one", change: func(m *making) { m.groupDomain(true) }},
	{Name: "group-blanks", Doc: "every value of an attribute leaves out questions of its own", change: func(m *making) {
		m.blanks()
		shares := make([][]float64, m.questions())
		m.each(func(i int, answers []int8) {
			group, groups := m.group(i)
			for q := range answers {
				for len(shares[q]) < groups {
					shares[q] = append(shares[q], m.between(-0.5, 1.2))
				}
				if m.chance(shares[q][group]) {
					answers[q] = none
				}
			}
		})
	}},
}

// skip leaves out answers with a probability.
func (m *making) skip(answers []int8, share float64) {
	for q := range answers {
		if m.chance(share) {
			answers[q] = none
		}
	}
}

// blankLevels leaves out a share of the answers at some levels.
func (m *making) blankLevels(share float64, at func(int8) bool) {
	m.blanks()
	m.each(func(_ int, answers []int8) {
		for q, a := range answers {
			if at(a) && m.chance(share) {
				answers[q] = none
			}
		}
	})
}

// leaveDomain makes the weakest companies leave out a domain, or the strongest.
func (m *making) leaveDomain(weakest bool) {
	m.blanks()
	d, share, leave := m.rng.IntN(m.domains()), m.between(0.2, 0.5), m.between(0.5, 1)
	if !weakest {
		share = 1 - share
	}
	weak := m.weaker(share)
	m.each(func(i int, answers []int8) {
		if weak[i] == weakest && m.chance(leave) {
			leaveOut(m.domain(answers, d))
		}
	})
}

// onlyFew leaves out questions from ≤ q < to but for so many companies, who are
// all at one end of the scale there.
func (m *making) onlyFew(from, to, companies int) {
	end := int8(m.top * m.rng.IntN(2))
	for i, company := range m.rng.Perm(len(m.Levels)) {
		answers := m.Levels[company][from:to]
		if i < companies {
			m.fill(answers, func() int8 { return end })
		} else {
			leaveOut(answers)
		}
	}
	for q := from; q < to; q++ {
		m.never[q] = true
	}
}

// groupDomain has a domain answered by one group of companies only, or by all
// others.
func (m *making) groupDomain(others bool) {
	m.blanks()
	d, pick := m.rng.IntN(m.domains()), m.rng.Uint64()
	m.each(func(i int, answers []int8) {
		group, groups := m.group(i)
		if (group == int(pick%uint64(groups))) == others {
			leaveOut(m.domain(answers, d))
		}
	})
	if m.domains() > 1 {
		for q := m.first[d]; q < m.first[d+1]; q++ {
			m.never[q] = true
		}
	}
}
