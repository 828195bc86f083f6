package encode

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
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

// sheetSums holds the integer sums of one response that every feature is made
// of. It is reused from response to response.
type sheetSums struct {
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
	square int64   // Σ x²; see levels
	score  int64   // Σ x / m in scoreUnit, 0 without answers
	size   int64   // questions
	hist   []int64 // answers at each level; see levels

	packedLevels, packedSums uint64 // see codes
}

// codes are tables whose sums over the answers of a domain hold several sums in the
// fields of a word. They are by two answer bytes at a time, the second one times
// 16, which halves the look-ups; 0 is no answer.
type codes struct {
	moments [256]uint64 // 1, x and x², in fields of 16, 24 and 24 bits
	levels  [256]uint64 // 1 in the field of the level
	sums    [256]uint64 // 1 in countBits; then x, and the shape polynomials from order 2 on plus bias, in fields of their own
	level   uint        // bits of a field of levels
	sum     uint        // bits of a field of sums but the first
	bias    int64
	slow    bool // the fields of levels or sums do not fit into 64 bits

	polynomials [][]int64 // from order 2 on
}

// variation is m·Σx² − (Σx)², m² times the variance inside the domain.
func (d *domainSums) variation() int64 { return d.count*d.square - d.sum*d.sum }

func newSheetSums(shape model.Shape) *sheetSums {
	s := &sheetSums{
		domains: make([]domainSums, len(shape.Domains)),
		hist:    make([]int64, len(shape.Domains)*shape.Levels),

		profiles: shape.Profiles,
		met:      make([]int64, len(shape.Profiles)),
		inverse:  reciprocals(shape.Questions()),
	}
	for d := range s.domains {
		s.domains[d].hist = s.hist[d*shape.Levels:][:shape.Levels]
		s.domains[d].size = int64(shape.Domains[d])
	}
	s.codes.init(shape.Levels, slices.Max(shape.Domains))
	return s
}

// init fills the tables for domains of at most size questions.
func (c *codes) init(levels, size int) {
	c.polynomials = stats.GramPolynomials(levels)[2:]
	largest := int64(levels - 1)
	for _, p := range c.polynomials {
		c.bias = max(c.bias, -slices.Min(p))
		largest = max(largest, slices.Max(p)-slices.Min(p))
	}
	c.level = uint(64 / levels)
	c.sum = uint(bits.Len64(uint64(2 * largest * int64(size))))
	c.slow = bits.Len(uint(size)) > int(c.level) || countBits+int(c.sum)*(1+len(c.polynomials)) > 64
	for x := range uint64(levels) {
		c.moments[1+x] = 1 | x<<16 | x*x<<40
		if c.slow { // fields run into each other: nobody reads levels and sums
			continue
		}
		c.levels[1+x] = 1 << (uint(x) * c.level)
		c.sums[1+x] = 1 | x<<countBits
		for o, p := range c.polynomials {
			c.sums[1+x] |= uint64(p[x]+c.bias) << (countBits + c.sum*uint(1+o))
		}
	}
	for _, table := range []*[256]uint64{&c.moments, &c.levels, &c.sums} {
		for pair := range table {
			if pair >= 16 {
				table[pair] = table[pair%16] + table[pair/16]
			}
		}
	}
}

// countBits is the room for the number of questions of a domain.
const countBits = 11

// read fills the sheet, apart from hist and square, from the answer bytes of one response
// and reports whether there is any answer.
//
// Privacy: reads one response; what it returns never leaves the package but
// through an encoding.
func (s *sheetSums) read(sizes []int, answers []byte) bool {
	first, total, count := 0, int64(0), int64(0)
	for d, size := range sizes {
		sums := &s.domains[d]
		sums.add(&s.codes, answers[first:][:size])
		sums.score = s.mean(sums.sum, sums.count)
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
	if c.slow {
		d.levels(c, answers)
		return
	}
	levels, sums := uint64(0), uint64(0)
	for ; len(answers) >= 8; answers = answers[8:] {
		four := pairs(answers)
		a, b, c0, d0 := uint8(four), uint8(four>>16), uint8(four>>32), uint8(four>>48)
		levels += c.levels[a] + c.levels[b] + (c.levels[c0] + c.levels[d0])
		sums += c.sums[a] + c.sums[b] + (c.sums[c0] + c.sums[d0])
	}
	for ; len(answers) >= 2; answers = answers[2:] {
		pair := answers[0] | answers[1]<<4
		levels += c.levels[pair]
		sums += c.sums[pair]
	}
	for _, a := range answers {
		levels += c.levels[a]
		sums += c.sums[a]
	}
	d.count, d.sum = int64(sums&(1<<countBits-1)), int64(sums>>countBits&(1<<(c.sum&63)-1))
	d.packedLevels, d.packedSums = levels, sums>>((countBits+c.sum)&63)
}

// pairs makes indexes of codes of the first eight answers, in the low bytes of four
// fields of 16 bits. An answer byte is below 16.
func pairs(answers []byte) uint64 {
	eight := binary.LittleEndian.Uint64(answers)
	return eight | eight>>4
}

// sumMoments adds up the moments of answers.
func (c *codes) sumMoments(answers []byte) uint64 {
	sum := uint64(0)
	for ; len(answers) >= 8; answers = answers[8:] {
		four := pairs(answers)
		sum += c.moments[uint8(four)] + c.moments[uint8(four>>16)] +
			(c.moments[uint8(four>>32)] + c.moments[uint8(four>>48)])
	}
	for ; len(answers) >= 2; answers = answers[2:] {
		sum += c.moments[answers[0]|answers[1]<<4]
	}
	for _, a := range answers {
		sum += c.moments[a]
	}
	return sum
}

// readMoments is read without levels and profiles.
//
// Privacy: as read.
func (s *sheetSums) readMoments(sizes []int, answers []byte) bool {
	first, total, count := 0, int64(0), int64(0)
	for d, size := range sizes {
		moments := s.codes.sumMoments(answers[first:][:size])
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
func (s *sheetSums) levels(sizes []int, answers []byte) {
	first := 0
	for d, size := range sizes {
		s.domains[d].levels(&s.codes, answers[first:][:size])
		first += size
	}
}

// levels fills hist, and square; answers are those of the domain. It fills
// count and sum too where there are no fields.
func (d *domainSums) levels(c *codes, answers []byte) {
	if c.slow {
		clear(d.hist)
		for _, a := range answers {
			if a != 0 {
				d.hist[a-1]++
			}
		}
	} else {
		unpack(d.hist, d.packedLevels, c.level)
	}
	d.count, d.sum, d.square = 0, 0, 0
	for level, n := range d.hist {
		x := int64(level)
		d.count += n
		d.sum += x * n
		d.square += x * x * n
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
func (s *sheetSums) mean(sum, count int64) int64 {
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
