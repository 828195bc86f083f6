package encode

import "math/bits"

// factors are the clipping factors of one response: head h in scoreUnit,
// tail λ in clipUnit.
type factors struct{ head, tail uint64 }

// factors chooses h and λ such that ‖e(r)‖ ≤ R.
//
// Proof. Let H and T be the squared norms of head and tail with h = λ = 1,
// from head and tail below, which never round down, and W the weight of the
// feature 1 − λ. The features of the head are h·f rounded towards zero and the
// squared scores λ·f likewise, those of a domain's tail are multiplied by a factor
// that is rounded down, so
//
//	‖e(r)‖² ≤ h²·H + f(λ),  f(λ) = λ²·T + (1−λ)²·W.
//
// If H + T ≤ R² nothing is clipped, 1 − λ = 0 and the bound is H + T.
// Otherwise f is least at λ₀ = W/(T+W) and rises from there. If H + f(λ₀) ≤
// R², λ is the largest one from λ₀ on with H + f(λ) ≤ R² and h = 1; if not, λ
// is λ₀ and h² ≤ (R² − f(λ₀))/H, where f(λ₀) ≤ f(0) = W ≤ R²/2 up to the
// rounding of λ₀. A sheet without answers is never encoded: e(blank) = 0.
//
// Privacy: a function of one response and the public encoding. It bounds the
// L2 sensitivity of the tally, for presence and for answers left out.
func (e *Encoding) factors(s *sheetSums, bins []int, notStated uint64) factors {
	head := e.weights.head(s, e.center, notStated)
	tail := addUp(addUp(e.weights.tail(s), e.squaresNorm(s)), e.scores.norm(bins))
	if addUp(head, tail) <= budget {
		return factors{scoreUnit, clipUnit}
	}
	lambda := e.weights.cheapest(tail)
	least := e.weights.tailNorm(tail, lambda)
	if addUp(head, least) > budget {
		return factors{factor(budget-least, head, scoreUnit), lambda}
	}
	for step := uint64(clipUnit / 2); step > 0; step /= 2 {
		if next := lambda + step; next < clipUnit && addUp(head, e.weights.tailNorm(tail, next)) <= budget {
			lambda = next
		}
	}
	return factors{scoreUnit, lambda}
}

// tailNorm is f(λ), rounded up, in units of 2²⁰.
func (w *normWeights) tailNorm(tail, lambda uint64) uint64 {
	rest := clipUnit - lambda
	return addUp(mulShiftUp(tail, lambda*lambda, normShift), mulShiftUp(w.clipped, rest*rest, normShift))
}

// cheapest is λ₀ = W/(T+W), rounded down; any λ would do for the norm.
func (w *normWeights) cheapest(tail uint64) uint64 {
	if w.clipped == 0 {
		return 0
	}
	hi, lo := bits.Mul64(w.clipped, clipUnit)
	lambda, _ := bits.Div64(hi, lo, addUp(tail, w.clipped))
	return min(lambda, clipUnit-1)
}

// head is an upper bound of the head's squared norm with h = 1, in units of
// 2²⁰. notStated is the weight of the attributes that are not stated.
func (w *normWeights) head(s *sheetSums, center int64, notStated uint64) uint64 {
	const one = scoreUnit * scoreUnit
	total := mulShiftUp(addUp(w.companies, notStated), one, normShift)
	total = addUp(total, mulShiftUp(w.overall, squared(s.score-center), normShift))
	for d := range s.domains {
		sums, weight := &s.domains[d], &w.domains[d]
		if sums.count == 0 {
			total = addUp(total, mulShiftUp(weight.empty, one, normShift))
		} else {
			total = addUp(total, mulShiftUp(weight.offset, squared(sums.score-s.score), normShift))
		}
		share := scoreUnit * (weight.size - sums.usable) / weight.size
		total = addUp(total, mulShiftUp(weight.unusable, squared(share), normShift))
	}
	for p, profile := range w.profiles {
		total = addUp(total, mulShiftUp(profile.weight, squared(s.met[p]-profile.center), normShift))
	}
	return total
}

// tail is an upper bound of the squared norm of the tail but the score
// distributions with λ = 1, in units of 2²⁰.
func (w *normWeights) tail(s *sheetSums) uint64 {
	total := uint64(0)
	for d := range s.domains {
		total = addUp(total, w.domains[d].tail(&s.domains[d]))
	}
	return total
}

func (w *domainWeights) tail(s *domainSums) uint64 {
	if s.count == 0 {
		return 0
	}
	contrast, domain := w.contrastFactor[s.count], w.domainFactor[s.count]
	total := weighted(w.contrast, contrast, uint64(s.variation()))
	for k, polynomial := range w.polynomials {
		sum, squares := int64(0), int64(0)
		hist := s.hist[:len(polynomial)] // without a check of bounds in the loop
		for level, p := range polynomial {
			product := hist[level] * p
			sum += product
			squares += product * p
		}
		total = addUp(total, weighted(w.questionShape[k], contrast, uint64(s.count*squares-sum*sum)))
		total = addUp(total, weighted(w.domainShape[k], domain, squared(shapeUnit*sum-s.count*w.centers[k])))
	}
	skipped := uint64(w.size * s.usable * (w.size - s.usable))
	return addUp(total, mulShiftUp(w.skip, clipUnit*clipUnit*skipped, normShift))
}

// weighted is weight·factor·squared, rounded up, for a factor in 1/2⁸.
func weighted(weight, factor, squared uint64) uint64 {
	return mulShiftUp(weight, mulShiftUp(squared, factor, 8), normShift)
}

// squaresNorm is the squared norm of the squared scores with λ = 1, rounded up, in
// units of 2²⁰.
func (e *Encoding) squaresNorm(s *sheetSums) uint64 {
	total := uint64(0)
	for a, weight := range e.weights.squares {
		total = addUp(total, mulShiftUp(weight, squared(e.square(s, a)), normShift))
	}
	return total
}

func squared(x int64) uint64 { return uint64(x * x) }
