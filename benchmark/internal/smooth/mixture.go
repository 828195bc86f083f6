package smooth

import (
	"cmp"
	"math"
	"slices"

	"maturitybench/stats"
)

// Normal is a normal distribution with its weight in a mixture.
type Normal struct{ Weight, Mean, Variance float64 }

// Mixture is a mixture of normal distributions, whose weights sum to 1.
type Mixture []Normal

// Mean is the expected value.
func (m Mixture) Mean() float64 {
	mean := 0.0
	for _, n := range m {
		mean += n.Weight * n.Mean
	}
	return mean
}

// Variance is that of the mixture.
func (m Mixture) Variance() float64 {
	mean, second := m.Mean(), 0.0
	for _, n := range m {
		second += n.Weight * (n.Variance + (n.Mean-mean)*(n.Mean-mean))
	}
	return second
}

// Quantile is the value that the mixture is below with probability p, above 0 and below 1.
func (m Mixture) Quantile(p float64) float64 {
	low, high := math.Inf(1), math.Inf(-1)
	z := stats.NormalQuantile(p)
	for _, n := range m {
		at := n.Mean + z*math.Sqrt(n.Variance)
		low, high = min(low, at), max(high, at)
	}
	if low >= high {
		return low
	}
	const halvings = 50
	below, above := stats.Bisect(low, high, halvings, func(x float64) bool { return m.cdf(x) >= p })
	return (below + above) / 2
}

func (m Mixture) cdf(x float64) float64 {
	p := 0.0
	for _, n := range m {
		p += n.Weight * stats.NormalCDF((x-n.Mean)/math.Sqrt(max(n.Variance, 1e-300)))
	}
	return p
}

// Plus is the distribution of the sum of two independent quantities.
func (m Mixture) Plus(o Mixture) Mixture {
	var sum Mixture
	for _, a := range m {
		for _, b := range o {
			sum = append(sum, Normal{a.Weight * b.Weight, a.Mean + b.Mean, a.Variance + b.Variance})
		}
	}
	return sum.compact()
}

// compact merges parts until few are left, each time those two neighbours that change the
// mixture the least (Runnalls, IEEE Transactions on Aerospace and Electronic Systems 43,
// 2007), and makes the weights sum to 1.
func (m Mixture) compact() Mixture {
	total := 0.0
	for _, n := range m {
		total += n.Weight
	}
	m = slices.Clone(m)
	for i := range m {
		m[i].Weight /= total
	}
	slices.SortFunc(m, func(a, b Normal) int { return cmp.Compare(a.Mean, b.Mean) })
	cost := make([]float64, max(len(m)-1, 0))
	for i := range cost {
		cost[i] = lost(m[i], m[i+1])
	}
	for len(m) > mostParts {
		least := 0
		for i, c := range cost {
			if c < cost[least] {
				least = i
			}
		}
		m[least] = merged(m[least], m[least+1])
		m = slices.Delete(m, least+1, least+2)
		cost = slices.Delete(cost, least, least+1)
		for _, i := range []int{least - 1, least} {
			if i >= 0 && i < len(cost) {
				cost[i] = lost(m[i], m[i+1])
			}
		}
	}
	return m
}

// merged has the weight, the mean and the variance of two parts together.
func merged(a, b Normal) Normal {
	w := a.Weight + b.Weight
	mean := (a.Weight*a.Mean + b.Weight*b.Mean) / w
	variance := (a.Weight*(a.Variance+(a.Mean-mean)*(a.Mean-mean)) + b.Weight*(b.Variance+(b.Mean-mean)*(b.Mean-mean))) / w
	return Normal{w, mean, variance}
}

// lost is a bound of what merging loses.
func lost(a, b Normal) float64 {
	both := merged(a, b)
	log := func(v float64) float64 { return math.Log(max(v, 1e-300)) }
	return both.Weight*log(both.Variance) - a.Weight*log(a.Variance) - b.Weight*log(b.Variance)
}
