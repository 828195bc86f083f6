package stats

import "math"

// HelmertContrasts returns k−1 orthonormal rows of length k, each summing to zero
// (Helmert's matrix without its constant row; Lancaster, The Helmert Matrices,
// American Mathematical Monthly 72, 1965): row i compares value i+1 with the mean
// of the values before it. Every column has squared norm 1 − 1/k.
func HelmertContrasts(k int) [][]float64 {
	rows := make([][]float64, max(k-1, 0))
	for i := range rows {
		before := float64(i + 1)
		rows[i] = make([]float64, k)
		for v := range i + 1 {
			rows[i][v] = -1 / math.Sqrt(before*(before+1))
		}
		rows[i][i+1] = before / math.Sqrt(before*(before+1))
	}
	return rows
}
