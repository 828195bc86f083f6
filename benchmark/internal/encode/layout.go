package encode

import "maturitybench/benchmark/internal/model"

// layout says where each small integer of c(r) stands in a response's
// feature vector, which is also the layout of a tally.
type layout struct {
	shape      model.Shape
	first      []int // first question of each domain
	domainOf   []int // domain of each question
	thresholds int

	companies int // 1
	notStated int // one an attribute
	overall   int // 1
	offsets   int // one a domain
	unusable  int // one a domain
	empty     int // one a domain
	skips     int // one a question
	domains   int // levels a domain: τ·(answers at l)
	bins      int // thresholds + 1 a score: λ·1{bin}
	squares   int // one a score: λ·((score − centre)² − its public mean)
	clipped   int // 1
	profiles  int // one a profile
	contrasts int // levels a question: κ·(m·1{x = l} − answers at l)
	length    int
}

func newLayout(shape model.Shape) layout {
	l := layout{shape: shape, domainOf: shape.DomainOf(), thresholds: len(shape.Thresholds())}
	first := 0
	for _, size := range shape.Domains {
		l.first = append(l.first, first)
		first += size
	}
	next := 0
	place := func(at *int, n int) { *at, next = next, next+n }
	domains, questions := len(shape.Domains), shape.Questions()
	place(&l.companies, 1)
	place(&l.notStated, len(shape.Attributes))
	place(&l.overall, 1)
	place(&l.offsets, domains)
	place(&l.unusable, domains)
	place(&l.empty, domains)
	place(&l.skips, questions)
	place(&l.domains, domains*shape.Levels)
	place(&l.bins, shape.Scores()*(l.thresholds+1))
	place(&l.squares, shape.Scores())
	place(&l.clipped, 1)
	place(&l.profiles, len(shape.Profiles))
	place(&l.contrasts, questions*shape.Levels) // the last: see kernel
	l.length = next
	return l
}
