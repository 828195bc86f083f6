package estimate

import (
	"slices"

	"maturitybench/benchmark/internal/model"
	"maturitybench/stats"

	"gonum.org/v1/gonum/mat"
)

// polynomialBasis writes shares in orthonormal polynomials of what the level counts:
// share(l) = 1/L + (mean−mid)·slope·φ₁(l) + Σ_k shape_k·φ_k(l), k ≥ 2. Where rounding
// left the polynomials that are measured not quite orthogonal, φ is the basis dual to
// them, so that every share is its own reading.
type polynomialBasis struct {
	values [][]float64 // φ_k(l)
	tails  [][]float64 // Σ_{m>l} φ_k(m), l = 0..L−2
	slope  float64     // coefficient of φ₁ per level of the mean
	at     []float64   // what the levels count
	mid    float64     // the mean of that
}

func newBasis(shape model.Shape, domain int) polynomialBasis {
	functions, _ := shape.OwnFunctions(domain)
	b := polynomialBasis{values: functions, at: shape.PositionsIn(domain), mid: shape.Mid()}
	if n := len(b.at); shape.Values != nil || shape.Places != nil {
		b.values, b.mid = dual(b.values), meanOf(b.at, slices.Repeat([]float64{1 / float64(n)}, n))
	}
	for _, row := range b.values {
		b.tails = append(b.tails, stats.AtLeast(row))
	}
	b.slope = 1 / meanOf(b.at, b.values[1])
	return b
}

// meanOf is the mean of what levels count, under shares.
func meanOf(at, shares []float64) float64 {
	var mean float64
	for level, share := range shares {
		mean += at[level] * share
	}
	return mean
}

// dual are the rows whose products with the given ones are 1 for the same number and 0
// otherwise.
func dual(rows [][]float64) [][]float64 {
	n := len(rows)
	m, inverse := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
	for k, row := range rows {
		m.SetRow(k, row)
	}
	if err := inverse.Inverse(m); err != nil {
		panic("estimate: the polynomials of a scale are dependent") // their rounding is tested
	}
	out := make([][]float64, n)
	for k := range out {
		out[k] = mat.Col(nil, k, inverse)
	}
	return out
}

// shares are the shares of a mean above the middle of the scale and of a shape,
// not necessarily positive.
func (b polynomialBasis) shares(mean float64, shape []float64) []float64 {
	out := make([]float64, len(b.values))
	for l := range out {
		out[l] = 1/float64(len(out)) + mean*b.slope*b.values[1][l]
		for k, v := range shape {
			out[l] += v * b.values[k+2][l]
		}
	}
	return out
}
