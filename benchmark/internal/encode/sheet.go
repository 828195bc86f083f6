package encode

import (
	"encoding/binary"
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

// sheetSums holds the integer sums of one response that every feature is made
// of. It is reused from response to response.
type sheetSums struct {
	domains []domainSums
	hist    []int64 // answers at each level, domain by domain
	total   int64   // weighted sum of what all answers count, in steps
	count   int64   // answered questions
	weight  int64   // of the answers
	score   int64   // overall score in scoreUnit

	profiles []model.Profile
	met      []int64 // scoreUnit for every profile that the response meets, else 0

	inverse  []uint64 // see reciprocals; nil where there are too many weights
	codes    codes
	wide     *wide     // in place of codes, nil where these do
	num, den int64     // a step is num/den levels
	values   []int64   // of every level
	weighing *weighing // nil where every answer counts once
}

// weighing says how often answers count.
type weighing struct{ questions, domains []int64 }

// domainSums are the sums of one domain of one response.
type domainSums struct {
	count  int64   // m, answered questions
	sum    int64   // Σ w·x
	square int64   // Σ x²; see levels
	score  int64   // Σ w·x / Σ w in scoreUnit, 0 without answers
	size   int64   // questions
	hist   []int64 // answers at each level; see levels
	weight int64   // W = Σ w

	// Where there are weights; otherwise those above say it.
	plain   int64   // Σ x
	weights []int64 // Σ w at each level

	packedLevels, packedSums uint64   // see codes
	words                    []uint64 // see wide
}

// codes are tables whose sums over the answers of a domain hold several sums in the
// fields of a word. They are by two answer bytes at a time, the second one times
// 16, which halves the look-ups; 0 is no answer.
type codes struct {
	moments [256]uint64 // 1, x and x²: see momentSum
	levels  [256]uint64 // 1 in the field of the level
	sums    [256]uint64 // 1 in countBits; then x, and the shape polynomials from order 2 on plus bias, in fields of their own
	level   uint        // bits of a field of levels
	sum     uint        // bits of a field of sums but the first
	bias    int64
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
		domains: make([]domainSums, len(shape.Domains)),
		hist:    make([]int64, len(shape.Domains)*shape.Levels),

		profiles: shape.Profiles,
		met:      make([]int64, len(shape.Profiles)),
	}
	num, den := shape.Step()
	s.num, s.den = int64(num), int64(den)
	for level := range shape.Levels {
		s.values = append(s.values, int64(shape.Value(level)))
	}
	if shape.Weighted() {
		s.weighing = &weighing{}
		for q := range shape.Questions() {
			s.weighing.questions = append(s.weighing.questions, int64(shape.Weight(q)))
		}
	}
	if most := den * shape.Size(); most <= mostReciprocals {
		s.inverse = reciprocals(most)
	}
	polynomials := shape.Polynomials()
	if shape.Weighted() || !s.codes.init(polynomials, s.values, slices.Max(shape.Domains)) {
		s.wide = newWide(shape, s.values, polynomials)
	}
	for d := range s.domains {
		s.domains[d].hist = s.hist[d*shape.Levels:][:shape.Levels]
		s.domains[d].size = int64(shape.Domains[d])
		if s.weighing != nil {
			s.domains[d].weights = make([]int64, shape.Levels)
			s.weighing.domains = append(s.weighing.domains, int64(shape.DomainWeight(d)))
		}
		if s.wide != nil {
			s.domains[d].words = make([]uint64, s.wide.words())
		}
	}
	return s
}

// mostReciprocals is for how many weights of answers there is a table, of 8 bytes each.
const mostReciprocals = 1 << 15

// init fills the tables for domains of at most size questions that all count once. It reports
// whether the fields of levels and of sums fit into a word each: if not, moments alone are of use.
func (c *codes) init(polynomials [][]int64, values []int64, size int) bool {
	levels := len(values)
	largest := values[levels-1]
	for _, p := range polynomials {
		c.bias = max(c.bias, -slices.Min(p))
		largest = max(largest, slices.Max(p)-slices.Min(p))
	}
	c.level = uint(64 / levels)
	c.sum = uint(bits.Len64(uint64(2 * largest * int64(size))))
	fit := bits.Len(uint(size)) <= int(c.level) && countBits+int(c.sum)*(1+len(polynomials)) <= 64
	for l, value := range values {
		x := uint64(value)
		c.moments[1+l] = 1 | x<<momentSum | x*x<<momentSquare
		if !fit { // fields run into each other: nobody reads levels and sums
			continue
		}
		c.levels[1+l] = 1 << (uint(l) * c.level)
		c.sums[1+l] = 1 | x<<countBits
		for o, p := range polynomials {
			c.sums[1+l] |= uint64(p[l]+c.bias) << (countBits + c.sum*uint(1+o))
		}
	}
	for _, table := range []*[256]uint64{&c.moments, &c.levels, &c.sums} {
		for pair := range table {
			if pair >= 16 {
				table[pair] = table[pair%16] + table[pair/16]
			}
		}
	}
	return fit
}

// momentSum and momentSquare are where the fields of moments begin: room for 4095
// answers, Σx up to 2²⁰ and Σx² up to 2³², each far above what 2,000 questions
// can add up to with values of up to 100 steps (instrument/score.go).
const momentSum, momentSquare = 12, 32

// countBits is the room for the number of questions of a domain.
const countBits = 11

// read fills the sheet, apart from hist and square, from the answer bytes of one response
// and reports whether there is any answer.
//
// Privacy: reads one response; what it returns never leaves the package but
// through an encoding.
func (s *sheetSums) read(sizes []int, answers []byte) bool {
	first, total, count, weight := 0, int64(0), int64(0), int64(0)
	for d, size := range sizes {
		sums := &s.domains[d]
		times := int64(1)
		if s.wide == nil {
			sums.add(&s.codes, answers[first:][:size])
		} else {
			sums.addWide(s.wide, first, answers[first:][:size])
			if s.weighing != nil {
				times = s.weighing.domains[d]
			}
		}
		sums.score = s.mean(sums.sum, sums.weight)
		first += size
		total += times * sums.sum
		count += sums.count
		weight += times * sums.weight
	}
	s.total, s.count, s.weight, s.score = total, count, weight, s.mean(total, weight)
	if s.count == 0 {
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
	d.weight = d.count
	d.packedLevels, d.packedSums = levels, sums>>((countBits+c.sum)&63)
}

// addWide is add by the tables of other shapes.
func (d *domainSums) addWide(w *wide, first int, answers []byte) {
	w.add(d.words, first, answers)
	d.count, d.weight, d.sum = w.count.in(d.words), w.weight.in(d.words), w.weighted[0].in(d.words)
	d.packedLevels = d.words[w.levels[0].word]
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
	if s.weighing != nil {
		return s.weighMoments(sizes, answers)
	}
	first, total, count := 0, int64(0), int64(0)
	for d, size := range sizes {
		moments := s.codes.sumMoments(answers[first:][:size])
		first += size
		sums := &s.domains[d]
		sums.count, sums.sum, sums.square = momentsOf(moments)
		total += sums.sum
		count += sums.count
	}
	s.score = s.mean(total, count)
	return count > 0
}

func momentsOf(sum uint64) (count, x, square int64) {
	return int64(sum & (1<<momentSum - 1)), int64(sum >> momentSum & (1<<(momentSquare-momentSum) - 1)), int64(sum >> momentSquare)
}

// weighMoments is readMoments where answers have weights.
func (s *sheetSums) weighMoments(sizes []int, answers []byte) bool {
	first, total, weight := 0, int64(0), int64(0)
	for d, size := range sizes {
		sums, times := &s.domains[d], s.weighing.domains[d]
		moments, weighted := s.wide.sumMoments(first, answers[first:][:size])
		sums.count, sums.plain, sums.square = momentsOf(moments)
		weight += times * int64(weighted&(1<<weightBits-1))
		total += times * int64(weighted>>weightBits)
		first += size
	}
	s.score = s.mean(total, weight)
	return weight > 0
}

// levels fills hist, and square, of every domain, and where answers have weights, plain and
// weights; answers are those that were read.
func (s *sheetSums) levels(sizes []int, answers []byte) {
	first := 0
	for i, size := range sizes {
		d := &s.domains[i]
		if s.wide == nil {
			unpack(d.hist, d.packedLevels, s.codes.level)
		} else {
			s.countLevels(d, first, answers[first:][:size])
		}
		first += size
		plain, square := int64(0), int64(0)
		for level, n := range d.hist {
			x := s.values[level]
			plain += x * n
			square += x * x * n
		}
		d.square = square
		if d.weights != nil {
			d.plain = plain
		}
	}
}

// countLevels counts the answers of a domain at each level, and their weights, one by one.
func (s *sheetSums) countLevels(d *domainSums, first int, answers []byte) {
	clear(d.hist)
	clear(d.weights)
	for q, a := range answers {
		if a == 0 {
			continue
		}
		d.hist[a-1]++
		if s.weighing != nil {
			d.weights[a-1] += s.weighing.questions[first+q]
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

// mean is sum/weight steps in scoreUnit, to the nearest integer, halves upwards; 0
// without answers.
func (s *sheetSums) mean(sum, weight int64) int64 {
	weight *= s.den
	doubled := 2*scoreUnit*s.num*sum + weight
	if s.inverse == nil {
		return doubled / max(2*weight, 1)
	}
	hi, _ := bits.Mul64(uint64(doubled), s.inverse[weight])
	return int64(hi)
}

// bin is the number of thresholds strictly below sum/count levels, where threshold
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
