package estimate

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// scoreReading is the block of distribution functions cut to one score: row ×
// threshold, per company that has the score.
type scoreReading struct {
	score    int
	mean     float64 // of all
	variance float64 // posterior variance of it
	public   float64 // standard deviation of the levels in the public model
	top      float64 // highest score

	at     []float64 // thresholds
	middle []float64 // where a distribution function without jumps has the values at the thresholds
	warp   warp      // from levels, which are normal, to scores
	place  []float64 // levels of the thresholds
	square squareReading
	untold float64     // see fewTell
	jagged float64     // of scores that lie unevenly: see jump; else 0
	step   float64     // of the scores, if several thresholds lie in one; else 0
	y      [][]float64 // sums of 1{score ≤ t} − reference
	sd     []float64   // noise per row, before noise is applied; +Inf unmeasured
	noise  *mat.SymDense
	lost   *mat.SymDense // covariance of what clipping does to the distribution function
	weight []float64     // by row: what that is multiplied by
	h      *mat.Dense    // row × cohort: companies
	ref    []float64     // reference distribution function
	reach  *mat.SymDense
}

// scoreReading is that of a score of which the mean of all is known up to a
// variance.
func (s *setting) scoreReading(score int, mean, variance float64) scoreReading {
	data := s.Measured[model.ScoreCDF]
	public := s.Design.Public
	r := scoreReading{
		score: score, mean: mean, variance: variance, top: s.top,
		at: s.Shape.Thresholds(), ref: public.CDF[score], noise: public.ScoreNoise[score], untold: s.fewTell(score),
	}
	kept, present := s.rates.kept[model.TailTier], 1.0
	if score < len(s.Shape.Domains) {
		present = s.rates.present[score]
		if s.Shape.Domains[score] <= mostOnLattice {
			r.step = coarse(s.lattice(score), r.at[0])
		}
	}
	if r.step == 0 && s.Shape.Weighted() {
		r.jagged = s.jump(score)
	}
	r.middle = places(r.at, r.step)
	if r.step == 0 {
		r.middle = s.middles(score, r.at)
	}
	r.warp, r.square = s.scoreWarp(score), s.squareReading(score)
	r.public = r.warp.levelSpread(clamp(public.Center, centralMargin*s.top, (1-centralMargin)*s.top), public.ScoreSD[score])
	for _, at := range r.middle {
		r.place = append(r.place, r.warp.level(at, 0))
	}
	j := len(r.at)
	expected := make([]float64, j)
	if len(s.Design.Tail.CDF) > 0 {
		for t, v := range s.Design.Tail.CDF[score] {
			expected[t] = s.rates.asExpected(s.Design.Clipped[model.TailTier], model.TailTier) * v / kept
		}
	}
	shift, lost := s.restFunction(score, r.ref, r.noise, expected)
	r.lost = lost
	divisor := kept * present
	for row := range data.Y {
		y, in := make([]float64, j), s.companiesIn(data, row)
		for t := range y {
			y[t] = data.Y[row][score*j+t]/divisor + shift[t]/present*in
		}
		r.y = append(r.y, y)
		r.sd = append(r.sd, data.SD[row][score*j]/divisor)
		apart := 0.0 // segments may lose more or less
		for g, n := range s.sizes.count {
			if row > 0 {
				apart += square(data.Weights.At(row, g) * n)
			}
		}
		r.weight = append(r.weight, (square(in)+restApart*apart)/square(present))
	}
	if len(r.y) > 0 {
		n := s.Shape.Cohorts()
		r.h = mat.NewDense(len(r.y), n, nil)
		for row := range r.y {
			for g := range n {
				r.h.Set(row, g, data.Weights.At(row, g)*s.sizes.count[g])
			}
		}
	}
	r.reach = mat.NewSymDense(j, nil)
	for a := range j {
		for b := a; b < j; b++ {
			r.reach.SetSym(a, b, math.Exp(-square((r.place[a]-r.place[b])/(shapeLength*s.unit))/2))
		}
	}
	return r
}

// any says whether anything was measured.
func (r scoreReading) any() bool { return slices.ContainsFunc(r.sd, measured) }

// coarse is the step of a domain's scores if every step holds at least two thresholds,
// and else 0: the scores are then as good as continuous.
func coarse(step, spacing float64) float64 {
	if step >= 2*spacing {
		return step
	}
	return 0
}

// lattice is the step of the scores of companies that answered everything: 1 over the
// questions, or a step of the values over their weight.
func (s *setting) lattice(score int) float64 {
	num, den := s.stepIn(score)
	return float64(num) / float64(den*s.size(score))
}

// jump is by how much the scores of companies that answered everything differ by one answer, on average over
// the answers' weights and the levels. Where all count the same scores lie evenly, and it is the lattice.
// With weights they do not: the lattice is far finer than the jumps of a distribution function.
func (s *setting) jump(score int) float64 {
	if !s.Shape.Weighted() {
		return s.lattice(score)
	}
	at, overall := s.Shape.Positions(), score == len(s.Shape.Domains)
	if !overall {
		at = s.Shape.PositionsIn(score)
	}
	var weights, squares float64
	for q, d := range s.domainOf {
		w := float64(s.Shape.Weight(q))
		if overall {
			w *= float64(s.Shape.DomainWeight(d))
		} else if d != score {
			continue
		}
		weights, squares = weights+w, squares+w*w
	}
	return (at[len(at)-1] - at[0]) / float64(len(at)-1) * squares / square(weights)
}

// stepIn is the step of what answers of a score count.
func (s *setting) stepIn(score int) (num, den int) {
	if score < len(s.Shape.Domains) {
		return s.Shape.StepIn(score)
	}
	return s.Shape.Step()
}

// endSteps are by how much one answer of mean weight, at the level next to the lowest or
// the highest, moves a score away from that end. Few companies lie between: where answers
// have weights the lattice is finer, but as many companies as without them give
// no answer but the lowest.
func (s *setting) endSteps(score int) [2]float64 {
	questions, at := s.Shape.Questions(), s.Shape.Positions()
	if score < len(s.Shape.Domains) {
		questions, at = s.Shape.Domains[score], s.Shape.PositionsIn(score)
	}
	n := float64(questions)
	return [2]float64{(at[1] - at[0]) / n, (at[len(at)-1] - at[len(at)-2]) / n}
}

// size is the weight of the questions of a score.
func (s *setting) size(score int) int {
	if score < len(s.Shape.Domains) {
		return s.Shape.Sizes()[score]
	}
	return s.Shape.Size()
}

// places are the thresholds, or on a coarse lattice the middle between the last
// score that is not above the threshold and the next: there a normal variable
// that is rounded to the lattice changes over.
func places(thresholds []float64, step float64) []float64 {
	if step == 0 {
		return thresholds
	}
	out := make([]float64, len(thresholds))
	for i, t := range thresholds {
		out[i] = (math.Floor(t/step+1e-9) + 0.5) * step
	}
	return out
}

// middles are the same for scores that are as good as continuous. The score of a
// company with m answers lies on a lattice of step 1/m: a threshold counts
// everything up to the middle between the last score that is not above it and the
// next, on average over the numbers of answers, which are binomial.
func (s *setting) middles(score int, thresholds []float64) []float64 {
	questions, first := s.Shape.Questions(), 0
	if score < len(s.Shape.Domains) {
		for _, n := range s.Shape.Domains[:score] {
			first += n
		}
		questions = s.Shape.Domains[score]
	}
	// With weights as if all questions had the same, in finer steps of the values.
	num, den := s.stepIn(score)
	finer := float64(den*s.size(score)) / float64(num*questions)
	answered := floats.Sum(s.rates.usable[first:first+questions]) / float64(questions)
	out := make([]float64, len(thresholds))
	answers := distuv.Binomial{N: float64(questions), P: min(answered, 1-1e-9)}
	var total float64
	for m := 1; m <= questions; m++ {
		weight := answers.Prob(float64(m))
		total += weight
		for i, t := range thresholds {
			out[i] += weight * (math.Floor(t*float64(m)*finer+1e-9) + 0.5) / (float64(m) * finer)
		}
	}
	floats.Scale(1/total, out)
	for i := 1; i < len(out); i++ { // no score may lie between two thresholds
		out[i] = max(out[i], out[i-1]+leastGap*(thresholds[i]-thresholds[i-1]))
	}
	return out
}

// squareReading is what was measured of a score's mean square distance from the
// centre; its noise is infinite where nothing was.
type squareReading struct{ center, value, sd float64 }

func (s *setting) squareReading(score int) squareReading {
	r := squareReading{center: s.Design.Public.Center, sd: math.Inf(1)}
	m := s.Measured[model.Squares]
	if len(m.SD) == 0 || !measured(m.SD[0][score]) {
		return r
	}
	kept, n, present := s.rates.kept[model.TailTier], s.sizes.divisor(0), 1.0
	if score < len(s.Shape.Domains) {
		present = s.rates.present[score]
	}
	var expected float64
	if len(s.Design.Tail.Squares) > 0 {
		expected = s.rates.asExpected(s.Design.Clipped[model.TailTier], model.TailTier) * s.Design.Tail.Squares[score] / kept
	}
	lost := s.restOf(model.Squares, []int{score}, []float64{expected}, 1)
	above := (m.Y[0][score]/n/kept + lost.shift[0]) / present
	r.value = s.Design.Public.ScoreSquare[score] + above
	noise := m.SD[0][score] / n / kept / present
	r.sd = math.Sqrt(square(noise) + lost.variance[0]/square(present) + square(above*(s.sizes.relative[0]+s.rates.keptSD)))
	return r
}

// fit is the log-likelihood of the reading when scores have a mean, known up to a
// variance, and levels a spread.
func (r squareReading) fit(w warp, mean, variance, spread float64) float64 {
	if !measured(r.sd) {
		return 0
	}
	distance := mean - r.center
	expected := w.variance(w.level(mean, spread), spread) + square(distance)
	return -square(r.value-expected) / (square(r.sd) + 4*square(distance)*variance + 2*square(variance)) / 2
}

// distributed is a distribution function at the thresholds, and by how much it falls when
// the mean rises.
type distributed struct{ f, density []float64 }

// expected is that of scores with a mean, when levels spread by sd.
func (r scoreReading) expected(mean, sd float64) distributed {
	return r.expectedOf(r.warp.level(mean, sd), sd)
}

// expectedOf is that of scores whose levels have a mean and spread by sd.
func (r scoreReading) expectedOf(level, sd float64) distributed {
	levels := stats.Normal{Mean: level, SD: sd}
	f, density := make([]float64, len(r.place)), make([]float64, len(r.place))
	for t, at := range r.place {
		f[t], density[t] = levels.CDF(at), levels.Density(at)
	}
	slope := max(r.warp.slope(level, sd), leastSlope)
	for t := range density {
		density[t] /= slope
	}
	return distributed{f, density}
}
