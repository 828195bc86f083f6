package encode

import "maturitybench/benchmark/internal/model"

// layout says where each small integer of c(r) stands in a response's
// feature vector, which is also the layout of a tally.
type layout struct {
	shape      model.Shape
	first      []int // first question of each domain
	domainOf   []int // domain of each question
	sizes      []int // weight of the questions of each domain
	thresholds int

	// What is never clipped.
	companies int // 1
	notStated int // one an attribute
	unusable  int // one a domain
	empty     int // one a domain
	skips     int // one a question
	clipped   int // one a tier: 1 − f

	kept, rest part // what is clipped, times f, and what clipping takes, times g·(1 − f)
	length     int
}

// part is where the features stand that clipping scales.
type part struct {
	overall   int // 1
	segments  int // 1: the same, with a factor of its own
	offsets   int // one a domain
	profiles  int // one a profile
	domains   int // levels a domain: κ·(weights at l)
	bins      int // thresholds + 1 a score: f·1{bin}
	squares   int // one a score: f·((score − centre)² − its public mean)
	left      int // one a question: κ·W where it is left out, though others of its domain are answered
	contrasts int // levels a question: κ·(W·1{x = l} − weights at l), also where it is left out
}

func newLayout(shape model.Shape) layout {
	l := layout{shape: shape, domainOf: shape.DomainOf(), sizes: shape.Sizes(), thresholds: len(shape.Thresholds())}
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
	place(&l.unusable, domains)
	place(&l.empty, domains)
	place(&l.skips, questions)
	place(&l.clipped, int(model.Tiers))
	for _, p := range []*part{&l.rest, &l.kept} { // the contrasts that are kept are the last: see kernel
		place(&p.overall, 1)
		place(&p.segments, 1)
		place(&p.offsets, domains)
		place(&p.profiles, len(shape.Profiles))
		place(&p.domains, domains*shape.Levels)
		place(&p.bins, shape.Scores()*(l.thresholds+1))
		place(&p.squares, shape.Scores())
		place(&p.left, questions)
		place(&p.contrasts, questions*shape.Levels)
	}
	l.length = next
	return l
}
