package encode

import (
	"math/bits"

	"maturitybench/benchmark/internal/model"
)

// factors are the clipping factors of one response, in clipUnit: by tier, of what is
// kept, and of its rest, which is what clipping takes.
type factors struct{ kept, rest [model.Tiers]uint64 }

// unclipped are the factors of a response that is not clipped.
var unclipped = factors{kept: [model.Tiers]uint64{clipUnit, clipUnit, clipUnit, clipUnit}}

// tier is a tier of one response: the squared norms, in units of 2²⁰, of what is kept
// and of the rest, both with the factor 1, and of the feature 1 − f with f = 0.
type tier struct{ kept, rest, room uint64 }

// factors chooses the clipping factors of a response such that ‖e(r)‖ ≤ R. It reports
// false if there are none, and the response must then not be encoded at all.
//
// Proof. Let C be the squared norm of what is never clipped and K_i, V_i and P_i those
// of [tier]; none of the functions below rounds down. A feature of tier i is kept f_i
// times and its rest measured r_i = g·(1 − f_i) times, rounded towards zero, or
// multiplied by a factor that is rounded down, so that
//
//	‖e(r)‖² ≤ N(f, g) = C + Σ_i f_i²·K_i + (1 − f_i)²·V_i + r_i²·P_i,
//
// which [tiers.split] computes, rounding up. If C + Σ K_i ≤ R² nothing is clipped, all
// f are 1 and N is that sum. Otherwise only factors with N ≤ R² are returned. A sheet
// without answers is never encoded: e(blank) = 0.
//
// What is never clipped are the counts: of companies, of attributes that are not
// stated, of answers. Tiers are clipped one after the other, the tail first, each down
// to the factor that costs least. The rests are whole, g = 1, while there is room for
// them; that of the level, on which every mean depends, is the last to shrink. With g = 0
// the norm is at most C + Σ V_i, and the design keeps that below R² for every response:
// there are factors for all of them.
//
// Privacy: a function of one response and the public encoding. It bounds the
// L2 sensitivity of the tally, for presence and for answers left out.
func (e *Encoding) factors(s *sheetSums, bins []int, notStated uint64) (factors, bool) {
	fixed, kept := e.fixed.norm(s, notStated), e.kept.norms(e, s, bins)
	total := fixed
	for _, norm := range kept {
		total = addUp(total, norm)
	}
	if total <= budget {
		return unclipped, true
	}
	var t tiers
	for i, rest := range e.rest.norms(e, s, bins) {
		t[i] = tier{kept[i], rest, mulShiftUp(e.fixed.clipped[i], clipUnit*clipUnit, normShift)}
	}
	for _, g := range shrinking {
		if f, ok := t.split(fixed, g); ok {
			return f, true
		}
	}
	return factors{}, false
}

// tiers are those of one response.
type tiers [model.Tiers]tier

// split chooses the factors when the rests are measured so many times, if any
// fit: all that can be clipped of a tier before any of the one before it.
func (t *tiers) split(fixed uint64, g shares) (factors, bool) {
	f := unclipped
	for i := model.Tiers - 1; i >= 0; i-- {
		if t[i].kept == 0 {
			continue
		}
		others := fixed
		for j := range t {
			if model.Tier(j) != i {
				others = addUp(others, t[j].spent(f.kept[j], f.rest[j]))
			}
		}
		set := func(kept uint64) uint64 {
			f.kept[i], f.rest[i] = kept, (clipUnit-kept)*g[i]/clipUnit
			return addUp(others, t[i].spent(f.kept[i], f.rest[i]))
		}
		kept := cheapest(t[i].kept, addUp(t[i].room, mulShiftUp(t[i].rest, g[i]*g[i], clipShift)))
		if set(kept) > budget {
			continue
		}
		for step := uint64(clipUnit / 2); step > 0; step /= 2 {
			if more := kept + step; more < clipUnit && set(more) <= budget {
				kept = more
			}
		}
		set(kept)
		return f, true
	}
	return factors{}, false
}

// spent is what a tier spends of N(f, g), rounded up, in units of 2²⁰.
func (t *tier) spent(kept, rest uint64) uint64 {
	lost := clipUnit - kept
	total := mulShiftUp(t.kept, kept*kept, clipShift)
	total = addUp(total, mulShiftUp(t.room, lost*lost, clipShift))
	return addUp(total, mulShiftUp(t.rest, rest*rest, clipShift))
}

// clipShift: clipUnit² is 2²⁰.
const clipShift = 20

// cheapest is the factor f = lost/(kept + lost), rounded down, at which
// f²·kept + (1−f)²·lost is least; any factor would do for the norm.
func cheapest(kept, lost uint64) uint64 {
	if lost == 0 {
		return 0
	}
	hi, lo := bits.Mul64(lost, clipUnit)
	f, _ := bits.Div64(hi, lo, addUp(kept, lost))
	return min(f, clipUnit-1)
}

// norm is an upper bound of the squared norm of what is never clipped, but for the
// features 1 − f, in units of 2²⁰. notStated is the weight of the attributes that are
// not stated.
func (w *fixedWeights) norm(s *sheetSums, notStated uint64) uint64 {
	const one = scoreUnit * scoreUnit
	total := mulShiftUp(addUp(w.companies, notStated), one, normShift)
	for d := range s.domains {
		sums, weight := &s.domains[d], &w.domains[d]
		if sums.count == 0 {
			total = addUp(total, mulShiftUp(weight.empty, one, normShift))
			continue
		}
		total = addUp(total, mulShiftUp(weight.unusable, squared(unanswered(sums)), normShift))
		left := uint64(sums.size * sums.count * (sums.size - sums.count)) // Σ over the questions of (m − size·answered)²
		total = addUp(total, mulShiftUp(weight.skip, left, normShift))
	}
	return total
}

// norms are upper bounds of the squared norms of the tiers with the factor 1, in units
// of 2²⁰.
func (w *partWeights) norms(e *Encoding, s *sheetSums, bins []int) (n [model.Tiers]uint64) {
	e.squareTails(s)
	n[model.LevelTier] = mulShiftUp(w.overall, squared(s.score-e.center), normShift)
	n[model.SegmentsTier] = mulShiftUp(w.segments, squared(s.score-e.center), normShift)
	for d := range s.domains {
		sums := &s.domains[d]
		offsets, tail := &n[model.OffsetsTier], &n[model.TailTier]
		*offsets = addUp(*offsets, mulShiftUp(w.domains[d].offset, squared(e.offset(s, sums)), normShift))
		*tail = addUp(*tail, w.domains[d].tail(sums.squares))
	}
	for p, weight := range w.profiles {
		n[model.OffsetsTier] = addUp(n[model.OffsetsTier], mulShiftUp(weight, squared(s.met[p]-e.profiles[p]), normShift))
	}
	for a, weight := range w.squares {
		n[model.TailTier] = addUp(n[model.TailTier], mulShiftUp(weight, squared(e.square(s, a)), normShift))
	}
	n[model.TailTier] = addUp(n[model.TailTier], w.scores.norm(bins))
	return n
}

// squareTails finds the squares of all domains, once for a response.
func (e *Encoding) squareTails(s *sheetSums) {
	if s.squared {
		return
	}
	for d := range s.domains {
		sums := &s.domains[d]
		sums.squares = e.domains[d].squareTail(sums.squares[:0], sums)
	}
	s.squared = true
}

// tail is an upper bound of the squared norm of a domain's contrasts and shapes with the
// factor 1, of the squares that squareTail found.
func (w *domainWeights) tail(squares []uint64) uint64 {
	total := uint64(0)
	add := func(weight, square uint64) {
		if weight > 0 && square > 0 {
			total = addUp(total, mulShiftUp(weight, square, normShift))
		}
	}
	for k := 0; k < len(squares); k += 3 {
		question, domain := w.contrast, uint64(0)
		if k > 0 {
			question, domain = w.questionShape[k/3-1], w.domainShape[k/3-1]
		}
		add(question, squares[k])
		add(question, squares[k+1])
		add(domain, squares[k+2])
	}
	return total
}

// squareTail finds the squared features of a domain, three sums for what levels count and for every polynomial: over the
// answered questions, over the others, and that of the domain, rounded up. For a polynomial P with the public mean c
// the features of the answered questions are κ·(m·P(x) − ΣP), and those of the others κ·(m·c − ΣP), which is −1
// times the feature of the domain: squared and summed, with κ ≤ size/m,
//
//	κ²·m·(m·ΣP² − (ΣP)²) + κ²·(size − m)·(ΣP − m·c)².
func (t *domainTable) squareTail(squares []uint64, s *domainSums) []uint64 {
	if s.count == 0 {
		return squares
	}
	if s.weights != nil {
		return t.squareWeighted(squares, s)
	}
	const unit = shapeUnit * shapeUnit
	contrast, domain, left := t.contrastFactor[s.count], t.domainFactor[s.count], uint64(t.size-s.count)
	add := func(sum, squared, center int64) {
		distance := uint64((shapeUnit*sum - s.count*center) * (shapeUnit*sum - s.count*center))
		squares = append(squares, mulShiftUp(unit*uint64(s.count*squared-sum*sum), contrast, 8), mulShiftUp(left*distance, domain, 8), mulShiftUp(distance, domain, 8))
	}
	add(s.sum, s.square, t.levelCenter)
	for k, polynomial := range t.polynomials {
		sum, squared := int64(0), int64(0)
		hist := s.hist[:len(polynomial)] // without a check of bounds in the loop
		for level, p := range polynomial {
			product := hist[level] * p
			sum += product
			squared += product * p
		}
		add(sum, squared, t.centers[k])
	}
	return squares
}

// squareWeighted is squareTail where answers have weights. With W = Σw and S = Σw·P the features of
// the answered questions are κ·(W·P(x) − S), and those of the others κ·(W·c − S), so that
// squared and summed they are
//
//	κ²·(W²·ΣP² − 2·W·S·ΣP + m·S²) + κ²·(size − m)·(S − W·c)²,
//
// with κ ≤ size of the weights/W. Every product is below 2⁶³: see the limits in instrument/score.go.
func (t *domainTable) squareWeighted(squares []uint64, s *domainSums) []uint64 {
	const unit = shapeUnit * shapeUnit
	factor, left := t.domainFactor[s.weight], uint64(t.size-s.count)
	add := func(polynomial []int64, center int64) {
		sum, plain, squared := int64(0), int64(0), int64(0)
		for level, p := range polynomial {
			sum += s.weights[level] * p
			plain += s.hist[level] * p
			squared += s.hist[level] * p * p
		}
		around := uint64(s.weight*(s.weight*squared-2*sum*plain) + s.count*sum*sum)
		distance := uint64((shapeUnit*sum - s.weight*center) * (shapeUnit*sum - s.weight*center))
		squares = append(squares, mulShiftUp(unit*around, factor, 8), mulShiftUp(left*distance, factor, 8), mulShiftUp(distance, factor, 8))
	}
	add(t.values, t.levelCenter)
	for k, polynomial := range t.polynomials {
		add(polynomial, t.centers[k])
	}
	return squares
}
