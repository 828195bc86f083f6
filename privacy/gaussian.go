package privacy

import (
	"errors"
	"fmt"
	"math/big"

	"maturitybench/privacy/internal/draw"
)

const (
	// maxSensitivity is the distance of two answer sheets of length 2³⁰, of which
	// fewer than 2³¹ have a total below 2⁶¹.
	maxSensitivity = 1 << 31
	// maxSigma keeps the noise exact in its last bit, see Gaussian. It also
	// keeps total and noise together below 2⁶², since no draw is beyond 9σ.
	maxSigma = 1 << 49
)

// Gaussian is the calibrated Gaussian mechanism of one integer vector: normal
// noise, rounded to integers, on every coordinate, with a standard deviation
// of at least sensitivity/μ. A vector that changes by at most the sensitivity
// in the L2 norm, between any two neighbouring data sets, is released with
// μ-Gaussian differential privacy, whatever its length (Dong, Roth & Su,
// Gaussian Differential Privacy, 2022, Theorem 2.7). The zero Gaussian is not
// calibrated and cannot be drawn from.
//
// The noise is that of noise.Gaussian().AddNoiseInt64 of Google's differential
// privacy library, called in the one way that is safe for this purpose, with
// l0 = 1, ε = 1 and δ = 1e-6, so that the sensitivity argument alone sets the
// standard deviation. In version 3.0.0, which this module requires, the other
// ways have these defects:
//
//   - AddNoiseFloat64 rounds its sample to 53 bits and scales it afterwards.
//     The noise then lies on a coarser grid than the number it hides, whose
//     last bits stay visible.
//   - AddNoiseInt64 goes the same way when its standard deviation is between
//     about 2⁵⁰ and 2⁵⁵: the noise becomes a multiple of 2, 4 and more, and the
//     last bits of the total are published. The calibration therefore stops at
//     2⁴⁹, where the grid of the sample is never coarser than the integers.
//   - From 2⁵⁶ on AddNoiseInt64 rounds the number before it adds noise, which
//     can double the sensitivity.
//   - SigmaForGaussian overflows for ε > 709.78 and returns zero, and the
//     sampler then never ends. The fixed ε = 1 stays away from that.
//   - The Laplace noise multiplies l0 and lInf without a check, so the product
//     can wrap to something small. Here l0 is 1 and nothing is multiplied.
//   - Sums near the ends of int64 wrap. Here answer sheets are at most 2³⁰
//     long, so that fewer than 2³¹ companies stay below 2⁶¹, and 9σ stays below 2⁵³.
//   - What is drawn is not exactly normal. [SamplerDelta] pays for that.
//   - The standard deviation is found by a search that stops within 0.1 % of
//     the exact one, so it is read back and compared, never assumed.
type Gaussian struct {
	sensitivity int64
	mu          Mu
	lInf        int64
	sigma       float64
}

// NewGaussian calibrates the noise for a vector of L2 sensitivity sensitivity,
// 1 to 2³¹, to a loss of mu. The standard deviation is at most 0.1 % above
// sensitivity/μ, but never below 4, the noise of the sampler for sensitivity 1.
// It is an error if the sensitivity is out of its range, if mu is below a
// millionth, or if the noise would be too coarse to be drawn exactly.
func NewGaussian(sensitivity int64, mu Mu) (Gaussian, error) {
	if sensitivity < 1 || sensitivity > maxSensitivity {
		return Gaussian{}, fmt.Errorf("privacy: the sensitivity must lie between 1 and 2^31, not at %d", sensitivity)
	}
	if mu < 1 {
		return Gaussian{}, errors.New("privacy: μ must be at least a millionth")
	}
	needed := float64(sensitivity) / mu.Float()
	if needed >= maxSigma {
		return Gaussian{}, fmt.Errorf("privacy: noise of standard deviation %.3g would be too coarse for integers: lower the sensitivity or raise μ", needed)
	}
	// The standard deviation is proportional to lInf up to rounding, so the
	// first guess is off by a few units at most; the step doubles all the same,
	// so that the loop ends soon whatever the slack of the sampler.
	lInf := max(1, int64(needed/draw.Sigma(1)))
	for step := int64(1); !enough(draw.Sigma(lInf), sensitivity, mu); step *= 2 {
		lInf += step
	}
	g := Gaussian{sensitivity: sensitivity, mu: mu, lInf: lInf, sigma: draw.Sigma(lInf)}
	if g.sigma > maxSigma {
		return Gaussian{}, fmt.Errorf("privacy: noise of standard deviation %.3g would be too coarse for integers: lower the sensitivity or raise μ", g.sigma)
	}
	return g, nil
}

// enough decides σ·μ ≥ sensitivity exactly.
func enough(sigma float64, sensitivity int64, mu Mu) bool {
	product := new(big.Float).SetPrec(128).SetFloat64(sigma)
	product.Mul(product, new(big.Float).SetInt64(int64(mu)))
	needed := new(big.Float).SetPrec(128).SetInt64(sensitivity)
	needed.Mul(needed, big.NewFloat(1e6))
	return product.Cmp(needed) >= 0
}

// Sigma is the standard deviation of the noise on every coordinate, in the
// units of the vector, as the sampler uses it: at least sensitivity/μ.
func (g Gaussian) Sigma() float64 { return g.sigma }

// Mu is the loss of one vector.
func (g Gaussian) Mu() Mu { return g.mu }

// Sensitivity is the largest L2 change of the vector between neighbours.
func (g Gaussian) Sensitivity() int64 { return g.sensitivity }
