package encode

// scored is what a domain's score tells by itself: its place among the thresholds, its square as
// [Encoding.square] has it, and what of the squared norm depends on m, or that and Σx, alone.
type scored struct {
	square int64
	place  int
	norm   float64
}

// mostScored is for how many pairs of m and Σx a domain has a table, of 24 bytes each.
const mostScored = 1 << 12

// scored computes it. Where answers have weights, the contrasts are in [weightedNorm].
func (k *kernel) scored(e *Encoding, s *sheetSums, d int, sums *domainSums) scored {
	of := scored{square: int64(squared(sums.score-e.center)/scoreUnit) - e.squares[d], place: k.place(e, s, sums.sum, sums.weight)}
	mk, square := &k.domains[d].byM[sums.count], float64(of.square)
	of.norm = mk.norm + k.squares[d]*square*square
	if k.domains[d].byW == nil {
		x := float64(sums.sum)
		of.norm += x * (mk.order[0].linear + mk.order[0].square*x)
	}
	return of
}

// tabulate computes it for every m and Σx of a domain, if answers have no weights and
// these are few enough.
func (k *kernel) tabulate(e *Encoding, d int) {
	shape, dk := e.layout.shape, &k.domains[d]
	dk.sums = dk.size*shape.Value(shape.Levels-1) + 1
	if shape.Weighted() || (dk.size+1)*dk.sums > mostScored {
		return
	}
	dk.scored = make([]scored, (dk.size+1)*dk.sums)
	sheet := newSheetSums(shape)
	for m := int64(1); m <= int64(dk.size); m++ {
		for sum := range int64(dk.sums) {
			sums := domainSums{count: m, weight: m, sum: sum, score: sheet.mean(sum, m)}
			dk.scored[m*int64(dk.sums)+sum] = k.scored(e, sheet, d, &sums)
		}
	}
}

// scoredAt looks it up; nil where there is no table.
func (d *domainKernel) scoredAt(s *domainSums) *scored {
	if d.scored == nil {
		return nil
	}
	return &d.scored[int(s.count)*d.sums+int(s.sum)]
}
