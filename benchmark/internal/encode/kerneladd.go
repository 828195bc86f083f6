package encode

import (
	"encoding/binary"
	"math/bits"

	"maturitybench/benchmark/internal/model"
)

// response is one response on its way into a tally: its sums, and what
// follows from them. It is reused.
type response struct {
	sheet   *sheetSums
	bins    []int   // place of every score among the thresholds, −1 without the score
	squares []int64 // see [Encoding.square]

	at    []int   // see [kernel.scoreNorm]
	times []int64 // κ·W of every domain, 0 without an answer
}

func newResponse(e *Encoding) *response {
	scores := e.layout.shape.Scores()
	return &response{
		newSheetSums(e.layout.shape), make([]int, scores), make([]int64, scores),
		make([]int, scores), make([]int64, len(e.layout.shape.Domains)),
	}
}

// read reads the answers and reports whether there are any.
func (r *response) read(e *Encoding, answers []byte) bool {
	return r.sheet.read(e.layout.shape.Domains, answers)
}

// place does what [Encoding.places] does for one score. Of thresholds at equal distances
// those below 4·sum/count levels are ⌈4·sum/(step·count)⌉ − 1.
func (k *kernel) place(e *Encoding, s *sheetSums, sum, count int64) int {
	if k.step == 0 || s.inverse == nil {
		return bin(e.quarters, s.num*sum, s.den*count)
	}
	sum, count = s.num*sum, s.den*count
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
	switch f, ok := e.factors(r.sheet, r.bins, c.notStated); {
	case !ok:
	case f == unclipped:
		k.whole(e, c.sums, r, answers)
	default:
		k.clipped(e, c.sums, r, answers, f)
	}
}

// whole adds a response that is not clipped: all factors are 1.
func (k *kernel) whole(e *Encoding, to []int64, r *response, answers []byte) {
	l, s := &k.layout, r.sheet
	to[l.companies] += scoreUnit
	to[l.kept.overall] += s.score - e.center
	to[l.kept.segments] += s.score - e.center
	offsets, squares, bins := to[l.kept.offsets:], to[l.kept.squares:], to[l.kept.bins:]
	for d := range s.domains {
		sums, dk := &s.domains[d], &k.domains[d]
		m := int(sums.count)
		counted := k.countedAt(to, d, m)
		counted[countedResponses]++
		if m == 0 {
			offsets[d] += e.center - s.score
			bins = bins[l.thresholds+1:]
			r.times[d] = 0
			continue
		}
		offsets[d] += sums.score - s.score
		squares[d] += r.squares[d]
		bins[r.bins[d]] += clipUnit
		bins = bins[l.thresholds+1:]
		kappa := dk.byM[m].kappa
		switch {
		case dk.flush > 0:
			if counted[countedResponses]&(dk.flush-1) == 0 {
				k.flush(to, d, m)
			}
			counted[countedPacked] += int64(sums.packedLevels)
		default:
			if dk.byW != nil {
				kappa = dk.byW[sums.weight].kappa
			}
			k.addFields(to, d, s.wide.levels, sums.words, kappa)
		}
		r.times[d] = kappa * sums.weight
	}
	to[l.kept.squares+len(s.domains)] += r.squares[len(s.domains)]
	to[l.kept.bins+len(s.domains)*(l.thresholds+1)+r.bins[len(s.domains)]] += clipUnit
	addAt(to[k.levels:k.absent], l.shape.Levels+1, l.shape.Domains, answers, r.times)
	if s.count < int64(len(answers)) {
		k.leave(to, answers)
	}
	for p, met := range s.met {
		to[l.kept.profiles+p] += met - e.profiles[p]
	}
}

// clipped adds a response times its clipping factors, and its rest. What they multiply
// is rounded towards zero.
func (k *kernel) clipped(e *Encoding, to []int64, r *response, answers []byte, f factors) {
	s, l := r.sheet, &k.layout
	to[l.companies] += scoreUnit
	for t, kept := range f.kept {
		to[l.clipped+t] += clipUnit - int64(kept)
	}
	for d := range s.domains {
		sums := &s.domains[d]
		if sums.count == 0 {
			to[l.empty+d] += scoreUnit
			r.times[d] = 0
			continue
		}
		to[l.unusable+d] += unanswered(sums)
		weight, weights := sums.atLevels()
		size := int64(l.sizes[d])
		kappa := int64(f.kept[model.TailTier]) * size / weight
		k.addLevels(to, d, weights, kappa)
		r.times[d] = kappa * weight
		k.addRest(to, d, sums, answers, int64(f.rest[model.TailTier])*size/weight)
	}
	addAt(to[k.levels:k.absent], l.shape.Levels+1, l.shape.Domains, answers, r.times)
	k.leave(to, answers)
	k.addPart(e, to, r, &l.kept, &f.kept)
	k.addPart(e, to, r, &l.rest, &f.rest)
}

// addPart adds the features that clipping scales but for those of single answers.
func (k *kernel) addPart(e *Encoding, to []int64, r *response, p *part, factors *[model.Tiers]uint64) {
	s, l := r.sheet, &k.layout
	level, offsets, tail := int64(factors[model.LevelTier]), int64(factors[model.OffsetsTier]), int64(factors[model.TailTier])
	to[p.overall] += level * (s.score - e.center) / clipUnit
	to[p.segments] += int64(factors[model.SegmentsTier]) * (s.score - e.center) / clipUnit
	for d := range s.domains {
		to[p.offsets+d] += offsets * e.offset(s, &s.domains[d]) / clipUnit
	}
	for i, met := range s.met {
		to[p.profiles+i] += offsets * (met - e.profiles[i]) / clipUnit
	}
	for a, place := range r.bins {
		if place >= 0 {
			to[p.bins+a*(l.thresholds+1)+place] += tail
		}
	}
	for a, square := range r.squares {
		to[p.squares+a] += tail * square / clipUnit
	}
}

// addRest adds the rest of the contrasts and shapes of a domain.
func (k *kernel) addRest(to []int64, d int, sums *domainSums, answers []byte, kappa int64) {
	l, dk := &k.layout, &k.domains[d]
	levels := l.shape.Levels
	weight, weights := sums.atLevels()
	for level, w := range weights {
		to[l.rest.domains+d*levels+level] += kappa * w
	}
	for q := dk.first; q < dk.first+dk.size; q++ {
		at := to[l.rest.contrasts+q*levels:][:levels]
		for level, w := range weights {
			at[level] -= kappa * w
		}
		if answer := answers[q]; answer != 0 {
			at[answer-1] += kappa * weight
		} else {
			to[l.rest.left+q] += kappa * weight
		}
	}
}

// leave counts the questions that are not answered. It runs over all domains at once, as
// the end of a loop over so few bits is hard to predict.
func (k *kernel) leave(to []int64, answers []byte) {
	absent := to[k.absent:][:len(answers)]
	for first := 0; first < len(answers); first += 64 {
		missing := missingOf(answers[first:min(first+64, len(answers))])
		for ; missing > 0; missing &= missing - 1 {
			bit := bits.TrailingZeros64(missing)
			absent[first+bit%8*8+bit/8]++
		}
	}
}

// addAt adds κ·W of the domain to the slot of every answer, of width slots for each question. In a
// function of its own the loop has enough registers.
//
//go:noinline
func addAt(slots []int64, width int, sizes []int, answers []byte, times []int64) {
	slot, first := 0, 0
	for d, size := range sizes {
		at := times[d]
		for _, answer := range answers[first : first+size] {
			slots[slot+int(answer)] += at
			slot += width
		}
		first += size
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

// addLevels adds κ times the weights at every level to the features of a domain.
func (k *kernel) addLevels(stratum []int64, d int, weights []int64, kappa int64) {
	to := stratum[k.layout.kept.domains+d*k.layout.shape.Levels:][:len(weights)]
	for level, w := range weights {
		to[level] += kappa * w
	}
}

// addFields is addLevels of weights in fields.
func (k *kernel) addFields(stratum []int64, d int, levels []field, words []uint64, kappa int64) {
	to := stratum[k.layout.kept.domains+d*len(levels):][:len(levels)]
	for level := range levels {
		to[level] += kappa * levels[level].in(words)
	}
}

// flush adds the packed answers of the responses with m answers in a domain to its
// levels.
func (k *kernel) flush(stratum []int64, d, m int) {
	levels, packed := k.layout.shape.Levels, &k.countedAt(stratum, d, m)[countedPacked]
	var room [mostLevels]int64
	hist := room[:levels]
	unpack(hist, uint64(*packed), uint(64/levels))
	k.addLevels(stratum, d, hist, k.domains[d].byM[m].kappa)
	*packed = 0
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
	copy(c, stratum[:l.kept.contrasts])
	for j, value := range values {
		if value == 0 {
			c[l.notStated+j] = c[l.companies]
		}
	}
	for d := range k.domains {
		dk, all := &k.domains[d], int64(0)
		for m := range dk.byM {
			k.addCounted(c, d, m, k.countedAt(stratum, d, m)[countedResponses])
		}
		for q := dk.first; q < dk.first+dk.size; q++ {
			all += stratum[k.absent+q]
		}
		for q := dk.first; q < dk.first+dk.size; q++ {
			at := stratum[k.levels+q*(levels+1):][:levels+1]
			for level := range levels {
				c[l.kept.contrasts+q*levels+level] = at[1+level] - c[l.kept.domains+d*levels+level]
			}
			c[l.kept.left+q] = at[0]
			c[l.skips+q] = int64(dk.size)*stratum[k.absent+q] - all // Σ m − size·answered, as all is Σ size − m; 0 of one that answers nothing there
		}
	}
	return c
}

// addCounted adds what n unclipped responses with m answers in a domain count there.
func (k *kernel) addCounted(c []int64, d, m int, n int64) {
	l := &k.layout
	if m == 0 {
		c[l.empty+d] += n * scoreUnit
		return
	}
	sums := domainSums{count: int64(m), size: int64(k.domains[d].size)}
	c[l.unusable+d] += n * unanswered(&sums)
}
