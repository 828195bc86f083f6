package stats

// Isotonic returns the sequence without descents that is nearest to y in the
// weighted Euclidean distance: pool adjacent violators (Ayer et al., An Empirical
// Distribution Function for Sampling with Incomplete Information, Annals of
// Mathematical Statistics 26, 1955). nil weights are equal weights.
//
// It panics if the lengths differ or if a weight is not positive.
func Isotonic(y, weights []float64) []float64 {
	if weights != nil {
		checkLengths(len(y), len(weights))
	}
	type pool struct {
		mean, weight float64
		count        int
	}
	pools := make([]pool, 0, len(y))
	for i, v := range y {
		next := pool{v, 1, 1}
		if weights != nil {
			if !(weights[i] > 0) {
				panic("stats: weight is not positive")
			}
			next.weight = weights[i]
		}
		for len(pools) > 0 && pools[len(pools)-1].mean > next.mean {
			last := pools[len(pools)-1]
			pools = pools[:len(pools)-1]
			w := last.weight + next.weight
			next = pool{(last.mean*last.weight + next.mean*next.weight) / w, w, last.count + next.count}
		}
		pools = append(pools, next)
	}
	out := make([]float64, 0, len(y))
	for _, p := range pools {
		for range p.count {
			out = append(out, p.mean)
		}
	}
	return out
}
