package conformance_test

import (
	"math/big"

	"maturitybench/benchmark/internal/encode"
)

// scaleWeight is the largest squared norm that scales, one a row, give to one sheet.
func (r *reference) scaleWeight(scale []int64) *big.Int {
	total := new(big.Int)
	for group := range len(r.shape.Attributes) + 1 {
		values := 1
		if group > 0 {
			values = r.shape.Attributes[group-1]
		}
		largest := new(big.Int)
		for v := 1; v <= values; v++ {
			all := make([]int, len(r.shape.Attributes))
			for j := range all {
				all[j] = v
			}
			sum := new(big.Int)
			for i, row := range r.rows {
				if row.group == group {
					x := number(scale[i], row.weight(all))
					sum.Add(sum, times(x, x))
				}
			}
			if sum.Cmp(largest) > 0 {
				largest = sum
			}
		}
		total.Add(total, largest)
	}
	return total
}

// weightOf is |f| of a feature, 0 if the file does not have it.
func (r *reference) weightOf(block string, index int) *big.Int {
	for _, f := range r.full.Features {
		if f.Block == block && f.Index == index {
			return r.scaleWeight(f.Scale)
		}
	}
	return new(big.Int)
}

// up is U(w, x), and with a factor U(w, g, x).
func (r *reference) up(w, x *big.Int, g ...*big.Int) *big.Int {
	for _, g := range g {
		x = ceilDiv(times(x, g), number(1<<8))
	}
	return ceilDiv(times(w, x), number(r.norm))
}

func square(x int64) *big.Int { return number(x, x) }

// fixed is the norm of what is never clipped.
func (r *reference) fixed(s sheet) *big.Int {
	presence := r.weightOf("companies", 0)
	for j, v := range s.values {
		if v == 0 {
			presence = plus(presence, r.weightOf("not_stated", j))
		}
	}
	total := r.up(presence, square(r.s))
	for d, answers := range s.answers {
		m, n := count(answers), int64(len(answers))
		if m == 0 {
			total = plus(total, r.up(r.weightOf("empty", d), square(r.s)))
			continue
		}
		total = plus(total, r.up(r.weightOf("unusable", d), square(r.s*(n-m)/n)),
			r.up(r.weightOf("skips", r.firstOf[d]), number(n, m, n-m)))
	}
	return total
}

// norms are those of the tiers, of the blocks themselves or of their rests.
func (r *reference) norms(s sheet, prefix string, scores encode.DescribedScores) (k [tiers]*big.Int) {
	k[levelTier] = r.up(r.weightOf(prefix+"overall", 0), square(r.overall(s)-r.full.Center))
	k[segmentsTier] = r.up(r.weightOf(prefix+"segments", 0), square(r.overall(s)-r.full.Center))
	k[offsetsTier], k[tailTier] = new(big.Int), r.scoreNorm(s, scores)
	for d := range s.answers {
		k[offsetsTier] = plus(k[offsetsTier], r.up(r.weightOf(prefix+"offsets", d), square(r.offset(s, d))))
		k[tailTier] = plus(k[tailTier], r.tail(s, d, prefix))
	}
	for p := range r.shape.Profiles {
		k[offsetsTier] = plus(k[offsetsTier], r.up(r.weightOf(prefix+"profiles", p), square(r.met(s, p))))
	}
	for a := range r.scores(s) {
		k[tailTier] = plus(k[tailTier], r.up(r.weightOf(prefix+"squares", a), square(r.square(s, a))))
	}
	return k
}

// scoreNorm is that of the score distributions.
func (r *reference) scoreNorm(s sheet, scores encode.DescribedScores) *big.Int {
	u, total := r.distribution(scores, s), new(big.Int)
	for _, g := range scores.Groups {
		scale, next := make([]int64, len(r.rows)), 0
		for i, row := range r.rows {
			if row.group == g.Group {
				scale[i] = g.Scale[next]
				next++
			}
		}
		lines := new(big.Int)
		for _, line := range g.Whitening {
			sum := new(big.Int)
			for i, w := range line {
				sum.Add(sum, number(w, u[i]))
			}
			lines.Add(lines, times(sum, sum))
		}
		total.Add(total, times(r.scaleWeight(scale), lines))
	}
	return total
}

// tail is T_d.
func (r *reference) tail(s sheet, d int, prefix string) *big.Int {
	answers := s.answers[d]
	m, n := count(answers), int64(len(answers))
	if m == 0 {
		return new(big.Int)
	}
	w, whole := weights(answers)
	g, gg := ceilDiv(number(1<<28, whole, whole), number(m)), ceilDiv(number(1<<28, whole, whole), number(w, w))
	total := new(big.Int)
	add := func(question, domain *big.Int, p []int64, center int64) {
		sum, weighted, squares := sums(answers, p)
		distance := square(r.p*weighted - w*center)
		around := r.up(question, number(r.p*r.p, m*squares-sum*sum), g)
		if r.shape.Weights != nil || r.shape.DomainWeights != nil {
			around = r.up(question, number(r.p*r.p, w*w*squares-2*w*weighted*sum+m*weighted*weighted), gg)
		}
		total = plus(total, around, r.up(question, times(number(n-m), distance), gg), r.up(domain, distance, gg))
	}
	orders := len(r.full.Shapes)
	add(r.weightOf(prefix+"contrasts", r.firstOf[d]), new(big.Int), counted(r.shape), r.full.LevelCenter)
	for k, p := range r.full.Shapes {
		add(r.weightOf(prefix+"question_shape", r.firstOf[d]*orders+k), r.weightOf(prefix+"domain_shape", d*orders+k), p.Values, p.Center)
	}
	return total
}

// factors are those of a sheet; false if there are none.
func (r *reference) factors(s sheet) (f factors, ok bool) {
	whole := factors{kept: [tiers]int64{r.c, r.c, r.c, r.c}}
	budget := ceilDiv(number(r.bound, r.bound), number(r.norm))
	fixed, kept := r.fixed(s), r.norms(s, "", r.full.Kept)
	if plus(fixed, kept[0], kept[1], kept[2], kept[3]).Cmp(budget) <= 0 {
		return whole, true
	}
	rest := r.norms(s, "rest_", r.full.Rest)
	room := [tiers]*big.Int{}
	for t, name := range []string{"clipped_level", "clipped_offsets", "clipped_segments", "clipped_tail"} {
		room[t] = r.up(r.weightOf(name, 0), square(r.c))
	}
	unit := square(r.c)
	fits := func(f factors) bool {
		total := fixed
		for t := range tiers {
			lost := r.c - f.kept[t]
			total = plus(total, ceilDiv(times(kept[t], square(f.kept[t])), unit),
				ceilDiv(times(room[t], square(lost)), unit), ceilDiv(times(rest[t], square(f.rest[t])), unit))
		}
		return total.Cmp(budget) <= 0
	}
	try := func(of func(t int) int64) (factors, bool) {
		f := whole
		for t := tiers - 1; t >= 0; t-- {
			if kept[t].Sign() == 0 {
				continue
			}
			rho := of(t)
			set := func(to int64) factors {
				next := f
				next.kept[t], next.rest[t] = to, (r.c-to)*rho/r.c
				return next
			}
			least, lost := int64(0), plus(room[t], ceilDiv(times(rest[t], square(rho)), unit))
			if lost.Sign() > 0 {
				least = min(r.c-1, new(big.Int).Quo(times(lost, number(r.c)), plus(kept[t], lost)).Int64())
			}
			if f = set(least); !fits(f) {
				continue
			}
			for step := r.c / 2; step > 0; step /= 2 {
				if to := f.kept[t] + step; to < r.c && fits(set(to)) {
					f = set(to)
				}
			}
			return f, true
		}
		return factors{}, false
	}
	for _, level := range []bool{false, true} { // whether the rest of the level shrinks, too
		for rho := r.c; ; rho = rho * 7 / 8 {
			f, ok := try(func(t int) int64 {
				if t == levelTier && !level {
					return r.c
				}
				return rho
			})
			if ok {
				return f, true
			}
			if rho == 0 {
				break
			}
		}
	}
	return factors{}, false
}
