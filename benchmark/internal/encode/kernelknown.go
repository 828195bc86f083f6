package encode

// mostKnown is for how many pairs of m and Σx a domain has a table of what is known, of 56 bytes each.
const mostKnown = 1 << 12

// know fills in what is known of a domain but for what the shapes of its answers add to the squared norm, and where
// questions have weights the contrasts.
func (k *kernel) know(e *Encoding, of *counted, d int, count, sum, weight int64) {
	dk := &k.domains[d]
	mk, to, placed := &dk.byM[count], &of.known, &of.placed
	if count == 0 {
		to.norm, to.offset, to.sum, to.weight, to.line = mk.norm, 0, 0, 0, lineOf(-1)
		placed.word, placed.score, placed.square, placed.place, placed.count = 1, int32(e.center), 0, -1, 0
		return
	}
	score, place := k.scale.mean(sum, weight), k.place(e, sum, weight)
	distance, square := float64(score-e.center), int64(squared(score-e.center)/scoreUnit)-e.squares[d]
	placed.word, placed.score, placed.square, placed.place, placed.count = dk.words[weight], int32(score), int32(square), int32(place), int32(count)
	to.sum, to.weight, to.line = int32(dk.times*sum), int32(dk.times*weight), lineOf(place)
	to.norm = mk.norm + k.squares[d]*float64(square)*float64(square) + k.offsets[d]*distance*distance + k.lines.alone[d*k.lines.width+int(to.line)]
	to.offset = k.offsets[d] * distance
	if k.layout.shape.Weights == nil {
		x := float64(sum)
		to.norm += x * (mk.order[0].linear + mk.order[0].square*x)
	}
}

// tabulate computes it for every m and Σx of a domain, if its questions have no weights and
// these are few enough.
func (k *kernel) tabulate(e *Encoding, d int) {
	shape, dk := e.layout.shape, &k.domains[d]
	most := shape.Value(shape.Levels - 1)
	dk.sums = dk.size*most + 1
	if shape.Weights != nil || (dk.size+1)*dk.sums > mostKnown {
		return
	}
	dk.known = make([]counted, (dk.size+1)*dk.sums)
	k.know(e, &dk.known[0], d, 0, 0, 0)
	for m := 1; m <= dk.size; m++ {
		for sum := range m*most + 1 {
			k.know(e, &dk.known[m*dk.sums+sum], d, int64(m), int64(sum), int64(m))
		}
	}
}

// knownAt looks it up, or computes it where there is no table.
func (k *kernel) knownAt(e *Encoding, b *batch, d int, count, sum, weight int64) *counted {
	if dk := &k.domains[d]; dk.known != nil {
		return &dk.known[int(count)*dk.sums+int(sum)]
	}
	k.know(e, &b.made, d, count, sum, weight)
	return &b.made
}
