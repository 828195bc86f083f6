package encode

import (
	"math"
	"slices"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"
)

// clip returns the factors of a company's head and tail, given their weighted
// squared norms, so that
//
//	h²·head + λ²·tail + (1−λ)²·room ≤ bound
//
// for every company, where room pays for the measurement of 1 − λ. Nothing is
// clipped while head + tail fits. Otherwise the head goes first: λ is the
// largest that fits with h = 1, and only if none does is λ the cheapest one
// and h what is left. The integer encoding does the same.
func clip(head, tail, room, bound float64) (h, lambda float64) {
	if head+tail <= bound {
		return 1, 1
	}
	if tail == 0 {
		return math.Sqrt(bound / head), 1
	}
	cheapest := room / (tail + room)
	least := tail * cheapest
	if head+least > bound {
		return math.Sqrt(max(bound-least, 0) / head), cheapest
	}
	return 1, min(cheapest+math.Sqrt(max(bound-head-least, 0)/(tail+room)), 1)
}

// norms are the weighted squared norms of the simulated companies.
type norms struct {
	head, tail []float64
	overall    float64 // weight of the overall score in the head
	clipped    float64 // what 1 − λ would like to weigh
}

// room is the weight of 1−λ under a bound: none if there is no tail to clip.
func (n norms) room(bound float64) float64 {
	if !slices.ContainsFunc(n.tail, func(v float64) bool { return v > 0 }) {
		return 0
	}
	return min(max(n.clipped, leastRoom*bound), mostRoom*bound)
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
func simulatedNorms(shape model.Shape, public *model.Public, center model.Center, w [model.Blocks]float64) norms {
	sheets := len(public.Deviation)
	n := norms{
		head:    make([]float64, sheets),
		tail:    make([]float64, sheets),
		overall: w[model.Overall],
		clipped: w[model.Clipped],
	}
	factors := contrastFactors(shape, public, center)
	for b, squares := range public.Norms {
		block, into := model.Block(b), n.head
		if block.Tail() {
			into = n.tail
		}
		rescaled := block == model.Contrasts || block == model.QuestionShape
		for i, v := range squares {
			if rescaled {
				v *= factors[i]
			}
			into[i] += w[b] * v
		}
	}
	return n
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
	bound    float64 // on the weighted squared norm; every noise grows by sqrt(bound)/mu
	quantile float64 // of the weighted norm
	lambda   float64 // E(1−λ)
	headBias float64 // E((1−h)·|score − centre|)
}

// chooseClip picks the quantile of the simulated norms whose clip level has
// the least loss: noise of the contrasts, whose totals are divided by what
// clipping keeps, after shrinkage; what the clipped companies' contrasts may
// hide; noise of the level and bias of the level. Noise falls with the number of
// companies and bias does not, so that the level rises with it. sigma is the
// noise before it grows with the bound.
func (d *Design) chooseClip(n norms, sigma [model.Blocks][]float64, unit float64, deviation []float64) clipLevel {
	joint := make([]float64, len(n.head))
	for i := range joint {
		joint[i] = n.head[i] + n.tail[i]
	}
	levels := stats.Quantiles(joint, quantiles...)
	var best clipLevel
	least := math.Inf(1)
	for i, level := range levels {
		c := n.lose(max(level, leastBound*d.Mu*d.Mu), deviation)
		c.quantile = quantiles[i]
		factor := math.Sqrt(c.bound) / (d.Mu * d.Center.Companies)
		loss := square(tailBias*unit*c.lambda) + levelBias*square(c.headBias)
		if s := sigma[model.Contrasts]; s != nil {
			kept := max(1-c.lambda, leastKept)
			loss += shrunk(d.Prior[model.Contrasts].Level, square(factor*s[0]/kept))
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

// lose is what clipping at a bound on the weighted norm loses on average.
func (n norms) lose(bound float64, deviation []float64) clipLevel {
	c := clipLevel{bound: bound}
	share := 1 / float64(len(deviation))
	room := n.room(bound)
	for i, o := range deviation {
		h, lambda := clip(n.head[i], n.tail[i], room, bound)
		c.lambda += share * (1 - lambda)
		c.headBias += share * (1 - h) * math.Abs(o)
	}
	return c
}

// shrunk is the posterior variance of a number with a prior variance, measured
// with noise, which may be infinite.
func shrunk(prior, noise float64) float64 { return 1 / (1/prior + 1/noise) }

func square(x float64) float64 { return x * x }
