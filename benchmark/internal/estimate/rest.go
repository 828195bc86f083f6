package estimate

import (
	"math"

	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// rest is the posterior of what clipping does to the means of some coordinates.
//
// Clipping multiplies a company's feature x by a factor f, so that Σ f·x divided by Σ f
// is a weighted mean of the companies. With p the mean of 1 − f it is off the mean of all
// by
//
//	β = p·(mean of x weighted by 1−f − mean of x weighted by f).
//
// The share p is measured, and so is the rest Σ (1−f)·x, with more noise: together
// they are a reading of β,
//
//	(Σ (1−f)·x − p/(1−p)·Σ f·x)/n.
//
// Before the data β is normal with a mean that the public model knows or 0, and the
// variance a·(doubt·scale)²·(p² + error of p²), where scale is how far clipped companies
// may be from the others in one coordinate. The multiple a is learnt from all coordinates
// of the block together. Nothing is believed of panels where many are clipped but that
// the reading says more than the prior.
type rest struct {
	shift    []float64 // posterior mean of β, by coordinate
	variance []float64 // its posterior variance
	apart    float64   // variance of a segment's β around all's

	far   float64 // of the overall score: what of the mean companies make that are far from all others
	doubt float64 // of the overall score: what intervals allow for beyond the variance
}

// of is the variance of a cohort's β.
func (r rest) of(g, i int) float64 {
	if g == 0 {
		return r.variance[i]
	}
	return r.variance[i] + r.apart
}

// restOf is the rest of some coordinates of a block; expected is the prior mean of β,
// nil for 0, and freed the share of the coordinates that are free.
func (s *setting) restOf(block model.Block, coordinates []int, expected []float64, freed float64) rest {
	out := s.restUnder(restSpread(block), block, coordinates, expected, freed)
	if block == model.Overall || block == model.Segments {
		doubted := s.orFar(out, block, expected[0], farDoubted)
		out = s.orFar(out, block, expected[0], farRare)
		out.doubt = max(doubted.variance[0]+square(doubted.shift[0]-out.shift[0])-out.variance[0], 0)
	}
	return out
}

// orFar is the rest of the overall score where the panel may, with a probability before the
// data, be one of which a few companies are far from all others. What clipping takes is then
// farSpread away from what is expected, and no scale of the usual belief reaches that far.
func (s *setting) orFar(r rest, block model.Block, expected, probability float64) rest {
	if s.rates.clipped[block.Tier()] == (rate{}) {
		return r // nothing is ever clipped there
	}
	reading, noise := s.restReadings(block, []int{0})
	usual, far, w := rate{value: expected, sd: math.Sqrt(r.variance[0])}, rate{value: expected, sd: farSpread * s.unit}, probability
	if measured(noise[0]) {
		w = other(reading[0], noise[0], usual, far, probability)
		far = shrink(reading[0], noise[0], far.value, far.sd)
	}
	value := (1-w)*r.shift[0] + w*far.value
	variance := (1-w)*(r.variance[0]+square(r.shift[0]-value)) + w*(square(far.sd)+square(far.value-value))
	r.shift, r.variance, r.far = []float64{value}, []float64{variance}, w*(far.value-expected)
	return r
}

// restUnder is restOf under a belief about a.
func (s *setting) restUnder(spread multiples, block model.Block, coordinates []int, expected []float64, freed float64) rest {
	count := len(coordinates)
	out := rest{shift: make([]float64, count), variance: make([]float64, count)}
	clipped := s.rates.clipped[block.Tier()]
	share := square(clipped.value) + square(clipped.sd)
	if block == model.Offsets && s.SpreadUnknown {
		share = square(clipped.value-s.explained) + square(explainedDoubt*s.explained) + square(clipped.sd)
	}
	believed := square(s.restDoubt(block)) * share
	reading, noise := s.restReadings(block, coordinates)
	for i := range reading {
		if expected != nil {
			reading[i] -= expected[i]
		}
	}
	weights := make([]float64, len(spread.values))
	for k, a := range spread.values {
		weights[k] = spread.log(a)
		for i, sd := range noise {
			if total := a*believed + square(sd); measured(sd) && total > 0 {
				weights[k] -= freed * (math.Log(total) + square(reading[i])/total) / 2
			}
		}
	}
	total := floats.LogSumExp(weights)
	for k, a := range spread.values {
		weight, v := math.Exp(weights[k]-total), a*believed
		out.apart += weight * restApart * v
		for i, sd := range noise {
			gain := 0.0
			if measured(sd) && v > 0 {
				gain = v / (v + square(sd))
			}
			mean := gain * reading[i]
			out.shift[i] += weight * mean
			out.variance[i] += weight * (v*(1-gain) + square(mean))
		}
	}
	for i := range out.shift {
		out.variance[i] = max(out.variance[i]-square(out.shift[i]), 0)
		if expected != nil {
			out.shift[i] += expected[i]
		}
	}
	return out
}

// restSpread is how far the variance of β may be from what is believed of a block.
func restSpread(block model.Block) multiples {
	switch block {
	case model.Overall:
		return multiples{values: restMultiples, center: restLevelCenter}
	case model.Segments, model.Profiles:
		return multiples{values: restMultiples}
	}
	return multiples{values: restMultiples, center: restMultipleCenter}
}

// restDoubt is how far clipped companies may be from the others in one coordinate of a
// block: a multiple of the public model's spread, but no further than where the block
// alone spends the whole norm.
func (s *setting) restDoubt(block model.Block) float64 {
	doubt, most := restDoubtTail, restSpreadTail
	switch block.Tier() {
	case model.LevelTier, model.SegmentsTier:
		doubt, most = restDoubtLevel, restSpreadHead
	case model.OffsetsTier:
		doubt, most = restDoubtOffsets, restSpreadHead
	}
	switch block {
	case model.Squares: // who is far from the centre is clipped for being that
		doubt = restDoubtSquares
	case model.Profiles: // a company meets a profile or does not, however few the public model says do
		return restDoubtProfiles
	}
	scale, weight := most*s.Design.Prior[block].Within, 0.0
	for j, sd := range s.Design.Sigma[block] {
		weight += s.Shape.RowShare(j) / square(sd)
	}
	if weight > 0 {
		scale = min(scale, square(s.Design.Mu)/(weight*float64(s.Shape.Coordinates(block))))
	}
	return doubt * math.Sqrt(scale)
}

// restReadings are the readings of β and their noise, infinite where nothing was
// measured.
func (s *setting) restReadings(block model.Block, coordinates []int) (reading, noise []float64) {
	n, clipped := s.sizes.divisor(0), s.rates.clipped[block.Tier()]
	odds := clipped.value / s.rates.kept[block.Tier()]
	of, _ := block.Rest()
	data, low := s.Measured[block], s.Measured[of]
	switch block {
	case model.Overall:
		return s.levelReading(low)
	case model.Segments:
		return s.segmentReading(s.Measured[model.Overall], low)
	}
	for _, i := range coordinates {
		if len(data.SD) == 0 || len(low.SD) == 0 || !measured(data.SD[0][i]) || !measured(low.SD[0][i]) {
			reading, noise = append(reading, 0), append(noise, math.Inf(1))
			continue
		}
		mean := data.Y[0][i] / n / s.rates.kept[block.Tier()]
		reading = append(reading, low.Y[0][i]/n-clipped.value*mean)
		noise = append(noise, math.Sqrt(square(low.SD[0][i]/n)+square(odds*data.SD[0][i]/n)+square(mean*clipped.sd)))
	}
	return reading, noise
}

// levelReading is that of Overall: the rest itself, since the sum of what is kept and of the
// rest is the sum of all, whatever p is.
func (s *setting) levelReading(low encode.Measured) (reading, noise []float64) {
	if len(low.SD) == 0 || !measured(low.SD[0][0]) {
		return []float64{0}, []float64{math.Inf(1)}
	}
	n := s.sizes.divisor(0)
	return []float64{low.Y[0][0] / n}, []float64{low.SD[0][0] / n}
}

// segmentReading is that of Segments: what clipping leaves of it, over all companies, is not
// measured, but is Overall less the rest.
func (s *setting) segmentReading(all, low encode.Measured) (reading, noise []float64) {
	if len(all.SD) == 0 || len(low.SD) == 0 || !measured(all.SD[0][0]) || !measured(low.SD[0][0]) {
		return []float64{0}, []float64{math.Inf(1)}
	}
	n, clipped, kept := s.sizes.divisor(0), s.rates.clipped[model.SegmentsTier], s.rates.kept[model.SegmentsTier]
	mean := all.Y[0][0] / n
	value := (low.Y[0][0]/n - clipped.value*mean) / kept
	sd := math.Sqrt(square(low.SD[0][0]/n) + square(clipped.value*all.SD[0][0]/n) + square(mean*clipped.sd))
	return []float64{value}, []float64{sd / kept}
}

// moved adds a mean over the companies of every cohort to the totals of some
// coordinates.
func (s *setting) moved(data encode.Measured, mean func(g, i int) float64) encode.Measured {
	out := encode.Measured{SD: data.SD, Weights: data.Weights}
	for r, row := range data.Y {
		y := append([]float64(nil), row...)
		for i := range y {
			for g, n := range s.sizes.count {
				if w := data.Weights.At(r, g); w != 0 {
					y[i] += w * n * mean(g, i)
				}
			}
		}
		out.Y = append(out.Y, y)
	}
	return out
}

// restFunction is the posterior of β for the distribution functions of one score, mean and
// covariance. Before the data the clipped companies' function deviates from the
// others' as that of a random company does: p times a Brownian bridge; where no shapes tell who
// they are, they may as well be anywhere at all.
func (s *setting) restFunction(score int, ref []float64, unit *mat.SymDense, expected []float64) ([]float64, *mat.SymDense) {
	j, clipped := len(ref), s.rates.clipped[model.TailTier]
	prior, least := mat.NewSymDense(j, nil), leastBridge+(0.5-leastBridge)*s.fewTell(score)
	believed := square(clipped.value) + square(clipped.sd)
	for a := range j {
		for b := a; b < j; b++ {
			fa, fb := clamp(ref[a], least, 1-least), clamp(ref[b], least, 1-least)
			prior.SetSym(a, b, believed*(min(fa, fb)-fa*fb))
		}
	}
	coordinates := make([]int, j)
	for t := range coordinates {
		coordinates[t] = score*j + t
	}
	reading, noise := s.restReadings(model.ScoreCDF, coordinates)
	if !measured(noise[0]) || believed == 0 {
		return append([]float64(nil), expected...), prior
	}
	data, low := s.Measured[model.ScoreCDF], s.Measured[model.RestScoreCDF]
	n, kept := s.sizes.divisor(0), s.rates.kept[model.TailTier]
	sd := math.Hypot(low.SD[0][coordinates[0]]/n, clipped.value/kept*data.SD[0][coordinates[0]]/n)
	total, e := mat.NewSymDense(j, nil), mat.NewDense(j, 1, nil)
	for a, i := range coordinates {
		e.Set(a, 0, reading[a]-expected[a])
		for b := a; b < j; b++ {
			both := data.Y[0][i] * data.Y[0][coordinates[b]] * square(clipped.sd/n/kept)
			total.SetSym(a, b, prior.At(a, b)+square(sd)*unit.At(a, b)+both)
		}
	}
	l := factor(total)
	gain := mat.DenseCopyOf(prior)
	solveLower(l, gain)
	solveLower(l, e)
	shift, cov := append([]float64(nil), expected...), mat.NewSymDense(j, nil)
	for a := range j {
		for b := a; b < j; b++ {
			v := prior.At(a, b)
			for k := range j {
				v -= gain.At(k, a) * gain.At(k, b)
			}
			cov.SetSym(a, b, v)
		}
		for k := range j {
			shift[a] += gain.At(k, a) * e.At(k, 0)
		}
	}
	return shift, cov
}

// upTo lists the numbers below n.
func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
