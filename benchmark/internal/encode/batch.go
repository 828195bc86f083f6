package encode

import "slices"

// batch is some responses with the same attributes on their way into a tally, with what is known of them. They go
// through each step together, domain by domain: the loops are short, and one response does not wait for another. It is reused.
type batch struct {
	data []byte
	at   []int // where the answers of each response begin

	states []*states[known, placed] // of the domains, nil of those without
	ids    [][batchRows]uint16      // of the states of every domain
	placed [][batchRows]placed      // of every domain without states
	open   []span                   // the domains without states
	keys   [batchRows]uint32        // of one domain
	words  []uint64                 // sums of one response in one domain
	made   counted                  // of the same
	one    *batch                   // to compute what states remember
	sum    [batchRows]int64         // Σ w·x of the overall scores
	weight [batchRows]int64         // Σ w
	norm   [batchRows]float64       // see known
	offset [batchRows]float64       // see known
	score  [batchRows]int64         // overall
	square [batchRows]int64         // of that: see [Encoding.square]
	lines  [][batchRows]int32       // of every score: see scoreLines
	scores [batchRows]float64       // squared norms of the distributions of several scores
	met    []int64                  // by response and profile: see sheetSums
	whole  []int                    // responses that are not clipped

	slots []uint64   // words of the domains of one response: see slots
	cells []cell     // of one domain
	bins  []int      // places of the scores of a response that may be clipped, −1 without the score
	sheet *sheetSums // of the same
}

// newBatch is one without states.
func newBatch(e *Encoding) *batch {
	shape, domains := e.layout.shape, len(e.layout.shape.Domains)
	b := &batch{
		states: make([]*states[known, placed], domains), ids: make([][batchRows]uint16, domains), placed: make([][batchRows]placed, domains),
		open: e.kernel.spans, words: make([]uint64, 1), lines: make([][batchRows]int32, shape.Scores()),
		met: make([]int64, batchRows*len(shape.Profiles)), slots: make([]uint64, domains),
		cells: make([]cell, slices.Max(shape.Domains)*(shape.Levels+1)), bins: make([]int, shape.Scores()), sheet: newSheetSums(shape),
	}
	if w := e.kernel.wide; w != nil {
		b.words = make([]uint64, w.n)
	}
	return b
}

// newStateBatch is one that remembers the states of small domains.
func newStateBatch(e *Encoding) *batch {
	b := newBatch(e)
	b.states, b.one, b.open = newStates[known, placed](e.layout.shape), newBatch(e), nil
	for d, s := range b.states {
		if s == nil {
			b.open = append(b.open, e.kernel.spans[d])
		}
	}
	return b
}

// answers are those of a response.
func (b *batch) answers(k *kernel, i int) []byte { return b.data[b.at[i]:][:k.questions] }

// of is what the features of a response in a domain are made of.
func (b *batch) of(d, i int) *placed {
	if s := b.states[d]; s != nil {
		return &s.cold[b.ids[d][i]]
	}
	return &b.placed[d][i]
}

// read reads the answers of all responses.
//
// Privacy: as [sheetSums.read].
func (k *kernel) read(e *Encoding, b *batch) {
	clear(b.sum[:])
	clear(b.weight[:])
	clear(b.norm[:])
	clear(b.offset[:])
	for d := range k.domains {
		if b.states[d] != nil {
			k.readStates(e, b, d)
		} else {
			k.readDomain(e, b, d)
		}
	}
	all, profiles := len(k.domains), k.layout.shape.Profiles
	for i := range b.at {
		score := k.scale.mean(b.sum[i], b.weight[i])
		b.score[i], b.square[i] = score, int64(squared(score-e.center)/scoreUnit)-e.squares[all]
		b.lines[all][i] = lineOf(k.place(e, b.sum[i], b.weight[i]))
		if len(profiles) > 0 {
			met(b.met[i*len(profiles):], profiles, b.answers(k, i))
		}
	}
	k.lines.norms(b.scores[:len(b.at)], b.lines)
}

// readStates looks up what is known of a domain, or computes it.
func (k *kernel) readStates(e *Encoding, b *batch, d int) {
	s, ids, keys := b.states[d], &b.ids[d], &b.keys
	s.key.column(keys, b.data, b.at, k.domains[d].first)
	for i := range b.at {
		key := keys[i]
		id := s.ids[key]
		if id == 0 {
			of := k.learn(e, b, d, i)
			id = s.add(key, of.known, of.placed)
		}
		ids[i] = id
		b.take(i, &s.hot[id], d)
	}
}

// learn computes what is known of a response in a domain.
func (k *kernel) learn(e *Encoding, b *batch, d, i int) counted {
	one := b.one
	one.data, one.at = b.data, append(one.at[:0], b.at[i])
	one.sum[0], one.weight[0], one.norm[0], one.offset[0] = 0, 0, 0, 0
	k.readDomain(e, one, d)
	one.data = nil
	return counted{
		known:  known{one.norm[0], one.offset[0], int32(one.sum[0]), int32(one.weight[0]), one.lines[d][0]},
		placed: one.placed[d][0],
	}
}

// readDomain computes what is known of a domain from sums over its answers.
func (k *kernel) readDomain(e *Encoding, b *batch, d int) {
	if k.wide != nil {
		k.readWide(e, b, d)
		return
	}
	c, dk, placed := &k.codes, &k.domains[d], &b.placed[d]
	for i, at := range b.at {
		count, sum, polynomials := c.read(sumPairs(&c.sums, b.data[at+dk.first:][:dk.size]))
		of := k.knownAt(e, b, d, count, sum, count)
		placed[i].copy(&of.placed)
		b.take(i, &of.known, d)
		b.norm[i] += c.norm(dk.byM[count].order, polynomials)
	}
}

// readWide is readDomain by the tables of wide.
func (k *kernel) readWide(e *Encoding, b *batch, d int) {
	w, dk, words, placed := k.wide, &k.domains[d], b.words, &b.placed[d]
	for i, at := range b.at {
		w.sum(words, d, b.data[at+dk.first:][:dk.size])
		count, weight := w.count.in(words), w.weight.in(words)
		of, mk := k.knownAt(e, b, d, count, w.weighted[0].in(words), weight), &dk.byM[count]
		placed[i].copy(&of.placed)
		b.take(i, &of.known, d)
		if mk.weighted != nil {
			b.norm[i] += dk.factor[weight] * w.weightedNorm(mk.weighted, weight, words)
		} else {
			b.norm[i] += w.norm(mk.order, words)
		}
	}
}

// take adds what is known of a response in a domain.
func (b *batch) take(i int, of *known, d int) {
	b.sum[i] += int64(of.sum)
	b.weight[i] += int64(of.weight)
	b.norm[i] += of.norm
	b.offset[i] += of.offset
	b.lines[d][i] = of.line
}

// copy copies number by number: what has just been written so cannot be read faster.
func (p *placed) copy(of *placed) {
	p.word, p.score, p.square, p.place, p.count = of.word, of.score, of.square, of.place, of.count
}
