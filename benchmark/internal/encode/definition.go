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
	// v_t = cdfUnit·1{t ≥ i} − F0_t over the thresholds t. It counts f times, and the
	// vectors of all scores, one after the other, are whitened together.
	for _, p := range []struct {
		scores *scoreBlock
		bins   int
	}{{&e.kept.scores, e.layout.kept.bins}, {&e.rest.scores, e.layout.rest.bins}} {
		var v []int64
		for a := range p.scores.scores {
			at := make([]int64, p.scores.thresholds)
			for place, times := range c[p.bins+a*(len(at)+1):][:len(at)+1] {
				for t, x := range p.scores.vector(a, place) {
					at[t] += times * x
				}
			}
			v = append(v, at...)
		}
		for _, g := range p.scores.groups {
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
	}
	return out
}

// Features is c(r) of one response, in the layout of the encoding: small integers
// that contain the clipping factors. It is zero for a blank sheet.
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
	f, ok := r.factorsOf()
	if !ok {
		return r.c
	}
	r.counts(f)
	for _, p := range []struct {
		at    *part
		times [model.Tiers]uint64
	}{{&e.layout.kept, f.kept}, {&e.layout.rest, f.rest}} {
		r.part, r.times = p.at, p.times
		r.levels()
		r.metProfiles()
		r.contrasts()
		r.answersOfDomains()
		r.scoreDistributions()
		r.squaredScores()
	}
	return r.c
}

// defined is one response on its way through the definition.
type defined struct {
	*Encoding
	attributes, answers []byte
	s                   *sheetSums
	places              []int               // of every score among the thresholds, −1 without the score
	part                *part               // the features that are written
	times               [model.Tiers]uint64 // how often they count, by tier, in clipUnit
	c                   []int64
}

// plainSums are the sums of one response, counted answer by answer: in every
// domain m, and of what the answers count, x steps, Σx and Σx²; the answers at each level;
// the weight of the answers Σw, Σw·x, and the weights at each level. Scores are Σw·x/Σw steps, in
// levels, to the nearest 1/scoreUnit, halves upwards, and 0 without answers.
func plainSums(shape model.Shape, answers []byte) *sheetSums {
	s := newSheetSums(shape)
	num, den := shape.Step()
	mean := func(sum, weight int64) int64 {
		if weight == 0 {
			return 0
		}
		return (2*scoreUnit*sum*int64(num) + weight*int64(den)) / (2 * weight * int64(den))
	}
	for d, questions := range domainsOf(shape) {
		sums := &s.domains[d]
		for _, q := range questions {
			if answers[q] == 0 {
				continue
			}
			level, w := int(answers[q])-1, int64(shape.Weight(q))
			x := int64(shape.Value(level))
			sums.count++
			sums.square += x * x
			sums.hist[level]++
			if shape.Weighted() {
				sums.plain += x
				sums.weights[level] += w
			}
			sums.weight += w
			sums.sum += w * x
		}
		sums.score = mean(sums.sum, sums.weight)
		s.count += sums.count
		s.weight += int64(shape.DomainWeight(d)) * sums.weight
		s.total += int64(shape.DomainWeight(d)) * sums.sum
	}
	s.score = mean(s.total, s.weight)
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

// findPlaces: the place of a score Σw·x/Σw is the number of thresholds strictly below it.
// A threshold is a whole number of quarter levels, so that this is exact.
func (r *defined) findPlaces() {
	num, den := r.layout.shape.Step()
	place := func(sum, weight int64) int {
		if weight == 0 {
			return -1
		}
		below := 0
		for _, quarter := range r.quarters {
			if quarter*weight*int64(den) < 4*sum*int64(num) {
				below++
			}
		}
		return below
	}
	for d := range r.s.domains {
		r.places = append(r.places, place(r.s.domains[d].sum, r.s.domains[d].weight))
	}
	r.places = append(r.places, place(r.s.total, r.s.weight))
}

// factorsOf: how often the features of the tiers count, 1 or less each, such that
// ‖e(r)‖ ≤ R; [Encoding.factors] says so exactly, and proves it.
func (r *defined) factorsOf() (factors, bool) {
	notStated := uint64(0)
	for j, value := range r.attributes {
		if value == 0 {
			notStated = addUp(notStated, r.fixed.notStated[j])
		}
	}
	return r.factors(r.s, r.places, notStated)
}

// counts: what is never clipped. A company counts 1, and 1 once more for every attribute
// that it does not state; 1 for every domain without an answer; the share of the
// questions left out of any other domain; and of every question of that, the answers in
// the domain less its questions where this one is answered, which sums to zero over
// them. Last, 1 − f for every tier.
func (r *defined) counts(f factors) {
	r.c[r.layout.companies] = scoreUnit
	for j, value := range r.attributes {
		if value == 0 {
			r.c[r.layout.notStated+j] = scoreUnit
		}
	}
	for d, questions := range domainsOf(r.layout.shape) {
		m, size := r.s.domains[d].count, int64(len(questions))
		if m == 0 {
			r.c[r.layout.empty+d] = scoreUnit
			continue
		}
		r.c[r.layout.unusable+d] = scoreUnit * (size - m) / size
		for _, q := range questions {
			r.c[r.layout.skips+q] = m
			if r.answers[q] != 0 {
				r.c[r.layout.skips+q] -= size
			}
		}
	}
	for t, kept := range f.kept {
		r.c[r.layout.clipped+t] = clipUnit - int64(kept)
	}
}

// scaled is a feature of a tier times its factor, rounded towards zero.
func (r *defined) scaled(t model.Tier, x int64) int64 { return int64(r.times[t]) * x / clipUnit }

// levels: the overall score s less the public centre, once for all companies and once
// for the values of attributes; and the offset s_d − s of the
// score of every domain d; of a domain without an answer the centre less s, so that the two
// together, over all companies, are Σ (s_d − centre) of those with an answer.
func (r *defined) levels() {
	r.c[r.part.overall] = r.scaled(model.LevelTier, r.s.score-r.center)
	r.c[r.part.segments] = r.scaled(model.SegmentsTier, r.s.score-r.center)
	for d, sums := range r.s.domains {
		offset := r.center - r.s.score
		if sums.count > 0 {
			offset = sums.score - r.s.score
		}
		r.c[r.part.offsets+d] = r.scaled(model.OffsetsTier, offset)
	}
}

// metProfiles: 1 for a profile that the response meets, less the public share of the
// companies that do.
func (r *defined) metProfiles() {
	for p, met := range r.s.met {
		r.c[r.part.profiles+p] = r.scaled(model.OffsetsTier, met-r.profiles[p])
	}
}

// contrasts: x − s of an answered question, with s = Σw·x/Σw the company's own score of
// the domain, and centre − s of one that is left out although others of its domain are
// answered: together with the scores of the domain, over all companies, they are
// Σ (x − centre) of those who answered the question, whoever they are. In integers it is
// κ·(W·x − Σw·x), or κ·(W·centre − Σw·x), with W = Σw and κ = ⌊f·size/W⌋ in units of clipUnit·size,
// size the weight of the domain's questions. The features
// are by level, so that any function of the level can be weighed instead of x:
// κ·(W·1{x = l} − weights at l); and κ·W apart, in left, for a question left out.
func (r *defined) contrasts() {
	levels := r.layout.shape.Levels
	for d, questions := range domainsOf(r.layout.shape) {
		sums := &r.s.domains[d]
		if sums.count == 0 {
			continue
		}
		weight, weights := sums.atLevels()
		kappa := int64(r.times[model.TailTier]) * int64(r.layout.sizes[d]) / weight
		for _, q := range questions {
			at := r.c[r.part.contrasts+q*levels:][:levels]
			for level, w := range weights {
				at[level] = -kappa * w
			}
			if r.answers[q] == 0 {
				r.c[r.part.left+q] = kappa * weight
			} else {
				at[r.answers[q]-1] += kappa * weight
			}
		}
	}
}

// answersOfDomains: the shares of the answers of a domain at each level, as κ times their
// weight.
func (r *defined) answersOfDomains() {
	levels := r.layout.shape.Levels
	for d, sums := range r.s.domains {
		if sums.count == 0 {
			continue
		}
		weight, weights := sums.atLevels()
		kappa := int64(r.times[model.TailTier]) * int64(r.layout.sizes[d]) / weight
		for level, w := range weights {
			r.c[r.part.domains+d*levels+level] = kappa * w
		}
	}
}

// scoreDistributions: f at the place of every score. [Encoding.Encode] makes a distribution
// function of it.
func (r *defined) scoreDistributions() {
	for a, place := range r.places {
		if place >= 0 {
			r.c[r.part.bins+a*(r.layout.thresholds+1)+place] = int64(r.times[model.TailTier])
		}
	}
}

// squaredScores: (score − centre)² less its public mean, of every score that the
// company has.
func (r *defined) squaredScores() {
	for a := range r.squares {
		r.c[r.part.squares+a] = r.scaled(model.TailTier, r.square(r.s, a))
	}
}
