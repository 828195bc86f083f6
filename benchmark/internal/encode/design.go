package encode

import (
	"math"

	"maturitybench/benchmark/internal/model"

	"gonum.org/v1/gonum/mat"
)

// Variances are the prior variances of one coordinate's cohort means.
type Variances struct {
	Level  float64 // of the mean of all cohorts
	Group  float64 // of a cohort's deviation
	Within float64 // between companies of one cohort
}

// Design says how precisely each block is measured, before integers.
type Design struct {
	Public     *model.Public
	Center     model.Center
	Mu         float64
	ExactSizes bool
	// Sigma is the standard deviation of the noise on a coordinate in
	// natural units, by row group (0 all, then the attributes). nil: the
	// block does not exist; +Inf: the row group is not measured.
	Sigma [model.Blocks][]float64
	Prior [model.Blocks]Variances
	// What the public model expects clipping to take.
	Clipped  [model.Tiers]float64 // E(1−f)
	Level    LevelLoss            // of the overall score, for all companies
	Segments LevelLoss            // the same for the values of attributes
	Offsets  OffsetLoss
	Tail     TailLoss
	Quantile float64 // quantile of the joint norm chosen as clip level
	// LevelCenter is the level that the score of a domain is compared with for the
	// questions that a company leaves out there.
	LevelCenter float64
	// Spherical is how many numbers share one spherical Laplace noise, the fewest where there
	// are several; 0: the noise is normal.
	Spherical int
}

// Measured is one block of the measurement in natural units.
type Measured struct {
	Y       [][]float64 // rows × coordinates
	SD      [][]float64 // noise of each; +Inf where nothing was measured
	Weights *mat.Dense  // rows × cohorts: Y[r] estimates Σ_g Weights[r,g] · (total of cohort g)
}

// NewDesign divides the budget mu (of Gaussian differential privacy) of the
// main stage among the blocks, and chooses the clip level, from the public
// model and the pilot's posterior. The design keeps
//
//	Σ_b w_b·‖clipped features of b‖² ≤ mu²,  w_b = Σ_j RowShare(j)/Sigma[b][j]²,
//
// for every company: with the clipping factors of the integer encoding, and up
// to its rounding, which the encoding pays for. What is never clipped and all features
// 1 − f fit together, so that there are factors for every response.
func NewDesign(shape model.Shape, public *model.Public, center model.Center, mu float64, exactSizes bool) Design {
	d := Design{Public: public, Center: center, Mu: mu, ExactSizes: exactSizes}
	stakes := stakes(shape, public, center, mu, exactSizes)
	for b, s := range stakes {
		d.Prior[b] = s.prior
	}
	sigma := allocate(shape, rowGroups(shape, public, stakes, center.Companies), mu)
	leaveOut(shape, &sigma, exactSizes)
	countAnswers(shape, sigma, center.Companies, mu)
	checkBeliefs(shape, public, sigma, center.Companies, mu)

	n := simulatedNorms(shape, public, center, sigma)
	level := d.chooseClip(n, sigma, shape, public.Deviation)
	d.Clipped, d.Quantile = level.clipped, level.quantile
	d.Level = n.levelLoss(model.LevelTier, level.bound, shape.Unit(), public.Deviation)
	d.Segments = n.levelLoss(model.SegmentsTier, level.bound, shape.Unit(), public.Deviation)
	d.Offsets = n.offsetLoss(level.bound, shape.Unit())
	d.Tail = n.tailLoss(level.bound, public)

	for b := range sigma {
		if rest, ok := model.Block(b).Rest(); ok && len(sigma[b]) > 0 {
			sigma[rest] = []float64{restNoise(model.Block(b)) * sigma[b][0]}
		}
	}
	sigma[model.RestOverall] = []float64{1 / math.Sqrt(n.restOverall(level.bound))}
	if n.segments > 0 {
		sigma[model.RestSegments] = []float64{1 / math.Sqrt(n.restSegments(level.bound))}
	}
	for t := range model.Tiers {
		if shape.Has(t.Clipped()) {
			sigma[t.Clipped()] = []float64{1 / math.Sqrt(clippedRoom*level.bound)}
			if shape.Unasked != 0 && !n.any(t) { // nothing is ever clipped there
				sigma[t.Clipped()][0] = math.Inf(1)
			}
		}
	}
	growth := math.Sqrt(level.bound) / mu
	for b := range sigma {
		for j := range sigma[b] {
			sigma[b][j] *= growth
		}
	}
	d.Sigma = sigma
	return d
}

// leaveOut measures nothing of the blocks that help nothing that is asked for.
func leaveOut(shape model.Shape, sigma *[model.Blocks][]float64, exactSizes bool) {
	for b := range sigma {
		if block := model.Block(b); sigma[b] == nil && block < model.ClippedOverall && exists(shape, block, exactSizes) && !shape.Asks(block.Serves()) {
			sigma[b] = sigmas(shape, block)
			for j := range sigma[b] {
				sigma[b][j] = math.Inf(1)
			}
		}
	}
}

// countAnswers makes the counts of answers precise enough to tell few answers from most,
// and no more precise than leaves every response room for the rest: they are never
// clipped. A question's count is the sum of three: Empty, Unusable and Skips. A domain of Q
// questions spends w_e on the first, or up to w_u + w_s·Q/4 on the others, on which the
// variance of their sum is least with w_u = w_s·√(Q/4).
func countAnswers(shape model.Shape, sigma [model.Blocks][]float64, companies, mu float64) {
	least := func(b model.Block, sd float64) {
		if len(sigma[b]) > 0 {
			sigma[b][0] = min(sigma[b][0], sd)
		}
	}
	limit := func(spent, most float64, blocks ...model.Block) {
		for _, b := range blocks {
			for j := range sigma[b] {
				sigma[b][j] *= math.Sqrt(max(spent/(most*mu*mu), 1))
			}
		}
	}
	quarter := float64(shape.Questions()) / float64(len(shape.Domains)) / 4
	if len(sigma[model.Skips]) > 0 && shape.Asks(model.Skips.Serves()) {
		least(model.Skips, answersNoise*companies)
		least(model.Unusable, sigma[model.Skips][0]/math.Sqrt(math.Sqrt(max(quarter, 1))))
	}
	w := blockWeights(shape, sigma)
	w[model.Empty] = 0
	limit(mostCounts(shape, w), countsPart, model.Unusable, model.Skips)
	w = blockWeights(shape, sigma)
	if spent := w[model.Unusable] + w[model.Skips]*quarter; spent > 0 {
		least(model.Empty, 1/math.Sqrt(spent))
	}
	least(model.Empty, answersNoise*companies)
	limit(float64(len(shape.Domains))*blockWeights(shape, sigma)[model.Empty], countsPart, model.Empty)
	limit(float64(len(shape.Attributes))*w[model.NotStated], notStatedPart, model.NotStated)
	limit(w[model.Companies], companiesPart, model.Companies)
}

// sigma is the noise of a block in a row group, if the block is measured
// there. What is not a positive number is not measured.
func (d *Design) sigma(block model.Block, group int) (float64, bool) {
	s := d.Sigma[block]
	if group >= len(s) || math.IsInf(s[group], 1) || !(s[group] > 0) {
		return 0, false
	}
	return s[group], true
}
