package main

import (
	"math"
	"slices"

	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/synthetic"
)

// family is a kind of statistic whose errors are averaged.
type family int

const (
	questionMeans family = iota
	domainMeans
	overallMean
	quartiles
	shares
	atLeast
	companies
	families
)

var familyNames = [families]string{
	"question means", "domain means", "overall mean", "quartiles", "shares", "at least", "companies",
}

// statistics are all numbers of one cohort, by family; NaN is not published
// (or, in the truth, does not exist). Levels are on the instrument's scale.
type statistics [families][]float64

// truth are the exact statistics of a cohort.
func truth(c synthetic.Cohort) statistics {
	var s statistics
	s.score(c.Overall, overallMean)
	for _, d := range c.Domains {
		s.score(d, domainMeans)
	}
	for _, q := range c.Questions {
		s[questionMeans] = append(s[questionMeans], q.Mean)
		s[shares] = append(s[shares], q.Shares...)
		s[atLeast] = append(s[atLeast], q.AtLeast...)
	}
	s[companies] = []float64{float64(c.Companies)}
	return s
}

// score appends the mean to its family and the quartiles to theirs.
func (s *statistics) score(of synthetic.Score, means family) {
	s[means] = append(s[means], of.Mean)
	s[quartiles] = append(s[quartiles], of.Percentile("q1"), of.Percentile("median"), of.Percentile("q3"))
}

// published are the numbers of a released cohort, picked from every estimate.
func published(c publication.Cohort, pick func(publication.Estimate) float64) statistics {
	var s statistics
	add := func(f family, list ...publication.Estimate) {
		for _, e := range list {
			s[f] = append(s[f], pick(e))
		}
	}
	add(overallMean, c.Overall.Mean)
	quarters := c.Overall.Percentiles.Quartiles()
	add(quartiles, quarters[:]...)
	for _, d := range c.Domains {
		add(domainMeans, d.Mean)
		quarters := d.Percentiles.Quartiles()
		add(quartiles, quarters[:]...)
	}
	for _, q := range c.Questions {
		add(questionMeans, q.Mean)
		add(shares, q.Shares...)
		add(atLeast, q.AtLeast...)
	}
	add(companies, c.Companies)
	return s
}

// score sums the errors of a method in one family.
type score struct {
	squares, shown, all float64
	covered, intervals  float64
}

func (s *score) add(value, exact float64) {
	if math.IsNaN(exact) {
		return
	}
	s.all++
	if !math.IsNaN(value) {
		s.shown++
		s.squares += (value - exact) * (value - exact)
	}
}

func (s *score) interval(low, high, exact float64) {
	if math.IsNaN(exact) || math.IsNaN(low) {
		return
	}
	s.intervals++
	if low <= exact && exact <= high {
		s.covered++
	}
}

// rmse is the root mean square error of what is shown.
func (s score) rmse() float64 { return math.Sqrt(s.squares / s.shown) }

// scores are a method's errors: all companies, and the cohorts together.
type scores struct {
	all, segments [families]score
	extremes      [2]score // question means of the five highest and five lowest questions: all, segments
}

// add compares the statistics of all cohorts. low and high are nil for methods
// without intervals.
func (s *scores) add(exact, value, low, high []statistics) {
	for g := range exact {
		into := &s.segments
		if g == 0 {
			into = &s.all
		}
		for f := range families {
			for i, x := range exact[g][f] {
				into[f].add(at(value, g, f, i), x)
				if low != nil {
					into[f].interval(at(low, g, f, i), at(high, g, f, i), x)
				}
			}
		}
		if low != nil {
			for _, q := range extremes(exact[g][questionMeans]) {
				s.extremes[min(g, 1)].interval(at(low, g, questionMeans, q), at(high, g, questionMeans, q), exact[g][questionMeans][q])
			}
		}
	}
}

// at is a number, or NaN where the cohort is suppressed.
func at(list []statistics, g int, f family, i int) float64 {
	if g >= len(list) || i >= len(list[g][f]) {
		return math.NaN()
	}
	return list[g][f][i]
}

// extremes are the five lowest and the five highest questions.
func extremes(means []float64) []int {
	order := make([]int, 0, len(means))
	for q, m := range means {
		if !math.IsNaN(m) {
			order = append(order, q)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		if means[a] < means[b] {
			return -1
		}
		return 1
	})
	if len(order) <= 10 {
		return order
	}
	return append(order[:5:5], order[len(order)-5:]...)
}
