package encode

import (
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
	Lambda        float64 // E(1−λ)
	HeadBias      float64 // E((1−h)·|score − centre|), with the centre's own uncertainty
	LostOverall   float64 // E((1−h)·(score − centre))
	LostCompanies float64 // E(1−h)
	Quantile      float64 // quantile of the joint norm chosen as clip level
}

// Measured is one block of the measurement in natural units.
type Measured struct {
	Y       [][]float64 // rows × coordinates
	SD      [][]float64 // noise of each; +Inf where nothing was measured
	Weights *mat.Dense  // rows × cohorts: Y[r] estimates Σ_g Weights[r,g] · (total of cohort g)
}
