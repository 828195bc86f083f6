package estimate

import (
	"math"
	"slices"
)

// The companies of all cohorts are taken to spread alike around their means. Where most of
// what all companies spread by is the distance between the values of an attribute, the
// companies of one value spread less, by as much as is not known: nobody measured how far
// they are from one another.

// scoreVariance is the variance of the companies' scores that a reading leaves, at the mean
// square of the levels' possible spreads.
func scoreVariance(r scoreReading, branches []branch, at int) float64 {
	var squares, total float64
	for _, b := range branches {
		for _, sp := range b.spreads[at] {
			squares += b.weight * sp.weight * square(sp.value)
			total += b.weight * sp.weight
		}
	}
	sd := math.Sqrt(ratio(squares, total))
	return r.warp.variance(r.warp.level(r.mean, sd), sd)
}

// groupsAlike takes the information from percentiles of the values of an attribute that lie
// too far apart. Of what their estimated means spread by, noise is subtracted.
func (s *setting) groupsAlike(numbers [][]Number, variance float64, means levels, item int) {
	for _, p := range s.parts[1:] {
		if s.between(p, means, item) <= mostBetween*variance {
			continue
		}
		for _, g := range p.cohorts {
			for i := range numbers[g] {
				numbers[g][i].Information = 0
			}
		}
	}
}

// between is the variance of the means of an attribute's values.
func (s *setting) between(p part, means levels, item int) float64 {
	var sum float64
	for _, g := range p.cohorts {
		noise := max(means.variance[g][item]-means.variance[0][item], 0)
		sum += s.cov.share[g] * (square(means.value[g][item]-means.value[0][item]) - noise)
	}
	return sum
}

// groupApart says whether a segment is one of those that lie too far apart for the shares of
// its answers to a question to be taken from those of all, unless the shape of its answers was
// measured.
func (m shareModel) groupApart(g, q int) bool {
	if g == 0 || m.shapes.left[g][q] <= 1-informedEnough {
		return false
	}
	var variance float64
	mean := m.questions.value[0][q]
	for level, share := range m.values(0, q) {
		variance += share * square(m.scales[m.domainOf[q]].basis.at[level]-mean)
	}
	for _, p := range m.parts[1:] {
		if slices.Contains(p.cohorts, g) {
			return m.between(p, m.questions.levels, q) > mostBetween*variance
		}
	}
	return false
}
