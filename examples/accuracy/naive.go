package main

import (
	"math"

	"maturitybench/stats"

	"github.com/google/differential-privacy/go/v3/dpagg"
	"github.com/google/differential-privacy/go/v3/noise"
)

// split says what one aggregation of a kind may spend, and how many
// aggregations of that kind one company is part of.
type split func(t trial, partitions int64) (epsilon, delta float64, most int64, kind noise.Noise)

// memberships is the number of cohorts that a company is in at most.
func (t trial) memberships() int64 {
	if len(t.cohorts) == 1 {
		return 1
	}
	return int64(1 + len(t.spec.Attributes))
}

// byFamily gives each of the six kinds of statistics a sixth of the budget,
// with Gaussian noise over the aggregations of the kind.
func byFamily(t trial, partitions int64) (float64, float64, int64, noise.Noise) {
	const kinds = 6 // level counts, question means, domain means, overall means, quantiles, sizes
	return t.epsilon / kinds, delta / kinds, partitions, noise.Gaussian()
}

// byStatistic gives every aggregation that a company is part of the same
// share, with Laplace noise.
func byStatistic(t trial, _ int64) (float64, float64, int64, noise.Noise) {
	questions, domains := int64(t.questions()), int64(len(t.spec.Domains))
	each := 2*questions + domains + 1 + (domains + 1) + 1
	return t.epsilon / float64(t.memberships()*each), 0, 1, noise.Laplace()
}

func (t trial) questions() int {
	n := 0
	for _, d := range t.spec.Domains {
		n += len(d.Questions)
	}
	return n
}

// naive publishes every statistic with the aggregation of dpagg that is made
// for it.
func naive(budget split) func(trial) []statistics {
	return func(t trial) []statistics {
		list := make([]statistics, len(t.cohorts))
		for g := range list {
			list[g] = aggregate(t, t.members(g), budget)
		}
		return list
	}
}

// aggregate publishes the statistics of one cohort.
func aggregate(t trial, members []int, budget split) statistics {
	var s statistics
	m := t.memberships()
	base, levels := float64(t.spec.Scale[0].Level), len(t.spec.Scale)
	top := base + float64(levels-1)
	first := 0
	all := m * int64(t.questions())
	scores := len(t.spec.Domains) + 1
	for _, d := range t.spec.Domains {
		last := first + len(d.Questions)
		values := t.scores(members, first, last)
		s[domainMeans] = append(s[domainMeans], mean(t, budget, values, m*int64(scores-1), base, top))
		s[quartiles] = append(s[quartiles], quantiles(t, budget, values, m*int64(scores), base, top)...)
		for q := first; q < last; q++ {
			answers := t.scores(members, q, q+1)
			s[questionMeans] = append(s[questionMeans], mean(t, budget, answers, all, base, top))
			histogram := make([]float64, levels)
			for l := range histogram {
				n := 0
				for _, x := range answers {
					if x == base+float64(l) {
						n++
					}
				}
				histogram[l] = count(t, budget, n, all)
			}
			p := normalised(histogram)
			s[shares] = append(s[shares], p...)
			s[atLeast] = append(s[atLeast], stats.AtLeast(p)...)
		}
		first = last
	}
	values := t.scores(members, 0, first)
	s[overallMean] = []float64{mean(t, budget, values, m, base, top)}
	s[quartiles] = append(quantiles(t, budget, values, m*int64(scores), base, top), s[quartiles]...)
	s[companies] = []float64{count(t, budget, len(members), m)}
	return s
}

// normalised projects counts on the shares that sum to 1.
func normalised(counts []float64) []float64 {
	total := 0.0
	for _, n := range counts {
		total += max(n, 0)
	}
	p := make([]float64, len(counts))
	for l, n := range counts {
		p[l] = 1 / float64(len(counts))
		if total > 0 {
			p[l] = max(n, 0) / total
		}
	}
	return p
}

func count(t trial, budget split, n int, partitions int64) float64 {
	epsilon, delta, most, kind := budget(t, partitions)
	c, err := dpagg.NewCount(&dpagg.CountOptions{Epsilon: epsilon, Delta: delta, MaxPartitionsContributed: most, Noise: kind})
	if err != nil {
		return math.NaN()
	}
	if err := c.IncrementBy(int64(n)); err != nil {
		return math.NaN()
	}
	result, err := c.Result()
	if err != nil {
		return math.NaN()
	}
	return float64(result)
}

func mean(t trial, budget split, values []float64, partitions int64, low, high float64) float64 {
	epsilon, delta, most, kind := budget(t, partitions)
	m, err := dpagg.NewBoundedMean(&dpagg.BoundedMeanOptions{
		Epsilon: epsilon, Delta: delta, MaxPartitionsContributed: most, MaxContributionsPerPartition: 1,
		Lower: low, Upper: high, Noise: kind,
	})
	if err != nil {
		return math.NaN()
	}
	for _, x := range values {
		if err := m.Add(x); err != nil {
			return math.NaN()
		}
	}
	result, err := m.Result()
	if err != nil {
		return math.NaN()
	}
	return result
}

func quantiles(t trial, budget split, values []float64, partitions int64, low, high float64) []float64 {
	epsilon, delta, most, kind := budget(t, partitions)
	list := []float64{math.NaN(), math.NaN(), math.NaN()}
	b, err := dpagg.NewBoundedQuantiles(&dpagg.BoundedQuantilesOptions{
		Epsilon: epsilon, Delta: delta, MaxPartitionsContributed: most, MaxContributionsPerPartition: 1,
		Lower: low, Upper: high, Noise: kind,
	})
	if err != nil {
		return list
	}
	for _, x := range values {
		if err := b.Add(x); err != nil {
			return list
		}
	}
	for i, rank := range []float64{0.25, 0.5, 0.75} {
		if result, err := b.Result(rank); err == nil {
			list[i] = result
		}
	}
	return list
}
