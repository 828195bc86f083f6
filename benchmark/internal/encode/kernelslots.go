package encode

// addAnswers adds the words of domains to the slots of their answers.
func (k *kernel) addAnswers(c *stratum, b *batch, p *part, s *slots, spans []span, answers []byte) {
	if s.words == nil {
		s.words = make([]uint64, k.slots)
	}
	addAt(s.words, k.layout.shape.Levels+1, spans, b.slots, answers)
	if s.added++; s.added == k.packing.most {
		k.empty(c, b, p, s, nil)
	}
}

// empty moves what the slots of a part hold to its features, and how often the stratum has the states that are given.
func (k *kernel) empty(c *stratum, b *batch, p *part, s *slots, all []*states[known, placed]) {
	for d := range k.domains {
		cells := b.cells[:k.domains[d].size*(k.layout.shape.Levels+1)]
		clear(cells)
		if s.added > 0 {
			k.unpack(cells, s.words, k.spans[d])
		}
		if all != nil && all[d] != nil {
			k.countStates(c, d, all[d], cells)
		}
		k.addCells(c.sums, p, d, cells)
	}
	clear(s.words)
	s.added = 0
}

// unpack adds up the slots of every answer of a domain. Words add without running over, as
// all of them together hold no more responses than one may.
func (k *kernel) unpack(cells []cell, words []uint64, of span) {
	width := k.layout.shape.Levels + 1
	var sums [2 * (mostLevels + 1)]uint64
	for q := 0; q < of.size; q += 2 {
		questions, at := min(2, of.size-q), words[of.slot+q/2*width*width:]
		sums = [len(sums)]uint64{}
		if questions == 1 {
			copy(sums[:width], at)
		} else {
			for i, word := range at[:width*width] {
				sums[i%width] += word
				sums[width+i/width] += word
			}
		}
		for i, word := range sums[:questions*width] {
			cells[q*width+i] = k.packing.cell(word)
		}
	}
}

// countStates adds the states of a domain, as often as the stratum has them, to its cells and to the features that follow
// from its score and from how many of its questions are answered.
func (k *kernel) countStates(c *stratum, d int, s *states[known, placed], cells []cell) {
	counts, levels := c.counts[d], k.layout.shape.Levels
	for id, n := range counts {
		if n == 0 {
			continue
		}
		of, key, times := &s.cold[id], s.seen[id], int64(n)
		k.addPlaced(c.sums, d, of, times)
		one := k.packing.cell(of.word)
		for q := range s.key.size {
			cells[q*(levels+1)+s.key.answerOf(key, q)].add(one, times)
		}
	}
	clear(counts)
}

// addCells adds the cells of a domain to the features of a part:
//
//   - κ·(weights at l) of the domain is Σκ over its answers at l, each times its weight;
//   - the contrasts of all its questions have that subtracted;
//   - the skips, m − size·answered, follow from how often the questions are left out: 0 of a company that answers
//     nothing there.
func (k *kernel) addCells(to []int64, p *part, d int, cells []cell) {
	l, levels := &k.layout, k.layout.shape.Levels
	first, size := k.domains[d].first, k.domains[d].size
	weights, absent := to[p.domains+d*levels:][:levels], int64(0)
	var room [mostLevels]int64
	added := room[:levels]
	for q := range size {
		at, times := cells[q*(levels+1):][:levels+1], int64(l.shape.Weight(first+q))
		absent += at[0].responses
		for level := range added {
			added[level] += times * at[1+level].kappas
		}
	}
	for q := range size {
		at, contrasts := cells[q*(levels+1):][:levels+1], to[p.contrasts+(first+q)*levels:][:levels]
		for level, w := range added {
			contrasts[level] += at[1+level].weights - w
		}
		to[p.left+first+q] += at[0].weights
		to[l.skips+first+q] += int64(size)*at[0].responses - absent
	}
	for level, w := range added {
		weights[level] += w
	}
}

// settle empties all that a stratum counts: its sums are then integers that add.
func (k *kernel) settle(c *stratum, b *batch) {
	k.empty(c, b, &k.layout.kept, &c.kept, b.states)
	k.empty(c, b, &k.layout.rest, &c.rest, nil)
}
