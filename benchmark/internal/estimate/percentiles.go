package estimate

import (
	"math"
	"slices"

	"maturitybench/stats"
)

// percentiles fills in the percentiles of the domain scores and of the overall
// score, if any are asked for.
func (s *setting) percentiles(overall, domains levels, questions [][]tails, out []Cohort) {
	if len(s.Percentiles) == 0 {
		return
	}
	last := len(s.Shape.Domains)
	var readings []scoreReading
	for d, size := range s.Shape.Domains {
		if size > 1 {
			readings = append(readings, s.scoreReading(d, domains.value[0][d], domains.variance[0][d]))
		}
	}
	readings = append(readings, s.scoreReading(last, overall.value[0][0], overall.variance[0][0]))
	branches := s.spreads(readings)
	first, at := 0, 0
	for d, size := range s.Shape.Domains {
		f := s.singleQuestion(questions, d, first)
		if size > 1 {
			f = s.scoreFunctions(readings[at], branches, at, s.jump(d), domains, d)
		}
		numbers := s.invert(f, s.Design.Public.ScoreSD[d], column(domains.prior, d))
		if size > 1 {
			s.groupsAlike(numbers, scoreVariance(readings[at], branches, at), domains, d)
			at++
		}
		first += size
		for g, numbers := range numbers {
			out[g].Domains[d].Percentiles = s.agreeing(numbers, out[g].Domains[d].Mean)
		}
	}
	f := s.scoreFunctions(readings[at], branches, at, s.jump(last), overall, 0)
	numbers := s.invert(f, s.Design.Public.ScoreSD[last], column(overall.prior, 0))
	s.groupsAlike(numbers, scoreVariance(readings[at], branches, at), overall, 0)
	for g, numbers := range numbers {
		out[g].Overall.Percentiles = s.agreeing(numbers, out[g].Overall.Mean)
	}
}

// agreeing takes the information from a family of percentiles that contradicts the
// mean, which is known far better: one below the median lies above the mean, or one
// above the median below it (see contradiction).
func (s *setting) agreeing(numbers []Number, mean Number) []Number {
	contradicts := map[int]bool{}
	for i, p := range s.Percentiles {
		n := numbers[i]
		if p.P < 0.5 && n.Value-mean.Value > contradiction*n.Error || p.P > 0.5 && mean.Value-n.Value > contradiction*n.Error {
			contradicts[p.Family] = true
		}
	}
	for i, p := range s.Percentiles {
		if contradicts[p.Family] {
			numbers[i].Information = 0
		}
	}
	return numbers
}

func column(x [][]float64, i int) []float64 {
	out := make([]float64, len(x))
	for g, row := range x {
		out[g] = row[i]
	}
	return out
}

// functions are one score's distribution functions as a mixture over its spread.
type functions struct {
	points   []float64 // ascending; the lowest is 0, the highest is below the top of the scale
	step     float64   // of the scores, if they lie on the points only; else 0
	lattice  float64   // otherwise: step of the scores of companies that answered everything, see jump
	mixtures []mixture
}

// mixture is one component: cohort × point, with the variances of Error and of
// the intervals.
type mixture struct {
	weight, wideWeight float64
	broken             bool // see deviation
	value, plain, wide [][]float64
	left               [][]float64 // of a deviation that is more than faint: the share of its variance that no reading removed, by cohort × threshold
}

// singleQuestion is the distribution of the answers to a domain's only question.
func (s *setting) singleQuestion(questions [][]tails, d, q int) functions {
	f := functions{step: 1, mixtures: []mixture{{weight: 1, wideWeight: 1}}}
	f.points = s.Shape.PositionsIn(d)[:len(questions[0][q].value)]
	m := &f.mixtures[0]
	for _, row := range questions {
		below := make([]float64, len(f.points))
		for l, tail := range row[q].value {
			below[l] = 1 - tail
		}
		m.value = append(m.value, below)
		m.plain = append(m.plain, row[q].plain)
		m.wide = append(m.wide, row[q].wide)
	}
	return f
}

// scoreFunctions is the posterior of the distribution functions of a score on a lattice,
// whose means are an item of the levels, under the possible
// deviations and spreads. The values use the wide variances of the means.
func (s *setting) scoreFunctions(r scoreReading, branches []branch, at int, lattice float64, means levels, item int) functions {
	f := functions{points: r.at, step: r.step, lattice: lattice}
	ends := r.warp.ends(s.top, s.endSteps(r.score))
	for _, b := range branches {
		if max(b.weight, b.wide) < leastSpreadWeight {
			continue
		}
		s.shape = b.deviation
		for _, sp := range b.spreads[at] {
			m := s.mixture(r, sp, ends, means, item)
			m.weight, m.wideWeight = b.weight*sp.weight, b.wide*sp.wide
			f.mixtures = append(f.mixtures, m)
		}
	}
	if f.step == 0 {
		f.points = append(append([]float64{0}, r.middle...), s.top)
		return f
	}
	return f.onLattice()
}

// mixture is the component of one spread, with the levels at which scores become an end of the scale.
func (s *setting) mixture(r scoreReading, sp levelSpread, ends [2]float64, means levels, item int) mixture {
	mean, plain, wide := column(means.value, item), column(means.variance, item), column(means.wide, item)
	p := s.newProcess(r, sp, mean)
	broad := p.distribution(sp, wide)
	m := mixture{broken: s.shape.broken > 0, wide: broad.variance, plain: grid(len(mean), len(r.at))}
	narrow := broad
	if !slices.Equal(plain, wide) {
		narrow = p.distribution(sp, plain)
	}
	for g := range mean {
		m.value = append(m.value, stats.MonotoneCDF(broad.value[g], nil))
		copy(m.plain[g], narrow.variance[g])
		if !s.shape.faint() {
			m.left = append(m.left, make([]float64, len(r.at)))
			for t, v := range broad.variance[g] {
				m.left[g][t] = min(v/broad.away[t], 1)
			}
		}
		if r.step == 0 {
			m.addEnds(g, r, ends, stats.Normal{Mean: p.level[g], SD: sp.value})
		}
	}
	return m
}

// addEnds adds the distribution function at the lowest score and just below the
// highest: scores at the very ends of the scale are the share of those beyond the
// outermost thresholds that a normal variable has there that is rounded to the score's
// steps at the ends, give or take a doubt: how many of them gave nothing but the lowest answer is not measured.
func (m *mixture) addEnds(g int, r scoreReading, at [2]float64, levels stats.Normal) {
	last := len(r.at) - 1
	lowest := ratio(levels.CDF(at[0]), levels.CDF(r.place[0]))
	highest := ratio(levels.Tail(at[1]), levels.Tail(r.place[last]))
	v := m.value[g]
	doubt := endDoubt
	if m.broken { // those beyond an outermost threshold may all be at the end, or none
		lowest, highest, doubt = 0.5, 0.5, 1
	}
	low, high := square(doubt*v[0])*lowest*(1-lowest), square(doubt*(1-v[last]))*highest*(1-highest)
	ends := func(x []float64, first, final float64) []float64 {
		return append(append([]float64{first}, x...), final)
	}
	m.value[g] = ends(v, lowest*v[0], 1-highest*(1-v[last]))
	for _, x := range [][][]float64{m.plain, m.wide} {
		x[g] = ends(x[g], square(lowest)*x[g][0]+low, square(highest)*x[g][last]+high)
	}
}

// unread is the share of a deviation's variance that no reading removed where a
// percentile lies; 0 of one that is faint.
func (m *mixture) unread(g int, f functions, at float64) float64 {
	if len(m.left) == 0 {
		return 0
	}
	points := f.points
	if f.step == 0 { // without the ends
		points = points[1 : len(points)-1]
	}
	t, _ := slices.BinarySearch(points, at)
	return m.left[g][min(t, len(points)-1)]
}

// onLattice keeps one threshold for each score of a coarse lattice but the
// highest: the last one below the next score.
func (f functions) onLattice() functions {
	out := functions{step: f.step}
	var kept []int
	for t, at := range f.points {
		low := math.Floor(at/f.step+1e-9) * f.step
		if t+1 == len(f.points) || f.points[t+1] > low+f.step-1e-9 {
			kept = append(kept, t)
			out.points = append(out.points, low)
		}
	}
	pick := func(x [][]float64) [][]float64 {
		y := grid(len(x), len(kept))
		for g := range x {
			for i, t := range kept {
				y[g][i] = x[g][t]
			}
		}
		return y
	}
	for _, m := range f.mixtures {
		out.mixtures = append(out.mixtures, mixture{m.weight, m.wideWeight, m.broken, pick(m.value), pick(m.plain), pick(m.wide), pick(m.left)})
	}
	return out
}

// invert turns distribution functions into percentiles, by cohort.
func (s *setting) invert(f functions, publicSD float64, prior []float64) [][]Number {
	out := make([][]Number, len(prior))
	for g := range out {
		plain, wide := make([]*quantile, len(s.Percentiles)), make([]*quantile, len(s.Percentiles))
		empty := newQuantile(f.points, s.top, f.step)
		for i := range s.Percentiles {
			plain[i], wide[i] = empty.another(), empty.another()
		}
		for _, m := range f.mixtures {
			value, variances := empty.between(m.value[g], [2][]float64{m.plain[g], m.wide[g]}, f.lattice, s.sizes.divisor(g))
			same := slices.Equal(variances[0], variances[1])
			sd := [2][]float64{deviations(variances[0]), deviations(variances[1])}
			for i, p := range s.Percentiles {
				reached := empty.reached(value, sd[0], p.P, m.broken)
				plain[i].add(m.weight, reached)
				if !same {
					reached = empty.reached(value, sd[1], p.P, m.broken)
				}
				wide[i].add(m.wideWeight, reached)
			}
		}
		for i, p := range s.Percentiles {
			n := s.percentile(plain[i], wide[i])
			// What the public model alone says of a percentile is its mean and, but
			// for the median, its spread.
			z := stats.NormalQuantile(p.P)
			if !s.SpreadUnknown {
				n.Information = removed(square(n.Error), prior[g]+square(z*spreadPrior*publicSD))
			}
			// Where companies may be anywhere, nor do the mean and the spread say it.
			for _, m := range f.mixtures {
				n.Information *= max(1-m.wideWeight*m.unread(g, f, n.Value), 0)
			}
			out[g] = append(out[g], n)
		}
	}
	return out
}

// percentile is the number that the distributions of a percentile give, plain for
// its value and Error and wide for its interval.
func (s *setting) percentile(plain, wide *quantile) Number {
	n := Number{Value: plain.mean(), Error: plain.sd()}
	n.Low, n.High = wide.interval(s.Z)
	if plain.steps { // a mean between scores does not leave the interval's only one
		n.Value = clamp(n.Value, n.Low, n.High)
	}
	n.Value = clamp(n.Value, 0, s.top)
	if !plain.steps { // where in the outermost intervals the companies lie is not measured
		first, last := wide.points[1], wide.points[len(wide.points)-2]
		if n.High < first {
			n.High = max(n.High, min(n.Low+endWidth*first, first))
		}
		if n.Low > last {
			n.Low = min(n.Low, max(n.High-endWidth*(s.top-last), last))
		}
	}
	n.Low, n.High = clamp(n.Low, 0, n.Value), clamp(n.High, n.Value, s.top)
	return n
}
