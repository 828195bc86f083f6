package main

import (
	"math"
	"math/rand/v2"

	"maturitybench/privacy"
	"maturitybench/stats"
)

// scoreBins is the number of bins of a score's histogram per level.
const scoreBins = 4

// jointHistogram publishes one vector with one Gaussian mechanism: the level
// counts of every question and a histogram of every score, for every cohort.
// A company adds at most one to one count of each, so that its L2 norm is the
// root of their number. Everything else is computed from the noisy counts.
func jointHistogram(t trial) []statistics {
	mu := privacy.GaussianMu(t.epsilon, delta)
	each := t.questions() + len(t.spec.Domains) + 1
	sigma := math.Sqrt(float64(t.memberships()*int64(each))) / mu.Float()
	rng := rand.New(rand.NewPCG(uint64(t.number), 0x6a6f696e74))
	list := make([]statistics, len(t.cohorts))
	for g := range list {
		list[g] = fromHistograms(t, t.members(g), func(counts []float64) []float64 {
			for i := range counts {
				counts[i] += sigma * rng.NormFloat64()
			}
			return counts
		})
	}
	return list
}

// histograms are the noisy counts of one cohort.
type histograms struct {
	questions, scores [][]float64
	companies         float64 // the mean of all their sums
}

// fromHistograms computes the statistics of a cohort from noisy histograms.
// All of them tell the number of companies, and the level counts of all
// questions the means of domains and of the whole.
func fromHistograms(t trial, members []int, noisy func([]float64) []float64) statistics {
	base, levels := float64(t.spec.Scale[0].Level), len(t.spec.Scale)
	h := newHistograms(t, members, noisy)
	mid := float64(levels-1) / 2
	means := make([]float64, len(h.questions))
	var s statistics
	for q, counts := range h.questions {
		total := 0.0
		for l, n := range counts {
			total += (float64(l) - mid) * n
		}
		means[q] = base + max(0, min(2*mid, mid+total/h.companies))
		p := h.shares(counts)
		s[shares] = append(s[shares], p...)
		s[atLeast] = append(s[atLeast], stats.AtLeast(p)...)
	}
	s[questionMeans] = means
	first := 0
	for d, domain := range t.spec.Domains {
		last := first + len(domain.Questions)
		s[domainMeans] = append(s[domainMeans], average(means[first:last]))
		s[quartiles] = append(s[quartiles], quartilesOf(h.shares(h.scores[d]), base)...)
		first = last
	}
	s[overallMean] = []float64{average(means)}
	s[quartiles] = append(quartilesOf(h.shares(h.scores[len(t.spec.Domains)]), base), s[quartiles]...)
	s[companies] = []float64{h.companies}
	return s
}

// newHistograms counts and adds the noise.
func newHistograms(t trial, members []int, noisy func([]float64) []float64) histograms {
	var h histograms
	base, levels := float64(t.spec.Scale[0].Level), len(t.spec.Scale)
	score := func(first, last int) {
		counts := make([]float64, scoreBins*(levels-1)+1)
		for _, x := range t.scores(members, first, last) {
			counts[int(math.Round(scoreBins*(x-base)))]++
		}
		h.scores = append(h.scores, noisy(counts))
	}
	first := 0
	for _, d := range t.spec.Domains {
		last := first + len(d.Questions)
		score(first, last)
		for q := first; q < last; q++ {
			counts := make([]float64, levels)
			for _, x := range t.scores(members, q, q+1) {
				counts[int(x-base)]++
			}
			h.questions = append(h.questions, noisy(counts))
		}
		first = last
	}
	score(0, first)
	for _, counts := range append(h.questions, h.scores...) {
		for _, n := range counts {
			h.companies += n / float64(len(h.questions)+len(h.scores))
		}
	}
	h.companies = max(h.companies, 1)
	return h
}

// shares projects counts on the shares that sum to 1.
func (h histograms) shares(counts []float64) []float64 {
	p := make([]float64, len(counts))
	for i, n := range counts {
		p[i] = n / h.companies
	}
	return stats.Simplex(p, 1)
}

func average(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// quartilesOf reads the quartiles off a histogram of scores.
func quartilesOf(p []float64, base float64) []float64 {
	points, cdf, sum := make([]float64, len(p)), make([]float64, len(p)), 0.0
	for i, share := range p {
		sum += share
		points[i], cdf[i] = base+float64(i)/scoreBins, min(sum, 1)
	}
	list := make([]float64, 3)
	for i, rank := range []float64{0.25, 0.5, 0.75} {
		list[i] = stats.CDFQuantile(points, cdf, rank)
	}
	return list
}
