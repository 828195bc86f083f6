package encode

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// norms are the weighted squared norms of the simulated companies.
type norms struct {
	fixed       []float64              // what is never clipped
	kept, rest  [model.Tiers][]float64 // the tiers with the factor 1, and their rests
	joint       []float64              // fixed and kept together
	overall     float64                // weight of the overall score, for all companies
	segments    float64                // the same for the values of attributes
	offsets     float64                // weight of an offset
	restOffsets float64                // weight of its rest, as a share of that
	farthest    float64                // largest distance of an overall score from the centre
	mostFixed   float64                // largest squared norm of what is never clipped, of any response
}

// clip returns the clipping factors of a company under a bound on its weighted squared
// norm. more is added to the square of its overall score's distance from the centre, and
// apart to the sum of the squares of its offsets. The integer encoding does the same: see
// [Encoding.factors].
func (n *norms) clip(i int, more, apart, bound float64) [model.Tiers]float64 {
	const rounding = 1e-9 // of two sums of the same numbers
	if n.joint[i]+(n.overall+n.segments)*more+n.offsets*apart < (1-rounding)*bound {
		return [model.Tiers]float64{1, 1, 1, 1} // the sum below comes to the same, but more slowly
	}
	var kept, rest [model.Tiers]float64
	for t := range kept {
		kept[t], rest[t] = n.kept[t][i], n.rest[t][i]
	}
	kept[model.LevelTier] += n.overall * more
	kept[model.SegmentsTier] += n.segments * more
	kept[model.OffsetsTier] += n.offsets * apart
	rest[model.OffsetsTier] += n.offsets * apart * n.restOffsets
	if n.overall > 0 {
		distance := kept[model.LevelTier] / n.overall // squared
		rest[model.LevelTier] = distance * n.restOverall(bound)
		if n.segments > 0 {
			rest[model.SegmentsTier] = distance * n.restSegments(bound)
		}
	}
	return clip(n.fixed[i], kept, rest, clippedRoom*bound, bound)
}

// restOverall is the weight of the rest of the overall score: that of its noise, or one
// that leaves a company room for it however far from the centre it is.
func (n *norms) restOverall(bound float64) float64 {
	return min(n.overall/square(restNoiseOverall), restOverallPart*bound/square(n.farthest))
}

// restSegments is that of the overall score for the values of attributes.
func (n *norms) restSegments(bound float64) float64 {
	return min(n.overall/square(restNoiseOffsets), restSegmentsPart*bound/square(n.farthest))
}

func clip(fixed float64, kept, rest [model.Tiers]float64, room, bound float64) [model.Tiers]float64 {
	f := [model.Tiers]float64{1, 1, 1, 1}
	left := bound - fixed
	for _, norm := range kept {
		left -= norm
	}
	if left >= 0 {
		return f
	}
	for _, g := range shrinking {
		if split(&f, left, kept, rest, room, g) {
			break
		}
	}
	return f
}

// split chooses the factors when the rests are measured so many times;
// left is what remains of the bound with the factors 1.
func split(f *[model.Tiers]float64, left float64, kept, rest [model.Tiers]float64, room float64, shares shares) bool {
	for t := model.Tiers - 1; t >= 0; t-- {
		f[t] = 1
		if kept[t] == 0 {
			continue
		}
		lost := room + square(float64(shares[t])/clipUnit)*rest[t]
		f[t] = lost / (kept[t] + lost)
		left += kept[t] - kept[t]*f[t] // what it costs then
		if left >= 0 {
			f[t] = min(f[t]+math.Sqrt(left/(kept[t]+lost)), 1)
			for t--; t >= 0; t-- {
				f[t] = 1
			}
			return true
		}
	}
	return false
}

// blockWeights are the weights of the blocks in the norm of a company: the sum over
// row groups of the row share over the variance of the noise. A company that
// does not state an attribute spends less.
func blockWeights(shape model.Shape, sigma [model.Blocks][]float64) [model.Blocks]float64 {
	var w [model.Blocks]float64
	for b, sds := range sigma {
		for j, sd := range sds {
			w[b] += shape.RowShare(j) / (sd * sd)
		}
	}
	return w
}

// simulatedNorms weighs the norms of the public model's sheets. Those of the
// contrasts are rescaled sheet by sheet to what the pilot found. The other norms
// follow from the scores and stay: a company at an end of the scale has next to no
// contrasts, but the score distributions of one that is far from the centre.
func simulatedNorms(shape model.Shape, public *model.Public, center model.Center, sigma [model.Blocks][]float64) *norms {
	sheets, w := len(public.Deviation), blockWeights(shape, sigma)
	n := &norms{fixed: make([]float64, sheets), overall: w[model.Overall], segments: w[model.Segments]}
	for t := range n.kept {
		n.kept[t], n.rest[t] = make([]float64, sheets), make([]float64, sheets)
	}
	factors := contrastFactors(shape, public, center)
	for b, squares := range public.Norms {
		block := model.Block(b)
		into, rests, share := n.fixed, n.fixed, 0.0
		if t := block.Tier(); t < model.Tiers {
			into, rests = n.kept[t], n.rest[t]
			if w[b] > 0 {
				share = 1 / square(restNoise(block)*sigma[b][0])
			}
		}
		rescaled := block == model.Contrasts || block == model.QuestionShape
		for i, v := range squares {
			if rescaled {
				v *= factors[i]
			}
			into[i] += w[b] * v
			rests[i] += share * v
		}
		if block == model.Offsets && w[b] > 0 {
			n.offsets, n.restOffsets = w[b], share/w[b]
		}
	}
	n.joint = slices.Clone(n.fixed)
	for t := range n.kept {
		floats.Add(n.joint, n.kept[t])
	}
	n.farthest = max(public.Center, float64(shape.Levels-1)-public.Center)
	n.mostFixed = w[model.Companies] + float64(len(shape.Attributes))*w[model.NotStated] + mostCounts(shape, w)
	return n
}

// mostCounts is the largest squared norm of the counts of answers, of any response: of a
// domain without an answer, or with half of the skips at most.
func mostCounts(shape model.Shape, w [model.Blocks]float64) float64 {
	var sum float64
	for _, size := range shape.Domains {
		sum += max(w[model.Empty], w[model.Unusable]+w[model.Skips]*float64(size)/4)
	}
	return sum
}

// restNoise is how much larger the noise is on what clipping takes of a block than on the
// block in the rows of all.
func restNoise(b model.Block) float64 {
	switch b.Tier() {
	case model.LevelTier:
		return restNoiseOverall
	case model.OffsetsTier:
		return restNoiseOffsets
	}
	return restNoiseTail
}

// contrastFactors are the factors of the sheets' squared norms of contrasts that
// give ln(contrast norm) the location and the spread that the pilot found
// instead of the model's. The pilot's histogram does not tell how far beyond its
// outermost edges a company is, so that the model's spread does not count it
// either.
func contrastFactors(shape model.Shape, public *model.Public, center model.Center) []float64 {
	if !shape.Has(model.Contrasts) {
		return nil
	}
	edges := shape.PilotEdges()
	half := (edges[1] - edges[0]) / 2
	seen := make([]float64, len(public.LogNorm))
	for i, v := range public.LogNorm {
		seen[i] = min(max(v, edges[0]-half), edges[len(edges)-1]+half)
	}
	mean, sd := moments(seen)
	factors := make([]float64, len(seen))
	for i, v := range public.LogNorm {
		wanted := center.LogNorm + center.LogNormSpread*(v-mean)/max(sd, 1e-6)
		factors[i] = math.Exp(2 * min(max(wanted-v, -mostRescaled), mostRescaled))
	}
	return factors
}

func moments(values []float64) (mean, sd float64) {
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		sd += (v - mean) * (v - mean) / float64(len(values))
	}
	return mean, math.Sqrt(sd)
}

// clipLevel is a clip level and what it loses under the public model.
type clipLevel struct {
	bound    float64              // on the weighted squared norm; every noise grows by sqrt(bound)/mu
	quantile float64              // of the weighted norm
	clipped  [model.Tiers]float64 // E(1−f)
	bias     float64              // E((1−f)·|score − centre|) of the overall score
}

// chooseClip picks the quantile of the simulated norms whose clip level has
// the least loss: noise of the contrasts, whose totals are divided by what
// clipping keeps, after shrinkage; what the clipped companies' contrasts may
// hide; noise of the level and bias of the level. Noise falls with the number of
// companies and bias does not, so that the level rises with it. sigma is the
// noise before it grows with the bound. What is never clipped fits with room to spare.
func (d *Design) chooseClip(n *norms, sigma [model.Blocks][]float64, shape model.Shape, deviation []float64) clipLevel {
	levels := stats.Quantiles(n.joint, quantiles...)
	var best clipLevel
	least := math.Inf(1)
	for i, level := range levels {
		c := n.lose(max(level, fixedRoom*n.mostFixed), deviation)
		c.quantile = quantiles[i]
		factor := math.Sqrt(c.bound) / (d.Mu * d.Center.Companies)
		loss := levelBias * square(c.bias)
		finest, unit := finestTier(shape), shape.Unit()
		loss += square(tailBias * unit * c.clipped[finest])
		for _, b := range []model.Block{model.Contrasts, model.Offsets} {
			if s := sigma[b]; b.Tier() == finest && s != nil {
				loss += shrunk(d.Prior[b].Level, square(factor*s[0]/(1-c.clipped[finest])))
			}
		}
		if s := sigma[model.Overall]; !math.IsInf(s[0], 1) {
			loss += levelNoise * square(factor*s[0])
		}
		if loss < least {
			best, least = c, loss
		}
	}
	return best
}

// finestTier is the last tier that helps anything that is asked for.
func finestTier(shape model.Shape) model.Tier {
	if shape.Asks(model.ForQuartiles | model.ForQuestions | model.ForShares) {
		return model.TailTier
	}
	return model.OffsetsTier
}

// any says whether a tier has anything that is measured.
func (n *norms) any(t model.Tier) bool {
	return slices.ContainsFunc(n.kept[t], func(norm float64) bool { return norm > 0 })
}

// lose is what clipping at a bound on the weighted norm loses on average.
func (n *norms) lose(bound float64, deviation []float64) clipLevel {
	c := clipLevel{bound: bound}
	share := 1 / float64(len(deviation))
	for i, o := range deviation {
		f := n.clip(i, 0, 0, bound)
		for t, kept := range f {
			c.clipped[t] += share * (1 - kept)
		}
		c.bias += share * (1 - f[model.LevelTier]) * math.Abs(o)
	}
	return c
}

// shrunk is the posterior variance of a number with a prior variance, measured
// with noise, which may be infinite.
func shrunk(prior, noise float64) float64 { return 1 / (1/prior + 1/noise) }

func square(x float64) float64 { return x * x }
