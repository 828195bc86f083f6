package encode

import "maturitybench/benchmark/internal/model"

// Rows are packed responses: Stride bytes each. An answer byte is 0 for no
// answer and 1 + the level's number otherwise; an attribute byte is 0 for
// "not stated" and the value's number, from 1, otherwise.
type Rows struct {
	Data       []byte
	Stride     int
	Attributes []int // offset of each attribute of the shape
	Answers    int   // offset of the first answer
}

// Len is the number of responses.
func (r Rows) Len() int { return len(r.Data) / r.Stride }

// batchRows is how many responses a batch has at most: what is known of them fits into the nearest cache beside
// a stratum and the tables.
const batchRows = 32

// sheetSums holds the integer sums of one response that every feature is made
// of. It is reused from response to response.
type sheetSums struct {
	scale
	domains []domainSums
	hist    []int64 // answers at each level, domain by domain
	total   int64   // weighted sum of what all answers count, in steps
	count   int64   // answered questions
	weight  int64   // of the answers
	score   int64   // overall score in scoreUnit

	profiles []model.Profile
	met      []int64 // scoreUnit for every profile that the response meets, else 0

	squared  bool      // the domains have squares
	values   []int64   // of every level
	weighing *weighing // nil where every answer counts once
}

// weighing says how often answers count.
type weighing struct{ questions, domains []int64 }

// domainSums are the sums of one domain of one response.
type domainSums struct {
	count  int64   // m, answered questions
	sum    int64   // Σ w·x
	square int64   // Σ x²
	score  int64   // Σ w·x / Σ w in scoreUnit, 0 without answers
	size   int64   // questions
	hist   []int64 // answers at each level
	weight int64   // W = Σ w

	squares []uint64 // see squareTail

	// Where there are weights; otherwise those above say it.
	plain   int64   // Σ x
	weights []int64 // Σ w at each level
}

// variation is m·Σx² − (Σx)², m² times the variance inside the domain.
func (d *domainSums) variation() int64 {
	sum := d.sum
	if d.weights != nil {
		sum = d.plain
	}
	return d.count*d.square - sum*sum
}

// atLevels is the weight of the answers, and that at each level.
func (d *domainSums) atLevels() (weight int64, weights []int64) {
	if d.weights != nil {
		return d.weight, d.weights
	}
	return d.count, d.hist
}

func newSheetSums(shape model.Shape) *sheetSums {
	s := &sheetSums{
		scale:   newScale(shape),
		domains: make([]domainSums, len(shape.Domains)),
		hist:    make([]int64, len(shape.Domains)*shape.Levels),

		profiles: shape.Profiles,
		met:      make([]int64, len(shape.Profiles)),
	}
	for level := range shape.Levels {
		s.values = append(s.values, int64(shape.Value(level)))
	}
	if shape.Weighted() {
		s.weighing = &weighing{}
		for q := range shape.Questions() {
			s.weighing.questions = append(s.weighing.questions, int64(shape.Weight(q)))
		}
	}
	for d := range s.domains {
		s.domains[d].hist = s.hist[d*shape.Levels:][:shape.Levels]
		s.domains[d].size = int64(shape.Domains[d])
		if s.weighing != nil {
			s.domains[d].weights = make([]int64, shape.Levels)
			s.weighing.domains = append(s.weighing.domains, int64(shape.DomainWeight(d)))
		}
	}
	return s
}

// read fills the sheet from the answer bytes of one response, answer by answer, and reports whether
// there is any answer. A tally reads most responses faster: see kernel.
//
// Privacy: reads one response; what it returns never leaves the package but
// through an encoding.
func (s *sheetSums) read(sizes []int, answers []byte) bool {
	first := 0
	s.total, s.count, s.weight, s.squared = 0, 0, 0, false
	for d, size := range sizes {
		s.readDomain(d, first, answers[first:][:size])
		first += size
		sums, times := &s.domains[d], int64(1)
		if s.weighing != nil {
			times = s.weighing.domains[d]
		}
		s.total += times * sums.sum
		s.count += sums.count
		s.weight += times * sums.weight
	}
	s.score = s.mean(s.total, s.weight)
	if s.count > 0 {
		met(s.met, s.profiles, answers)
	}
	return s.count > 0
}

// readDomain fills the sums of a domain, whose first question is given.
func (s *sheetSums) readDomain(d, first int, answers []byte) {
	sums := &s.domains[d]
	hist := sums.hist
	clear(hist)
	for _, a := range answers {
		if a > 0 {
			hist[a-1]++
		}
	}
	count, plain, square := int64(0), int64(0), int64(0)
	for level, n := range hist {
		x := s.values[level]
		count += n
		plain += x * n
		square += x * x * n
	}
	sums.count, sums.square, sums.weight, sums.sum = count, square, count, plain
	if sums.weights != nil {
		s.weigh(sums, s.weighing.questions[first:], answers)
	}
	sums.score = s.mean(sums.sum, sums.weight)
}

// weigh fills what depends on the weights of a domain's questions.
func (s *sheetSums) weigh(sums *domainSums, weights []int64, answers []byte) {
	sums.plain, sums.weight, sums.sum = sums.sum, 0, 0
	clear(sums.weights)
	for q, a := range answers {
		if a > 0 {
			sums.weights[a-1] += weights[q]
		}
	}
	for level, w := range sums.weights {
		sums.weight += w
		sums.sum += w * s.values[level]
	}
}

// met says which profiles answers meet: scoreUnit for each of them.
func met(met []int64, profiles []model.Profile, answers []byte) {
	for p, profile := range profiles {
		met[p] = 0
		if profile.Met(answers) {
			met[p] = scoreUnit
		}
	}
}
