package encode

import (
	"math/bits"
	"slices"

	"maturitybench/benchmark/internal/model"
)

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

	inverse []uint64 // see reciprocals
	codes   codes
}

// domainSums are the sums of one domain of one response.
type domainSums struct {
	count  int64   // m, answered questions
	sum    int64   // Σ x
	square int64   // Σ x²
	score  int64   // Σ x / m in scoreUnit, 0 without answers
	usable int64   // answers that carry a contrast: m when m ≥ least, else 0
	least  int64   // min(2, size)
	hist   []int64 // answers at each level; see levels

	packedLevels, packedShapes uint64 // see codes
}

// codes are tables by answer byte, 0 for no answer, whose sums over the answers
// of a domain hold several sums in the fields of a word.
type codes struct {
	moments [256]uint64 // 1, x and x², in fields of 16, 24 and 24 bits
	levels  [256]uint64 // 1 in the field of the level
	shapes  [256]uint64 // the shape polynomials from order 2 on, each plus bias
	level   uint        // bits of a field of levels; 0: they do not fit into 64 bits
	shape   uint        // bits of a field of shapes; 0: they do not fit
	bias    int64

	polynomials [][]int64 // from order 2 on
}

// variation is m·Σx² − (Σx)², m² times the variance inside the domain.
func (d *domainSums) variation() int64 { return d.count*d.square - d.sum*d.sum }

func newSheet(shape model.Shape) *sheet {
	s := &sheet{
		domains: make([]domainSums, len(shape.Domains)),
		hist:    make([]int64, len(shape.Domains)*shape.Levels),

		profiles: shape.Profiles,
		met:      make([]int64, len(shape.Profiles)),
		inverse:  reciprocals(shape.Questions()),
	}
	for d := range s.domains {
		s.domains[d].hist = s.hist[d*shape.Levels:][:shape.Levels]
		s.domains[d].least = int64(min(2, shape.Domains[d]))
	}
	s.codes.init(shape.Levels, slices.Max(shape.Domains))
	return s
}

// init fills the tables for domains of at most size questions.
func (c *codes) init(levels, size int) {
	if field := 64 / levels; bits.Len(uint(size)) <= field {
		c.level = uint(field)
	}
	shapes, largest := model.Polynomials(levels)[2:], int64(0)
	for _, p := range shapes {
		c.bias = max(c.bias, -slices.Min(p))
		largest = max(largest, slices.Max(p))
	}
	if field := max(bits.Len64(uint64((c.bias+largest)*int64(size))), 1); field*len(shapes) <= 64 {
		c.shape = uint(field)
	}
	c.polynomials = shapes
	for x := range uint64(levels) {
		c.moments[1+x] = 1 | x<<16 | x*x<<40
		c.levels[1+x] = 1 << (uint(x) * c.level)
		for o, p := range shapes {
			c.shapes[1+x] += uint64(p[x]+c.bias) << (c.shape * uint(o))
		}
	}
}

// read fills the sheet, apart from hist, from the answer bytes of one response
// and reports whether there is any answer.
//
// Privacy: reads one response; what it returns never leaves the package but
// through an encoding.
func (s *sheet) read(sizes []int, answers []byte) bool {
	first, total, count := 0, int64(0), int64(0)
	for d, size := range sizes {
		sums := &s.domains[d]
		sums.add(&s.codes, answers[first:][:size])
		sums.score, sums.usable = s.mean(sums.sum, sums.count), 0
		if sums.count >= sums.least {
			sums.usable = sums.count
		}
		first += size
		total += sums.sum
		count += sums.count
	}
	s.total, s.count, s.score = total, count, s.mean(total, count)
	if count == 0 {
		return false
	}
	for p, profile := range s.profiles {
		s.met[p] = 0
		if profile.Met(answers) {
			s.met[p] = scoreUnit
		}
	}
	return true
}

// add adds up what the tables say of every answer of a domain.
func (d *domainSums) add(c *codes, answers []byte) {
	moments, levels, shapes := uint64(0), uint64(0), uint64(0)
	for _, a := range answers {
		moments += c.moments[a]
		levels += c.levels[a]
		shapes += c.shapes[a]
	}
	d.count, d.sum, d.square = int64(moments&0xffff), int64(moments>>16&0xffffff), int64(moments>>40)
	d.packedLevels, d.packedShapes = levels, shapes
}

// readMoments is read without levels and profiles.
//
// Privacy: as read.
func (s *sheet) readMoments(sizes []int, answers []byte) bool {
	first, total, count := 0, int64(0), int64(0)
	for d, size := range sizes {
		moments := uint64(0)
		for _, a := range answers[first:][:size] {
			moments += s.codes.moments[a]
		}
		first += size
		sums := &s.domains[d]
		sums.count, sums.sum, sums.square = int64(moments&0xffff), int64(moments>>16&0xffffff), int64(moments>>40)
		total += sums.sum
		count += sums.count
	}
	s.score = s.mean(total, count)
	return count > 0
}

// levels fills hist of every domain; answers are those that were read.
func (s *sheet) levels(sizes []int, answers []byte) {
	first := 0
	for d, size := range sizes {
		s.domains[d].levels(&s.codes, answers[first:][:size])
		first += size
	}
}

// levels fills hist; answers are those of the domain that were read.
func (d *domainSums) levels(c *codes, answers []byte) {
	if c.level > 0 {
		unpack(d.hist, d.packedLevels, c.level)
		return
	}
	clear(d.hist)
	for _, a := range answers {
		if a != 0 {
			d.hist[a-1]++
		}
	}
}

// unpack takes the fields of a word apart.
func unpack(to []int64, packed uint64, field uint) {
	for i := range to {
		to[i] = int64(packed & (1<<(field&63) - 1))
		packed >>= field & 63
	}
}

// mean is sum/count in scoreUnit, to the nearest integer, halves upwards; 0
// without answers.
func (s *sheet) mean(sum, count int64) int64 {
	hi, _ := bits.Mul64(uint64(2*scoreUnit*sum+count), s.inverse[count])
	return int64(hi)
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
