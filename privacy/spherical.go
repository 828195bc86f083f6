package privacy

import (
	"fmt"
	"math"

	"maturitybench/privacy/internal/draw"
)

const (
	// minPure keeps the standard deviation of all noise below 2⁵³. The noise
	// takes a total below 2⁶¹ out of int64 with a probability below exp(−6000).
	minPure = 1_000
	// maxDimensions is the longest vector of spherical Laplace noise, and how many numbers
	// may have noise of their own beside it.
	maxDimensions = 64
	// maxVectors is how many vectors there are at most.
	maxVectors = 64
)

// SphericalLaplace is the calibrated spherical Laplace mechanism of one short
// vector of integers: noise v with
//
//	P(v) ∝ exp(−ε·‖v‖₂/sensitivity)
//
// on all vectors of integers. A vector that changes by at most the sensitivity
// in the L2 norm, between any two neighbouring data sets, is released with
// pure ε-differential privacy. The proof: the output o has noise o − t on one
// side and o − t' on the other, and by the triangle inequality the norms of
// the two differ by at most ‖t − t'‖, so that the probabilities, which have
// the same denominator, differ by a factor of at most exp(ε). It is the K-norm
// mechanism of Hardt & Talwar (On the Geometry of Differential Privacy, 2010)
// for the Euclidean ball, whose accuracy for short vectors is studied by
// Joseph, Kulesza & Yu (2025, arXiv 2502.15929). A short vector gets less of it
// than of Gaussian noise: at ε = 4 and δ = 1e-6 up to 21 dimensions.
//
// Further vectors of the same length, and numbers beside them, may have noise of their own: see
// [SphericalLaplace.Vectors] and [SphericalLaplace.Beside].
//
// The probabilities are exact: the sampler draws bits and compares integers,
// there is no rounding and no truncation, hence no δ. The zero
// SphericalLaplace is not calibrated and cannot be drawn from.
type SphericalLaplace struct {
	sensitivity, epsilon int64
	dimensions           int
	more, beside         int // vectors but the first, and numbers
}

// NewSphericalLaplace calibrates the noise for a vector of the given number of
// dimensions, 1 to 64, and L2 sensitivity, 1 to 2³¹, to a loss of pure epsilon,
// in units of 1e-9, at least 1000 of them (ε = 1e-6). It is an error if one of
// them is out of its range.
func NewSphericalLaplace(sensitivity, epsilon int64, dimensions int) (SphericalLaplace, error) {
	switch {
	case sensitivity < 1 || sensitivity > maxSensitivity:
		return SphericalLaplace{}, fmt.Errorf("privacy: the sensitivity must lie between 1 and 2^31, not at %d", sensitivity)
	case epsilon < minPure:
		return SphericalLaplace{}, fmt.Errorf("privacy: pure ε must be at least %v", fromUnits(minPure, epsilonDigits))
	case dimensions < 1 || dimensions > maxDimensions:
		return SphericalLaplace{}, fmt.Errorf("privacy: spherical Laplace noise has 1 to %d dimensions, not %d", maxDimensions, dimensions)
	}
	return SphericalLaplace{sensitivity: sensitivity, epsilon: epsilon, dimensions: dimensions}, nil
}

// Vectors is m for so many vectors of the same length, 1 to 64, one after the other, with noise of its
// own for each of them. The proof is that of [SphericalLaplace.Beside]: the norms of their changes add up to at most the
// sensitivity. A company that is in one of several groups changes the vector of its group only, whose noise
// is that of one vector. It is an error if the number is out of its range.
func (m SphericalLaplace) Vectors(vectors int) (SphericalLaplace, error) {
	if vectors < 1 || vectors > maxVectors {
		return SphericalLaplace{}, fmt.Errorf("privacy: spherical Laplace noise is for 1 to %d vectors, not %d", maxVectors, vectors)
	}
	m.more = vectors - 1
	return m, nil
}

// Beside is m with noise of its own for each of so many numbers, 0 to 64, that follow on the
// vectors: noise (v, w) with
//
//	P(v, w) ∝ exp(−ε·(Σ‖vᵢ‖₂ + Σ|wᵢ|)/sensitivity).
//
// The sum in brackets is a norm, so the proof of [SphericalLaplace] holds with it in the place
// of ‖v‖₂: the loss of all together is pure ε if the norms of the changes of the vectors and the
// absolute changes of the numbers beside them add up to at most the sensitivity. What most
// answer sheets leave at zero is better off there: it costs the vector nothing, and has the noise
// of one dimension. It is an error if the number is out of its range.
func (m SphericalLaplace) Beside(numbers int) (SphericalLaplace, error) {
	if numbers < 0 || numbers > maxDimensions {
		return SphericalLaplace{}, fmt.Errorf("privacy: 0 to %d numbers stand beside spherical Laplace noise, not %d", maxDimensions, numbers)
	}
	m.beside = numbers
	return m, nil
}

// noise is the distribution of the noise.
func (m SphericalLaplace) noise() draw.Spherical {
	return draw.NewSpherical(uint64(m.epsilon), uint64(m.sensitivity)*1_000_000_000, m.dimensions)
}

// noiseBeside is that of one number beside the vector.
func (m SphericalLaplace) noiseBeside() draw.Spherical {
	m.dimensions = 1
	return m.noise()
}

// Deviation is the standard deviation of the noise on every coordinate, in the
// units of the vector: sensitivity·√(dimensions+1)/ε. In the continuous limit
// ‖v‖ has the distribution Gamma(dimensions, sensitivity/ε). On the integers
// the deviation is smaller, for sensitivity ≥ ε by a part of at most
// (ε/sensitivity)²/24, the value in one dimension. The coordinates are
// uncorrelated, but they are not independent, nor normal.
func (m SphericalLaplace) Deviation() float64 {
	return float64(m.sensitivity) / fromUnits(m.epsilon, epsilonDigits) * math.Sqrt(float64(m.dimensions+1))
}

// DeviationBeside is the standard deviation of the noise on a number beside the vector:
// sensitivity·√2/ε in the continuous limit.
func (m SphericalLaplace) DeviationBeside() float64 {
	m.dimensions = 1
	return m.Deviation()
}

// Sensitivity is the largest change between neighbours: of the vectors in the L2 norm, and of
// the numbers beside them in absolute values, added up.
func (m SphericalLaplace) Sensitivity() int64 { return m.sensitivity }

// Epsilon is the loss of one vector, pure ε in units of 1e-9.
func (m SphericalLaplace) Epsilon() int64 { return m.epsilon }

// Dimensions is the length of a vector.
func (m SphericalLaplace) Dimensions() int { return m.dimensions }

// InVectors is how many numbers are in vectors, the first ones.
func (m SphericalLaplace) InVectors() int { return (1 + m.more) * m.dimensions }

// Numbers is how many get noise: the vectors and those beside them.
func (m SphericalLaplace) Numbers() int { return m.InVectors() + m.beside }

// Loss is what all of them are charged together.
func (m SphericalLaplace) Loss() Loss { return Loss{PureEpsilon: m.epsilon} }
