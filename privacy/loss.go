package privacy

// Mu is a parameter of Gaussian differential privacy in millionths: the
// L2 sensitivity divided by the standard deviation of the noise.
type Mu int64

// Loss is the privacy loss of a release in three exact parts that add over
// releases.
type Loss struct {
	PureEpsilon int64 // pure ε, in units of 1e-9
	MuSquared   int64 // Σ μ², in units of 1e-12
	Delta       int64 // Σ δ parts, in units of 1e-18
}

// SamplerDelta is the δ part that every release pays for the approximation
// of the sampler: 2⁻³⁸, rounded up, in units of 1e-18.
const SamplerDelta int64 = 3_637_979
