package encode

import (
	"encoding/binary"
	"math/bits"
)

// response is one response on its way into a tally: its sums, and what
// follows from them. It is reused.
type response struct {
	sheet   *sheetSums
	bins    []int   // place of every score among the thresholds, −1 without the score
	squares []int64 // see [Encoding.square]

	at       []int     // see [kernel.scoreNorm]
	absences []absence // of every domain
}

func newResponse(e *Encoding) *response {
	scores := e.layout.shape.Scores()
	return &response{
		newSheetSums(e.layout.shape), make([]int, scores), make([]int64, scores),
		make([]int, scores), make([]absence, len(e.layout.shape.Domains)),
	}
}

// read reads the answers and reports whether there are any.
func (r *response) read(e *Encoding, answers []byte) bool {
	s := r.sheet
	if !s.read(e.layout.shape.Domains, answers) {
		return false
	}
	if e.kernel.step > 0 {
		e.kernel.places(r.bins, s)
	} else {
		e.places(r.bins, s)
	}
	for a := range r.squares {
		r.squares[a] = e.square(s, a)
	}
	return true
}

// places does what [Encoding.places] does, for thresholds at equal distances:
// those below 4·sum/count are ⌈4·sum/(step·count)⌉ − 1.
func (k *kernel) places(bins []int, s *sheetSums) {
	for d := range s.domains {
		bins[d] = k.place(s, s.domains[d].sum, s.domains[d].count)
	}
	bins[len(s.domains)] = k.place(s, s.total, s.count)
}

func (k *kernel) place(s *sheetSums, sum, count int64) int {
	if count == 0 {
		return -1
	}
	// ⌈x/y⌉ = ⌊(2x + 2y − 2)/(2y)⌋ with x = 4·sum/step.
	x := 8 * sum
	if k.step == 2 {
		x = 4 * sum
	}
	up, _ := bits.Mul64(uint64(x+2*count-1)&^uint64(k.step&1), s.inverse[count])
	return max(int(up)-1, 0)
}

// add adds c(r) of one response to a stratum; a blank sheet adds nothing.
//
// Privacy: reads one response. The result reaches nothing but a tally, and
// the norm of its encoding is bounded by [Encoding.factors].
func (k *kernel) add(e *Encoding, c *stratum, r *response, answers []byte) {
	if !r.read(e, answers) {
		return
	}
	if k.fits(e, r, c.notStatedNorm) {
		k.whole(e, c.sums, r, answers)
		return
	}
	r.sheet.levels(e.layout.shape.Domains, answers)
	f := e.factors(r.sheet, r.bins, c.notStated)
	if f.head == scoreUnit && f.tail == clipUnit {
		k.whole(e, c.sums, r, answers)
		return
	}
	k.clipped(e, c.sums, r, answers, f)
}

// whole adds a response that is not clipped: h = λ = 1.
func (k *kernel) whole(e *Encoding, to []int64, r *response, answers []byte) {
	l, s := &k.layout, r.sheet
	to[l.companies] += scoreUnit
	to[l.overall] += s.score - e.center
	for d := range s.domains {
		sums, dk := &s.domains[d], &k.domains[d]
		m := int(sums.count)
		counted := k.countedAt(to, d, m)
		counted[countedResponses]++
		a := &r.absences[d]
		*a = absence{at: dk.absent - dk.first}
		if m == 0 {
			continue
		}
		kappa := dk.byM[m].kappa
		k.present(to, dk, answers, kappa*sums.count)
		to[l.offsets+d] += sums.score - s.score
		missing := dk.size - m
		if s.codes.slow {
			k.addLevels(to, d, m, sums.hist)
		} else {
			// Before the addition: absent has not run yet for this response.
			if counted[countedResponses]&(dk.flush-1) == 0 {
				k.flush(to, d, m)
			}
			counted[countedPacked] += int64(sums.packedLevels)
			if missing <= mostAbsent {
				*a = absence{dk.absent + (missing-1)*dk.size - dk.first, int64(sums.packedLevels)}
				continue
			}
		}
		k.takeBack(to, dk, sums, &s.codes, answers, kappa, clipUnit)
	}
	if s.count < int64(len(answers)) {
		absent(to, k.layout.domainOf, r.absences, answers)
	}
	for a, place := range r.bins {
		if place >= 0 {
			to[l.bins+a*(l.thresholds+1)+place] += clipUnit
		}
	}
	for a, square := range r.squares {
		to[l.squares+a] += square
	}
	for p, met := range s.met {
		to[l.profiles+p] += met - e.weights.profiles[p].center
	}
}

// clipped adds a response times its clipping factors. The head is rounded
// towards zero.
func (k *kernel) clipped(e *Encoding, to []int64, r *response, answers []byte, f factors) {
	s := r.sheet
	l, h, lambda := &k.layout, int64(f.head), int64(f.tail)
	to[l.companies] += h
	to[l.overall] += h * (s.score - e.center) / scoreUnit
	for d := range s.domains {
		sums, dk := &s.domains[d], &k.domains[d]
		size := int64(dk.size)
		to[l.unusable+d] += h * (scoreUnit * (size - sums.usable) / size) / scoreUnit
		if sums.count == 0 {
			to[l.empty+d] += h
			continue
		}
		to[l.offsets+d] += h * (sums.score - s.score) / scoreUnit
		kappa := int64(0)
		if sums.count > 1 {
			kappa = lambda * (size - 1) / (sums.count - 1)
		}
		tau := lambda * size / sums.count
		for level, n := range sums.hist {
			to[dk.base+level] -= kappa * n
			to[l.domains+d*l.shape.Levels+level] += tau * n
		}
		to[dk.base+l.shape.Levels] += lambda * skipped(sums, size)
		k.present(to, dk, answers, kappa*sums.count)
		k.takeBack(to, dk, sums, &s.codes, answers, kappa, lambda)
	}
	for a, place := range r.bins {
		if place >= 0 {
			to[l.bins+a*(l.thresholds+1)+place] += lambda
		}
	}
	for a, square := range r.squares {
		to[l.squares+a] += lambda * square / clipUnit
	}
	to[l.clipped] += clipUnit - lambda
	for p, met := range s.met {
		to[l.profiles+p] += h * (met - e.weights.profiles[p].center) / scoreUnit
	}
}

// skipped is what an answered question of a domain has in skips, for λ = 1.
func skipped(s *domainSums, size int64) int64 {
	if s.usable > 0 {
		return s.usable - size
	}
	return 0
}

// present adds κ·m to the levels of the answers of one domain.
//
// The contrast of an answered question is λ·g(m)·(x − s) with s the
// company's own domain score and
//
//	g(m) = m/(m−1) · (size−1)/size,
//
// which makes its expectation over a random subset of m answers equal to the
// contrast against all questions of the domain: leaving answers out does not
// shrink it. In integers it is κ·(m·x − Σx) with κ = ⌊λ·(size−1)/(m−1)⌋ in
// units of clipUnit·size.
func (k *kernel) present(to []int64, dk *domainKernel, answers []byte, at int64) {
	width := k.layout.shape.Levels + 1
	addAt(to[k.levels+dk.first*width:][:dk.size*width], width, answers[dk.first:][:dk.size], at)
}

// takeBack takes back what the domain's base adds to contrasts and skips of
// questions that are not answered.
func (k *kernel) takeBack(to []int64, dk *domainKernel, s *domainSums, c *codes, answers []byte, kappa, lambda int64) {
	if int(s.count) == dk.size {
		return
	}
	if !c.slow {
		unpack(s.hist, s.packedLevels, c.level)
	}
	skip := int64(0) // what was added for the domain
	if s.usable > 0 {
		skip = lambda * int64(dk.size)
	}
	for q, answer := range answers[dk.first:][:dk.size] {
		if answer == 0 {
			to[k.layout.skips+dk.first+q] += skip
			contrast := k.contrast(to, dk.first+q)
			for level, n := range s.hist {
				contrast[level] += kappa * n
			}
		}
	}
}

// contrast is where a stratum has the contrasts of a question, but for the base.
func (k *kernel) contrast(stratum []int64, question int) []int64 {
	levels := k.layout.shape.Levels
	return stratum[k.levels+question*(levels+1)+1:][:levels]
}

// absence says where a stratum adds up, for the questions of a domain that an
// unclipped response leaves out, its packed answers at each level: at + question.
type absence struct {
	at     int
	packed int64
}

// absent adds to the words of the questions that are not answered: one addition
// a question, where takeBack makes one a level. It runs over all domains at once, as
// the end of a loop over so few bits is hard to predict.
func absent(to []int64, domainOf []int, absences []absence, answers []byte) {
	for first := 0; first < len(answers); first += 64 {
		missing := missingOf(answers[first:min(first+64, len(answers))])
		for ; missing > 0; missing &= missing - 1 {
			bit := bits.TrailingZeros64(missing)
			q := first + bit%8*8 + bit/8
			a := &absences[domainOf[q]]
			to[a.at+q] += a.packed
		}
	}
}

// addAt adds to the slot of every answer, of width slots for each. In a function of
// its own the loop has enough registers.
//
//go:noinline
func addAt(slots []int64, width int, answers []byte, at int64) {
	slot := 0
	for _, answer := range answers {
		slots[slot+int(answer)] += at
		slot += width
	}
}

// missingOf says which of at most 64 answers are missing: bit 8·i + j stands for
// answer 8·j + i, so that a word of eight answers needs only a shift. An answer byte
// is below 128.
func missingOf(answers []byte) uint64 {
	const top = 0x8080_8080_8080_8080
	missing, shift := uint64(0), 7
	for ; len(answers) >= 8; answers = answers[8:] {
		missing |= ^(binary.LittleEndian.Uint64(answers) + 0x7f7f_7f7f_7f7f_7f7f) & top >> (shift & 63)
		shift--
	}
	for i, answer := range answers {
		missing |= uint64(^(answer+127)&128) << (8 * i) >> (shift & 63)
	}
	return missing
}

// countedAt is where a stratum counts the responses with m answers.
func (k *kernel) countedAt(stratum []int64, d, m int) []int64 {
	return stratum[k.domains[d].counted+m*countedLength:][:countedLength]
}

// addLevels adds the answers at every level of unclipped responses with m answers in
// a domain to the features and to the domain's base.
func (k *kernel) addLevels(stratum []int64, d, m int, hist []int64) {
	dk, levels := &k.domains[d], k.layout.shape.Levels
	for level, n := range hist {
		stratum[dk.base+level] -= dk.byM[m].kappa * n
		stratum[k.layout.domains+d*levels+level] += dk.byM[m].tau * n
	}
}

// flush adds the packed answers of the responses with m answers in a domain to its
// levels, and those of the responses that leave a question out to the question.
func (k *kernel) flush(stratum []int64, d, m int) {
	dk, levels, packed := &k.domains[d], k.layout.shape.Levels, &k.countedAt(stratum, d, m)[countedPacked]
	field := uint(64 / levels)
	var room [mostLevels]int64
	hist := room[:levels]
	unpack(hist, uint64(*packed), field)
	k.addLevels(stratum, d, m, hist)
	*packed = 0
	missing := dk.size - m
	if m == 0 || missing == 0 || missing > mostAbsent {
		return
	}
	for q := range dk.size {
		packed := &stratum[dk.absent+(missing-1)*dk.size+q]
		if *packed == 0 {
			continue
		}
		contrast, answers := k.contrast(stratum, dk.first+q), int64(0)
		unpack(hist, uint64(*packed), field)
		for level, n := range hist {
			contrast[level] += dk.byM[m].kappa * n
			answers += n
		}
		if m >= min(2, dk.size) { // of answers/m responses
			stratum[k.layout.skips+dk.first+q] += answers / int64(m) * clipUnit * int64(dk.size)
		}
		*packed = 0
	}
}

// mostLevels is the largest number of levels.
const mostLevels = 11

// settle flushes all places of a stratum: its sums are then integers that add.
func (k *kernel) settle(stratum []int64) {
	for d := range k.domains {
		for m := range k.domains[d].byM {
			k.flush(stratum, d, m)
		}
	}
}

// expand turns the settled sums of a stratum into those of c(r), in the layout.
func (k *kernel) expand(values []byte, stratum []int64) []int64 {
	l := &k.layout
	levels := l.shape.Levels
	c := make([]int64, l.length)
	copy(c, stratum[:l.contrasts])
	for j, value := range values {
		if value == 0 {
			c[l.notStated+j] = c[l.companies]
		}
	}
	for d := range k.domains {
		dk := &k.domains[d]
		base := append([]int64(nil), stratum[dk.base:][:levels+1]...)
		for m := range dk.byM {
			counted := k.countedAt(stratum, d, m)
			k.addCounted(c, base, d, m, counted[countedResponses])
		}
		for q := dk.first; q < dk.first+dk.size; q++ {
			for level := range levels {
				c[l.contrasts+q*levels+level] = base[level] + stratum[k.levels+q*(levels+1)+1+level]
			}
			c[l.skips+q] += base[levels]
		}
	}
	return c
}

// addCounted adds n unclipped responses with m answers in a domain, but for these
// answers, to the features and to the domain's base.
func (k *kernel) addCounted(c, base []int64, d, m int, n int64) {
	l, size := &k.layout, int64(k.domains[d].size)
	sums := domainSums{count: int64(m)}
	if int64(m) >= min(2, size) {
		sums.usable = int64(m)
	}
	c[l.unusable+d] += n * (scoreUnit * (size - sums.usable) / size)
	if m == 0 {
		c[l.empty+d] += n * scoreUnit
		return
	}
	base[l.shape.Levels] += n * clipUnit * skipped(&sums, size)
}
