package encode

import (
	"slices"

	"maturitybench/benchmark/internal/model"
)

// add adds c(r) of the responses of a batch to their stratum; blank sheets add nothing.
//
// Privacy: reads responses. The result reaches nothing but a tally, and
// the norm of the encoding of each is bounded by [Encoding.factors].
func (k *kernel) add(e *Encoding, c *stratum, b *batch) {
	k.read(e, b)
	b.whole = b.whole[:0]
	for i := range b.at {
		if b.weight[i] == 0 {
			continue
		}
		if k.fits(e, b, i, c.notStatedNorm) {
			b.whole = append(b.whole, i)
			continue
		}
		b.sheet.read(k.layout.shape.Domains, b.answers(k, i))
		k.places(b, i)
		switch f, ok := e.factors(b.sheet, b.bins, c.notStated); {
		case !ok:
		case f == unclipped:
			b.whole = append(b.whole, i)
		default:
			k.clipped(e, c, b, i, f)
		}
	}
	k.addWhole(e, c, b)
}

// places finds the places of the scores of a response.
func (k *kernel) places(b *batch, i int) {
	for a := range b.bins {
		b.bins[a] = int(b.lines[a][i] - lineOf(0))
	}
}

// addWhole adds the responses that are not clipped: all their factors are 1.
func (k *kernel) addWhole(e *Encoding, c *stratum, b *batch) {
	l, to, all := &k.layout, c.sums, len(k.domains)
	scores, squares, n := int64(0), int64(0), int64(len(b.whole))
	bins := to[l.kept.bins+all*(l.thresholds+1):][:l.thresholds+1]
	for _, i := range b.whole {
		scores += b.score[i]
		squares += b.square[i]
		bins[b.lines[all][i]-lineOf(0)] += clipUnit
	}
	to[l.companies] += n * scoreUnit
	to[l.kept.overall] += scores - n*e.center
	to[l.kept.segments] += scores - n*e.center
	to[l.kept.squares+all] += squares
	for d := range k.domains {
		to[l.kept.offsets+d] -= scores
		if s := b.states[d]; s != nil {
			c.count(d, len(s.hot), b.whole, &b.ids[d])
		} else {
			k.addDomain(to, b, d)
		}
	}
	for _, i := range b.whole {
		for p, profile := range e.profiles {
			to[l.kept.profiles+p] += b.met[i*len(e.profiles)+p] - profile
		}
		if len(b.open) > 0 {
			k.addWords(b, i)
			k.addAnswers(c, b, &l.kept, &c.kept, b.open, b.answers(k, i))
		}
	}
}

// count counts the states of responses in a domain that has had so many.
func (c *stratum) count(d, known int, responses []int, ids *[batchRows]uint16) {
	if known > len(c.counts[d]) {
		c.counts[d] = append(c.counts[d], make([]uint32, known)...) // at least twice as many
	}
	counts := c.counts[d]
	for _, i := range responses {
		counts[ids[i]]++
	}
}

// addDomain adds what follows from the score of a domain, and from how many of its questions are answered.
func (k *kernel) addDomain(to []int64, b *batch, d int) {
	l, byM := &k.layout, k.domains[d].byM
	placed, bins := &b.placed[d], to[l.kept.bins+d*(l.thresholds+1):][:l.thresholds+1]
	offset, square, unusable, empty := int64(0), int64(0), int64(0), int64(0)
	for _, i := range b.whole {
		of := &placed[i]
		offset += int64(of.score)
		square += int64(of.square)
		unusable += byM[of.count].unusable
		if of.count == 0 {
			empty += scoreUnit
			continue
		}
		bins[of.place] += clipUnit
	}
	to[l.kept.offsets+d] += offset
	to[l.kept.squares+d] += square
	to[l.unusable+d] += unusable
	to[l.empty+d] += empty
}

// addPlaced adds what follows from the score of a domain, and from how many of its questions are answered, so many times.
func (k *kernel) addPlaced(to []int64, d int, of *placed, times int64) {
	l := &k.layout
	to[l.kept.offsets+d] += times * int64(of.score)
	if of.count == 0 {
		to[l.empty+d] += times * scoreUnit
		return
	}
	to[l.unusable+d] += times * k.domains[d].byM[of.count].unusable
	to[l.kept.squares+d] += times * int64(of.square)
	to[l.kept.bins+d*(l.thresholds+1)+int(of.place)] += times * clipUnit
}

// addWords finds the words of the answers of a response that is not clipped.
func (k *kernel) addWords(b *batch, i int) {
	for _, of := range b.open {
		b.slots[of.domain] = b.placed[of.domain][i].word
	}
}

// clipped adds a response times its clipping factors, and its rest. What they multiply
// is rounded towards zero.
func (k *kernel) clipped(e *Encoding, c *stratum, b *batch, i int, f factors) {
	l, to, answers := &k.layout, c.sums, b.answers(k, i)
	to[l.companies] += scoreUnit
	for t, kept := range f.kept {
		to[l.clipped+t] += clipUnit - int64(kept)
	}
	for d := range k.domains {
		count := b.of(d, i).count
		to[l.unusable+d] += k.domains[d].byM[count].unusable
		if count == 0 {
			to[l.empty+d] += scoreUnit
		}
	}
	k.clipWords(b, f.kept[model.TailTier], 1)
	k.addAnswers(c, b, &l.kept, &c.kept, k.spans, answers)
	k.addPart(e, to, b, i, &l.kept, &f.kept)
	k.clipWords(b, f.rest[model.TailTier], 0)
	k.addAnswers(c, b, &l.rest, &c.rest, k.spans, answers)
	k.addPart(e, to, b, i, &l.rest, &f.rest)
}

// clipWords makes the words of the answers of the sheet, with κ of this factor and so many responses.
func (k *kernel) clipWords(b *batch, factor, responses uint64) {
	for d := range b.slots {
		b.slots[d] = responses
		if sums := &b.sheet.domains[d]; sums.count > 0 {
			kappa := int64(factor) * int64(k.layout.sizes[d]) / sums.weight
			b.slots[d] |= k.packing.word(kappa, sums.weight)
		}
	}
}

// addPart adds the features that clipping scales but for those of single answers.
func (k *kernel) addPart(e *Encoding, to []int64, b *batch, i int, p *part, factors *[model.Tiers]uint64) {
	l, score := &k.layout, b.score[i]
	level, offsets, tail := int64(factors[model.LevelTier]), int64(factors[model.OffsetsTier]), int64(factors[model.TailTier])
	to[p.overall] += level * (score - e.center) / clipUnit
	to[p.segments] += int64(factors[model.SegmentsTier]) * (score - e.center) / clipUnit
	for d := range k.domains {
		of := b.of(d, i)
		to[p.offsets+d] += offsets * (int64(of.score) - score) / clipUnit
		to[p.squares+d] += tail * int64(of.square) / clipUnit
	}
	to[p.squares+len(k.domains)] += tail * b.square[i] / clipUnit
	for j, profile := range e.profiles {
		to[p.profiles+j] += offsets * (b.met[i*len(e.profiles)+j] - profile) / clipUnit
	}
	for a, place := range b.bins {
		if place >= 0 {
			to[p.bins+a*(l.thresholds+1)+place] += tail
		}
	}
}

// expand turns the settled sums of a stratum into those of c(r).
func (k *kernel) expand(values []byte, sums []int64) []int64 {
	c := slices.Clone(sums)
	for j, value := range values {
		if value == 0 {
			c[k.layout.notStated+j] = c[k.layout.companies]
		}
	}
	return c
}
