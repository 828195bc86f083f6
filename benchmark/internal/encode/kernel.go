package encode

import (
	"math"
	"math/bits"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// kernel holds what [Tally.Add] needs for speed: an encoding's integers laid out
// by domain and by m, the number of answers there. It changes no result: what
// it adds to a stratum is the sum of c(r), to the last bit.
//
// What follows from the answers of one domain is put together first: see known. It is computed from sums over
// the answers, by the tables of codes or wide, for a batch of responses at a time. The features of single answers are
// added up in slots.
type kernel struct {
	layout  layout
	domains []domainKernel
	scale   scale
	packing packing
	codes   codes
	wide    *wide // in place of codes, nil where these do
	step    int64 // 1 or 2: thresholds are at step, 2·step, …, in quarter levels; 0: they are not

	companies float64 // squared norm of the count, rounding included
	overall   float64
	offsets   []float64
	squares   []float64
	around    float64 // weight of all offsets together
	lines     *scoreLines

	spans     []span // all domains
	slots     int    // of them
	questions int
}

// domainKernel is the part of one domain.
type domainKernel struct {
	first, size int
	times       int64    // how often the domain counts in the overall score
	words       []uint64 // what an answer adds to its slot with f = 1, by W
	byM         []mKernel
	factor      []float64 // κ² for f = 1, by W
	known       []counted // by m and Σx; nil where there are too many, or questions have weights
	sums        int       // how many Σx there are
}

// mKernel is what depends on the number m of answers in a domain.
type mKernel struct {
	norm     float64
	unusable int64
	order    []orderNorm    // of the tail's squared norm, where questions have no weights
	weighted []weightedNorm // where they have
}

// newKernel lays an encoding out.
func newKernel(e *Encoding) *kernel {
	l, w, t := e.layout, &e.kept, &e.domains[0]
	k := &kernel{layout: l, scale: newScale(l.shape), packing: newPacking(slices.Max(l.sizes)), step: e.quarters[0]}
	for j, t := range e.quarters {
		if k.step > 2 || t != e.quarters[0]*int64(j+1) {
			k.step = 0
		}
	}
	if l.shape.Weights != nil || !k.codes.init(t.polynomials, t.values, slices.Max(l.shape.Domains)) {
		k.wide = newWide(l.shape, t.values, t.polynomials)
	}
	k.companies = unit(e.fixed.companies)*scoreUnit*scoreUnit + 64
	k.overall = unit(w.overall) + unit(w.segments)
	for _, weight := range w.squares {
		k.squares = append(k.squares, unit(weight))
	}
	k.lines, k.questions = w.scores.newLines(), l.shape.Questions()
	k.spans, k.slots = newSpans(l.shape)
	for d := range l.shape.Domains {
		k.domains = append(k.domains, newDomainKernel(e, d, k.packing))
		k.offsets = append(k.offsets, unit(w.domains[d].offset))
		k.around += k.offsets[d]
		k.tabulate(e, d)
	}
	return k
}

func newDomainKernel(e *Encoding, d int, packing packing) domainKernel {
	shape, t, size := e.layout.shape, &e.domains[d], int64(e.layout.sizes[d])
	dk := domainKernel{
		first: e.layout.first[d], size: shape.Domains[d], times: int64(shape.DomainWeight(d)),
		words: make([]uint64, size+1), factor: make([]float64, size+1),
	}
	for weight := int64(1); weight <= size; weight++ {
		dk.words[weight] = 1 | packing.word(clipUnit*size/weight, weight)
		dk.factor[weight] = float64(t.domainFactor[weight]) / 256
	}
	for m := range t.size + 1 {
		dk.byM = append(dk.byM, newMKernel(&e.fixed.domains[d], &e.kept.domains[d], t, m, shape.Weights != nil))
	}
	return dk
}

// unit is an integer weight in the units of norms.
func unit(weight uint64) float64 { return float64(weight) / (1 << normShift) }

// newMKernel tabulates for m answers in a domain, whose questions may have weights.
func newMKernel(answers *answerWeights, w *domainWeights, t *domainTable, m int64, weights bool) mKernel {
	levels := len(t.polynomials) + 2
	k := mKernel{norm: 64, order: make([]orderNorm, levels-1)}
	if m == 0 {
		k.norm += unit(answers.empty) * scoreUnit * scoreUnit
		return k
	}
	k.unusable = unanswered(&domainSums{count: m, size: t.size})
	share := float64(k.unusable)
	k.norm += unit(answers.unusable)*share*share + unit(answers.skip)*float64(t.size*m*(t.size-m))
	if weights {
		k.weightedTail(w, t, m)
	} else {
		k.tail(w, t, m)
	}
	return k
}

// tail tabulates the squared norm of contrasts and shapes (see
// domainWeights.tail) as a function of the sums Σx and Σp_k of the answers. It
// has terms Σp_k² over the answers, which are linear in the answers at each
// level and so, for given m, linear in those sums.
func (k *mKernel) tail(w *domainWeights, t *domainTable, m int64) {
	const one = shapeUnit * shapeUnit
	domain := float64(t.domainFactor[m]) / 256
	contrast := domain * float64(m)          // no less than contrastFactor
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
	for o, p := range t.polynomials {
		k.order[1+o].raise(n*float64(biasOf(p)), &k.norm)
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

// fits reports that the squared norm of a response is within the budget, so
// that it is not clipped. It is an upper bound of what [Encoding.factors]
// compares with the budget, in floating point with room for its rounding: where
// it is false, that function decides.
func (k *kernel) fits(e *Encoding, b *batch, i int, notStated float64) bool {
	all := len(k.domains)
	distance, square := float64(b.score[i]-e.center), float64(b.square[i])
	around := k.around * distance * distance
	norm := b.norm[i] + around - 2*distance*b.offset[i] + rounding*(b.norm[i]+around)
	norm += k.companies + notStated + k.overall*distance*distance + k.squares[all]*square*square
	for p, weight := range e.kept.profiles {
		distance := float64(b.met[i*len(e.profiles)+p] - e.profiles[p])
		norm += unit(weight)*distance*distance + 4
	}
	norm += b.scores[i]
	return within(norm) || within(norm-k.lines.slack) && within(k.exactly(e, b, i, norm))
}

// within leaves room for the rounding of a squared norm.
func within(norm float64) bool { return norm*(1+1e-9)+8 <= float64(budget) }

// exactly replaces what scoreLines add to the squared norm by what the scores of a response add.
func (k *kernel) exactly(e *Encoding, b *batch, i int, norm float64) float64 {
	quick := b.scores[i]
	for d := range k.domains {
		quick += k.lines.alone[d*k.lines.width+int(b.lines[d][i])]
	}
	k.places(b, i)
	return norm - quick + rounding*quick + float64(e.kept.scores.norm(b.bins))
}

// lineOf is the line of a score at a place: see scoreLines.
func lineOf(place int) int32 { return int32(1 + place) }

// place does what [Encoding.places] does for one score. Of thresholds at equal distances
// those below 4·sum/count levels are ⌈4·sum/(step·count)⌉ − 1.
func (k *kernel) place(e *Encoding, sum, count int64) int {
	s := &k.scale
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
