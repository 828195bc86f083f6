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
	Public       *model.Public
	Center       model.Center
	Mu           float64
	PublicRoster bool
	// Sigma is the standard deviation of the noise on a coordinate in
	// natural units, by row group (0 all, then the attributes). nil: the
	// block does not exist; +Inf: the row group is not measured.
	Sigma [model.Blocks][]float64
	Prior [model.Blocks]Variances
	// What the public model expects to lose by clipping.
	Lambda   float64 // E(1−λ)
	Head     HeadLoss
	Quantile float64 // quantile of the joint norm chosen as clip level
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
// to its rounding, which the encoding pays for.
func NewDesign(shape model.Shape, public *model.Public, center model.Center, mu float64, publicRoster bool) Design {
	d := Design{Public: public, Center: center, Mu: mu, PublicRoster: publicRoster}
	stakes := stakes(shape, public, center, publicRoster)
	for b, s := range stakes {
		d.Prior[b] = s.prior
	}
	sigma := allocate(shape, rowGroups(shape, public, stakes, center.Companies), mu)
	sigma[model.Clipped] = clippedNoise(sigma)

	n := simulatedNorms(shape, public, center, blockWeights(shape, sigma))
	level := d.chooseClip(n, sigma, shape.Unit(), public.Deviation)
	d.Lambda, d.Quantile = level.lambda, level.quantile
	d.Head = n.headLoss(level.bound, shape.Unit(), public.Deviation)

	growth := math.Sqrt(level.bound) / mu
	for b := range sigma {
		for j := range sigma[b] {
			sigma[b][j] *= growth
		}
	}
	sigma[model.Clipped][0] = growth / math.Sqrt(n.room(level.bound))
	d.Sigma = sigma
	return d
}

// clippedNoise is the noise that 1−λ would like: that of the number of
// companies, or under the public roster that of the usable answers.
func clippedNoise(sigma [model.Blocks][]float64) []float64 {
	like := sigma[model.Companies]
	if like == nil {
		like = sigma[model.Unusable]
	}
	return []float64{like[0]}
}
