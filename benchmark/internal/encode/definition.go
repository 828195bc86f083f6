package encode

import "maturitybench/benchmark/internal/model"

// This file is the definition of the encoding: what a response becomes, one block
// a function, in the plainest words. [Tally.Add] computes the sums of the same
// vectors in another way, for speed (see kernel); tests hold it to this file to the
// last bit. A coordinate that is new or changes does so here first. The symbols
// are those of the package comment.

// Encode is e(r) = A·c(r) of one response: what it adds to the totals, one integer
// a coordinate, in the order of [Tally.Totals]. The vector of a blank sheet is zero. attributes and answers
// are bytes as in [Rows].
//
// Privacy: a function of one response and the public encoding, of norm at most
// [Sensitivity] (see [Encoding.factors]). It is as confidential as the response.
func (e *Encoding) Encode(attributes, answers []byte) []int64 {
	c := e.Features(attributes, answers)
	out := make([]int64, 0, e.Coordinates())

	// A has the structure rows ⊗ features: the coordinate of feature f in row ρ is
	//
	//	scale(f, ρ) · weight(ρ, attributes) · Σ_i f_i·c_i
	//
	// and exists where the scale is not 0.
	for _, f := range e.features {
		value := int64(0)
		for _, term := range f.terms {
			value += term.weight * c[term.at]
		}
		for r, scale := range f.scale {
			if scale != 0 {
				out = append(out, scale*e.rows[r].weightOf(attributes)*value)
			}
		}
	}

	// The scores' distribution functions: the vector of score a at place i is
	// v_t = cdfUnit·1{t ≥ i} − F0_t over the thresholds t. It counts λ times, and the
	// vectors of all scores, one after the other, are whitened together.
	var v []int64
	for a := range e.scores.scores {
		at := make([]int64, e.scores.thresholds)
		for place, lambda := range c[e.layout.bins+a*(len(at)+1):][:len(at)+1] {
			for t, x := range e.scores.vector(a, place) {
				at[t] += lambda * x
			}
		}
		v = append(v, at...)
	}
	for _, g := range e.scores.groups {
		for i, row := range g.rows {
			for _, line := range g.whitening {
				value := int64(0)
				for t, w := range line {
					value += w * v[t]
				}
				out = append(out, g.scale[i]*row.weightOf(attributes)*value)
			}
		}
	}
	return out
}

// Features is c(r) of one response, in the layout of the encoding: small integers
// that contain the clipping factors h and λ. It is zero for a blank sheet.
//
// Privacy: see [Encoding.Encode].
func (e *Encoding) Features(attributes, answers []byte) []int64 {
	r := defined{
		Encoding: e, attributes: attributes, answers: answers,
		c: make([]int64, e.layout.length), s: plainSums(e.layout.shape, answers),
	}
	if r.s.count == 0 {
		return r.c
	}
	r.findPlaces()
	r.clip()

	// Head, times h.
	r.companies()
	r.levels()
	r.usable()
	r.profiles()
	// Tail, times λ.
	r.contrasts()
	r.skips()
	r.answersOfDomains()
	r.scoreDistributions()
	r.squaredScores()
	r.clipped()
	return r.c
}

// defined is one response on its way through the definition.
type defined struct {
	*Encoding
	attributes, answers []byte
	s                   *sheetSums
	places              []int // of every score among the thresholds, −1 without the score
	h, lambda           int64 // in scoreUnit and clipUnit
	c                   []int64
}

// plainSums are the sums of one response, counted answer by answer: in every
// domain m, Σx, Σx² and the answers at each level; scores Σx/m to the nearest
// 1/scoreUnit, halves upwards, and 0 without answers. The answers of a domain are
// usable if there are two of them, or one where the domain has one question only.
func plainSums(shape model.Shape, answers []byte) *sheetSums {
	s := newSheetSums(shape)
	mean := func(sum, count int64) int64 {
		if count == 0 {
			return 0
		}
		return (2*scoreUnit*sum + count) / (2 * count)
	}
	for d, questions := range domainsOf(shape) {
		sums := &s.domains[d]
		for _, q := range questions {
			if answers[q] == 0 {
				continue
			}
			x := int64(answers[q]) - 1
			sums.count++
			sums.sum += x
			sums.square += x * x
			sums.hist[x]++
		}
		sums.score = mean(sums.sum, sums.count)
		if sums.count >= min(2, int64(len(questions))) {
			sums.usable = sums.count
		}
		s.count += sums.count
		s.total += sums.sum
	}
	s.score = mean(s.total, s.count)
	for p, profile := range shape.Profiles {
		if profile.Met(answers) {
			s.met[p] = scoreUnit
		}
	}
	return s
}

// domainsOf lists the questions of every domain.
func domainsOf(shape model.Shape) [][]int {
	all := make([][]int, len(shape.Domains))
	for q, d := range shape.DomainOf() {
		all[d] = append(all[d], q)
	}
	return all
}

// findPlaces: the place of a score Σx/m is the number of thresholds strictly below it.
// A threshold is a whole number of quarter levels, so that this is exact.
func (r *defined) findPlaces() {
	place := func(sum, count int64) int {
		if count == 0 {
			return -1
		}
		below := 0
		for _, quarter := range r.quarters {
			if quarter*count < 4*sum {
				below++
			}
		}
		return below
	}
	for d := range r.s.domains {
		r.places = append(r.places, place(r.s.domains[d].sum, r.s.domains[d].count))
	}
	r.places = append(r.places, place(r.s.total, r.s.count))
}

// clip: h and λ are the largest factors that keep ‖e(r)‖ ≤ R, the tail clipped before the
// head; [Encoding.factors] says so exactly, and proves it.
func (r *defined) clip() {
	notStated := uint64(0)
	for j, value := range r.attributes {
		if value == 0 {
			notStated = addUp(notStated, r.weights.notStated[j])
		}
	}
	f := r.factors(r.s, r.places, notStated)
	r.h, r.lambda = int64(f.head), int64(f.tail)
}

// companies: a company counts 1, and 1 once more for every attribute that it does not state.
func (r *defined) companies() {
	r.c[r.layout.companies] = r.h
	for j, value := range r.attributes {
		if value == 0 {
			r.c[r.layout.notStated+j] = r.h
		}
	}
}

// levels: the overall score s less the public centre; the offset s_d − s of the
// score of every domain d with an answer, and 1 for every domain without one. What
// h multiplies is rounded towards zero.
func (r *defined) levels() {
	r.c[r.layout.overall] = r.h * (r.s.score - r.center) / scoreUnit
	for d, sums := range r.s.domains {
		if sums.count == 0 {
			r.c[r.layout.empty+d] = r.h
		} else {
			r.c[r.layout.offsets+d] = r.h * (sums.score - r.s.score) / scoreUnit
		}
	}
}

// usable: the share of the questions of a domain that carry no contrast.
func (r *defined) usable() {
	for d, sums := range r.s.domains {
		size := int64(r.layout.shape.Domains[d])
		r.c[r.layout.unusable+d] = r.h * (scoreUnit * (size - sums.usable) / size) / scoreUnit
	}
}

// profiles: 1 for a profile that the response meets, less the public share of the
// companies that do.
func (r *defined) profiles() {
	for p, met := range r.s.met {
		r.c[r.layout.profiles+p] = r.h * (met - r.weights.profiles[p].center) / scoreUnit
	}
}

// contrasts: of an answered question λ·g(m)·(x − s) with s = Σx/m the company's own
// score of the domain and
//
//	g(m) = m/(m−1) · (size−1)/size,
//
// which makes its expectation over a random subset of m answers equal to the
// contrast against all questions of the domain: leaving answers out does not
// shrink it. In integers it is κ·(m·x − Σx) with κ = ⌊λ·(size−1)/(m−1)⌋ in
// units of clipUnit·size, and κ = 0 for m = 1. The features are by level, so that any
// polynomial of the level can be weighed instead of x: κ·(m·1{x = l} − answers at l).
func (r *defined) contrasts() {
	levels := r.layout.shape.Levels
	for d, questions := range domainsOf(r.layout.shape) {
		sums, kappa := &r.s.domains[d], int64(0)
		if sums.count > 1 {
			kappa = r.lambda * int64(len(questions)-1) / (sums.count - 1)
		}
		for _, q := range questions {
			if r.answers[q] == 0 {
				continue
			}
			at := r.c[r.layout.contrasts+q*levels:][:levels]
			for level, n := range sums.hist {
				at[level] = -kappa * n
			}
			at[r.answers[q]-1] += kappa * sums.count
		}
	}
}

// skips: the domain's usable answers, less its questions where this one is among the usable
// answers. Over the questions of a domain it sums to zero.
func (r *defined) skips() {
	for d, questions := range domainsOf(r.layout.shape) {
		sums := &r.s.domains[d]
		for _, q := range questions {
			used := int64(0)
			if sums.usable > 0 && r.answers[q] != 0 {
				used = int64(len(questions))
			}
			r.c[r.layout.skips+q] = r.lambda * (sums.usable - used)
		}
	}
}

// answersOfDomains: the shares of the answers of a domain at each level, as τ times their
// number with τ = ⌊λ·size/m⌋ in units of clipUnit·size.
func (r *defined) answersOfDomains() {
	levels := r.layout.shape.Levels
	for d, sums := range r.s.domains {
		if sums.count == 0 {
			continue
		}
		tau := r.lambda * int64(r.layout.shape.Domains[d]) / sums.count
		for level, n := range sums.hist {
			r.c[r.layout.domains+d*levels+level] = tau * n
		}
	}
}

// scoreDistributions: λ at the place of every score. [Encoding.Encode] makes a distribution
// function of it.
func (r *defined) scoreDistributions() {
	for a, place := range r.places {
		if place >= 0 {
			r.c[r.layout.bins+a*(r.layout.thresholds+1)+place] = r.lambda
		}
	}
}

// squaredScores: (score − centre)² less its public mean, of every score that the
// company has. What λ multiplies is rounded towards zero.
func (r *defined) squaredScores() {
	for a := range r.squares {
		r.c[r.layout.squares+a] = r.lambda * r.square(r.s, a) / clipUnit
	}
}

// clipped: 1 − λ.
func (r *defined) clipped() {
	r.c[r.layout.clipped] = clipUnit - r.lambda
}
