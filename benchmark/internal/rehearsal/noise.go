package rehearsal

import (
	"math"
	"math/rand/v2"
	"maturitybench/privacy"
)

// Noise stands in for the draws of a ledger where the companies are
// synthetic. Every cohort passes: whether it would is told apart.
type Noise struct{ *rand.Rand }

// Gaussian adds normal noise.
func (n Noise) Gaussian(g privacy.Gaussian, totals []int64) []int64 {
	noisy := make([]int64, len(totals))
	for i, v := range totals {
		noisy[i] = v + int64(math.Round(n.NormFloat64()*g.Sigma()))
	}
	return noisy
}

// SphericalLaplace draws a radius from a gamma distribution and a direction
// from a normal one for every vector, and for each number beside them another one of one dimension.
func (n Noise) SphericalLaplace(m privacy.SphericalLaplace, totals []int64) []int64 {
	var noisy []int64
	for at := 0; at < m.InVectors(); at += m.Dimensions() {
		noisy = append(noisy, n.spherical(totals[at:at+m.Dimensions()], m.Deviation())...)
	}
	for _, v := range totals[m.InVectors():] {
		noisy = append(noisy, n.spherical([]int64{v}, m.DeviationBeside())...)
	}
	return noisy
}

// spherical adds noise of a standard deviation to a vector.
func (n Noise) spherical(totals []int64, deviation float64) []int64 {
	dimensions := len(totals)
	direction, length := make([]float64, dimensions), 0.0
	for i := range direction {
		direction[i] = n.NormFloat64()
		length += direction[i] * direction[i]
	}
	radius := 0.0
	for range dimensions {
		radius += n.ExpFloat64()
	}
	radius *= deviation / math.Sqrt(float64(dimensions+1))
	noisy := make([]int64, dimensions)
	for i, v := range totals {
		noisy[i] = v + int64(math.Round(radius*direction[i]/math.Sqrt(length)))
	}
	return noisy
}

// Tested shows every panel.
func (n Noise) Tested(t privacy.MeasuredThreshold, totals []int64) []int64 {
	return n.SphericalLaplace(t.Noise(), totals)
}

// Threshold keeps every cohort.
func (n Noise) Threshold(_ privacy.Threshold, counts []int64) []bool {
	kept := make([]bool, len(counts))
	for g := range kept {
		kept[g] = true
	}
	return kept
}
