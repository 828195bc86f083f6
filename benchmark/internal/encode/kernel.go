package encode

import (
	"math"
	"math/bits"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// kernel holds what [Tally.Add] needs for speed: an encoding's integers laid out
// by domain and by m, the number of answers there. It changes no result: what
// it adds to a stratum expands to the sum of c(r), to the last bit.
//
// A stratum holds the features of the layout, but for three shortcuts:
//
//   - The contrasts of a domain add −κ·(weights at l) to every question, which is what
//     the features of the domain's answers add up to, so that a stratum has it once. Where a question
//     is left out, a stratum counts that; the skips of the domain's questions follow.
//   - Contrasts stand in a place of their own, with one sum more for every
//     question, where it is left out: answers need not be told from their absence.
//     A stratum has it instead of the layout's, which is the last of its features, and of left.
//   - Of a response that is not clipped, the share of unanswered questions, and where
//     answers have no weights κ, depend on m alone. A stratum counts such responses by m, and adds up their
//     answers at every level in the fields of one word, if they fit.
type kernel struct {
	layout  layout
	domains []domainKernel
	length  int   // of a stratum
	levels  int   // place of the contrasts in a stratum: 1 + levels a question, the first where it is left out
	absent  int   // how often each question is left out
	step    int64 // 1 or 2: thresholds are at step, 2·step, …, in quarter levels; 0: they are not

	companies float64 // squared norm of the count, rounding included
	overall   float64
	offsets   []float64
	squares   []float64
	pairs     [][]int64 // see [scoreBlock.halfPairs]
}

// domainKernel is the part of one domain.
type domainKernel struct {
	first, size int
	counted     int   // in a stratum: for every m, what a counted holds
	flush       int64 // 0: answers at each level are added one by one
	byM         []mKernel
	byW         []weightKernel // where answers have weights
	scored      []scored       // by m and Σx; nil where there are too many, or answers have weights
	sums        int            // how many Σx there are
}

// A stratum counts the responses with m answers in a domain that are not clipped in
// a place for each m: their number; and the answers at each level, packed as codes
// packs them, which are added to the sums before a field can run over, whenever the
// number is a multiple of flush.
const (
	countedResponses = iota
	countedPacked
	countedLength
)

// mKernel is what depends on the number m of answers in a domain.
type mKernel struct {
	kappa    int64 // for f = 1; not where answers have weights
	norm     float64
	order    []orderNorm    // of the tail's squared norm, where answers have no weights
	weighted []weightedNorm // where they have
}

// orderNorm is what the sum of one shape polynomial, over the answers of a
// domain, adds to the squared norm: sum·(linear + square·sum).
type orderNorm struct{ linear, square float64 }

// newKernel lays an encoding out.
func newKernel(e *Encoding) *kernel {
	l, w := e.layout, &e.kept
	k := &kernel{layout: l, length: l.kept.contrasts, step: e.quarters[0]}
	for j, t := range e.quarters {
		if k.step > 2 || t != e.quarters[0]*int64(j+1) {
			k.step = 0
		}
	}
	levels := l.shape.Levels
	k.levels = k.length
	k.absent = k.levels + l.shape.Questions()*(levels+1)
	k.length = k.absent + l.shape.Questions()
	for d, size := range l.shape.Domains {
		dk := domainKernel{first: l.first[d], size: size, counted: k.length}
		if field := 64 / levels; !l.shape.Weighted() && bits.Len(uint(size)) <= field {
			for dk.flush = 1; (2*dk.flush)*int64(size) < 1<<field; {
				dk.flush *= 2
			}
		}
		k.length = dk.counted + (size+1)*countedLength
		if l.shape.Weighted() {
			dk.byW = newWeightKernels(&e.domains[d])
		}
		for m := range size + 1 {
			dk.byM = append(dk.byM, newMKernel(&e.fixed.domains[d], &w.domains[d], &e.domains[d], int64(m)))
		}
		k.domains = append(k.domains, dk)
		k.offsets = append(k.offsets, unit(w.domains[d].offset))
	}
	k.companies = unit(e.fixed.companies)*scoreUnit*scoreUnit + 64
	k.overall = unit(w.overall) + unit(w.segments)
	for _, weight := range w.squares {
		k.squares = append(k.squares, unit(weight))
	}
	k.pairs = w.scores.halfPairs()
	for d := range k.domains {
		k.tabulate(e, d)
	}
	return k
}

// unit is an integer weight in the units of norms.
func unit(weight uint64) float64 { return float64(weight) / (1 << normShift) }

// newMKernel tabulates for m answers in a domain.
func newMKernel(answers *answerWeights, w *domainWeights, t *domainTable, m int64) mKernel {
	levels := len(t.polynomials) + 2
	k := mKernel{norm: 64, order: make([]orderNorm, levels-1)}
	if m == 0 {
		k.norm += unit(answers.empty) * scoreUnit * scoreUnit
		return k
	}
	share := float64(unanswered(&domainSums{count: m, size: t.size}))
	k.norm += unit(answers.unusable)*share*share + unit(answers.skip)*float64(t.size*m*(t.size-m))
	if t.contrastFactor == nil {
		k.weightedTail(w, t, m)
		return k
	}
	k.kappa = clipUnit * t.size / m
	k.tail(w, t, m)
	return k
}

// tail tabulates the squared norm of contrasts and shapes (see
// domainWeights.tail) as a function of the sums Σx and Σp_k of the answers. It
// has terms Σp_k² over the answers, which are linear in the answers at each
// level and so, for given m, linear in those sums.
func (k *mKernel) tail(w *domainWeights, t *domainTable, m int64) {
	const one = shapeUnit * shapeUnit
	contrast, domain := float64(t.contrastFactor[m])/256, float64(t.domainFactor[m])/256
	linear := make([]float64, len(t.values)) // by level
	n, left := float64(m), float64(t.size-m)
	// distance adds weight·(shapeUnit·Σp − m·c)².
	distance := func(o int, weight, center float64) {
		k.order[o].linear -= 2 * shapeUnit * weight * n * center
		k.order[o].square += one * weight
		k.norm += weight * n * n * center * center
	}
	for level := range linear {
		linear[level] = one * unit(w.contrast) * contrast * n * float64(t.values[level]*t.values[level])
	}
	k.order[0].square = -one * unit(w.contrast) * contrast
	distance(0, left*unit(w.contrast)*domain, float64(t.levelCenter))
	k.norm += 2*unit(w.contrast) + 2
	for o, p := range t.polynomials {
		question := one * unit(w.questionShape[o]) * contrast
		for level := range linear {
			linear[level] += question * n * float64(p[level]*p[level])
		}
		k.order[1+o].square = -question
		distance(1+o, (left*unit(w.questionShape[o])+unit(w.domainShape[o]))*domain, float64(t.centers[o]))
		k.norm += 2*unit(w.questionShape[o]) + unit(w.domainShape[o]) + 6
	}
	for o, weight := range combination(linear, t) {
		if o == 0 {
			k.norm += weight * n
		} else {
			k.order[o-1].linear += weight
		}
	}
	k.norm += rounding * k.largest(t, n)
}

// rounding is room for that of all this in floating point, as a share of the largest sum.
const rounding = 1e-11

// largest is the largest sum of what norm adds up, whatever its signs.
func (k *mKernel) largest(t *domainTable, n float64) float64 {
	largest := k.norm
	for o, p := range append([][]int64{t.values}, t.polynomials...) {
		sum := n * float64(max(p[len(p)-1]-p[0], slices.Max(p)-slices.Min(p)))
		largest += sum * (math.Abs(k.order[o].linear) + sum*math.Abs(k.order[o].square))
	}
	return largest
}

// combination writes a function of the level as a sum of 1, what the level counts and the
// polynomials, times what it returns: of as many functions as there are levels.
func combination(function []float64, t *domainTable) []float64 {
	n := len(function)
	a := mat.NewDense(n, n, nil)
	for level := range function {
		a.Set(level, 0, 1)
		a.Set(level, 1, float64(t.values[level]))
		for o, p := range t.polynomials {
			a.Set(level, 2+o, float64(p[level]))
		}
	}
	weights := mat.NewVecDense(n, nil)
	if err := weights.SolveVec(a, mat.NewVecDense(n, function)); err != nil {
		weights.SetVec(0, math.Inf(1)) // no bound: see fits
	}
	return weights.RawVector().Data
}

// norm is the squared norm of a domain's shapes but for what depends on m alone.
func (d *domainSums) norm(order []orderNorm, c *codes) float64 {
	norm := 0.0
	packed, field, bias := d.packedSums, c.sum&63, c.bias*d.count
	for _, o := range order[1:] {
		x := float64(int64(packed&(1<<field-1)) - bias)
		packed >>= field
		norm += x * (o.linear + o.square*x)
	}
	return norm
}

// wideNorm is norm where sums stand in several words.
func (d *domainSums) wideNorm(order []orderNorm, w *wide) float64 {
	norm, plain := 0.0, w.plain[:len(order)]
	for k := 1; k < len(order); k++ {
		o := &order[k]
		x := float64(plain[k].in(d.words) - w.bias[k]*d.count)
		norm += x * (o.linear + o.square*x)
	}
	return norm
}

// fits reports that the squared norm of a response is within the budget, so
// that it is not clipped. It is an upper bound of what [Encoding.factors]
// compares with the budget, in floating point with room for its rounding: where
// it is false, that function decides. It finds the places and squares of the scores too.
func (k *kernel) fits(e *Encoding, r *response, notStated float64) bool {
	s := r.sheet
	all := len(s.domains)
	r.bins[all] = k.place(e, s, s.total, s.weight)
	distance := s.score - e.center
	r.squares[all] = int64(squared(distance)/scoreUnit) - e.squares[all]
	square := float64(r.squares[all])
	norm := k.companies + notStated + k.overall*float64(distance)*float64(distance) + k.squares[all]*square*square
	for d := range s.domains {
		sums, dk := &s.domains[d], &k.domains[d]
		mk := &dk.byM[sums.count]
		if sums.count == 0 {
			norm += mk.norm + k.offsets[d]*float64(distance)*float64(distance)
			r.bins[d], r.squares[d] = -1, 0
			continue
		}
		of := dk.scoredAt(sums)
		if of == nil {
			more := k.scored(e, s, d, sums)
			of = &more
		}
		r.squares[d], r.bins[d] = of.square, of.place
		offset := float64(sums.score - s.score)
		norm += of.norm + k.offsets[d]*offset*offset
		switch {
		case s.wide == nil:
			norm += sums.norm(mk.order, &s.codes)
		case dk.byW == nil:
			norm += sums.wideNorm(mk.order, s.wide)
		default:
			norm += dk.byW[sums.weight].factor * sums.weightedNorm(mk.weighted, s.wide)
		}
	}
	for p, weight := range e.kept.profiles {
		distance := float64(s.met[p] - e.profiles[p])
		norm += unit(weight)*distance*distance + 4
	}
	norm += float64(k.scoreNorm(r))
	return norm*(1+1e-9)+8 <= float64(budget)
}

// scoreNorm is what [scoreBlock.norm] is, by a table without cases.
func (k *kernel) scoreNorm(r *response) int64 {
	sum, width := int64(0), len(k.pairs)/len(r.bins)
	at := r.at[:len(r.bins)]
	for a, place := range r.bins {
		at[a] = a*width + 1 + place
		line := k.pairs[at[a]]
		for _, other := range at[:a+1] {
			sum += line[other]
		}
	}
	return sum
}
