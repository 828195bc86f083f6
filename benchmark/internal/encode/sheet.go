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

// sheet holds the integer sums of one response that every feature is made
// of. It is reused from response to response.
type sheet struct {
	domains []domainSums
	hist    []int64 // answers at each level, domain by domain
	total   int64   // sum of all answered levels
	count   int64   // answered questions
	score   int64   // overall score in scoreUnit

	profiles []model.Profile
	met      []int64 // scoreUnit for every profile that the response meets, else 0
}

// domainSums are the sums of one domain of one response.
type domainSums struct {
	count  int64   // m, answered questions
	sum    int64   // Σ x
	square int64   // Σ x²
	score  int64   // Σ x / m in scoreUnit, 0 without answers
	usable int64   // answers that carry a contrast: m when m ≥ min(2, size), else 0
	hist   []int64 // answers at each level
}

// variation is m·Σx² − (Σx)², m² times the variance inside the domain.
func (d *domainSums) variation() int64 { return d.count*d.square - d.sum*d.sum }

func newSheet(shape model.Shape) *sheet {
	s := &sheet{
		domains: make([]domainSums, len(shape.Domains)),
		hist:    make([]int64, len(shape.Domains)*shape.Levels),

		profiles: shape.Profiles,
		met:      make([]int64, len(shape.Profiles)),
	}
	for d := range s.domains {
		s.domains[d].hist = s.hist[d*shape.Levels:][:shape.Levels]
	}
	return s
}

// read fills the sheet from the answer bytes of one response and reports
// whether there is any answer.
//
// Privacy: reads one response; what it returns never leaves the package but
// through an encoding.
func (s *sheet) read(sizes []int, answers []byte) bool {
	clear(s.hist)
	s.total, s.count, s.score = 0, 0, 0
	first := 0
	for d, size := range sizes {
		sums := &s.domains[d]
		sums.count, sums.sum, sums.square, sums.score, sums.usable = 0, 0, 0, 0, 0
		for _, a := range answers[first:][:size] {
			if a == 0 {
				continue
			}
			x := int64(a) - 1
			sums.count++
			sums.sum += x
			sums.square += x * x
			sums.hist[x]++
		}
		if sums.count > 0 {
			sums.score = divRound(sums.sum*scoreUnit, sums.count)
		}
		if sums.count >= int64(min(2, size)) {
			sums.usable = sums.count
		}
		s.total += sums.sum
		s.count += sums.count
		first += size
	}
	if s.count == 0 {
		return false
	}
	s.score = divRound(s.total*scoreUnit, s.count)
	for p, profile := range s.profiles {
		s.met[p] = 0
		if profile.Met(answers) {
			s.met[p] = scoreUnit
		}
	}
	return true
}

// bin is the number of thresholds strictly below sum/count, where threshold
// j is quarters[j]/4: the score's place among the thresholds, exactly.
func bin(quarters []int64, sum, count int64) int {
	lo, hi := 0, len(quarters)
	for lo < hi {
		mid := (lo + hi) / 2
		if quarters[mid]*count < 4*sum {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
