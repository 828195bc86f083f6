package draft

import (
	"slices"

	"maturitybench/benchmark/internal/estimate"
)

// Usefulness limits: an estimate whose standard error is larger says too
// little to be printed.
const (
	MostLevelError = 0.25 // levels, for means and quartiles
	MostShareError = 0.10 // for shares
	// leastInformation is the part of the prior variance that the data must
	// have removed, so that a printed prior never passes for a measurement.
	leastInformation = 0.5
)

// useful reports whether a family of estimates is accurate and informed
// enough; it is judged by its worst member.
func useful(most float64, family ...estimate.Number) bool {
	for _, n := range family {
		if !(n.Error <= most) || !(n.Information >= leastInformation) {
			return false
		}
	}
	return true
}

// Select decides which estimates of a cohort are published. It looks at
// released quantities only, so that it costs no privacy.
// The small-panel profile (levelsOnly) measures no more than the level, and
// publishes no more.
//
// No number about a domain, a question or a profile is published unless at least
// minCompanies companies of the cohort answered it, as far as noisy counts alone say so:
// see estimate.Score and estimate.Question.
func Select(c estimate.Cohort, minCompanies int, levelsOnly bool) Cohort {
	if levelsOnly {
		c = measuredLevels(c)
	}
	f := Cohort{Companies: newFigure(c.Companies, true), Overall: scoreFiguresOf(c.Overall, true)}
	for _, d := range c.Domains {
		f.Domains = append(f.Domains, scoreFiguresOf(d, d.Answers.Low >= float64(minCompanies)))
	}
	for _, q := range c.Questions {
		enough := q.Answers.Low >= float64(minCompanies)
		shares := enough && useful(MostShareError, q.Shares...) && useful(MostShareError, q.AtLeast...)
		f.Questions = append(f.Questions, Question{
			Mean:    newFigure(q.Mean, enough && useful(MostLevelError, q.Mean)),
			Shares:  newFigures(q.Shares, shares),
			AtLeast: newFigures(q.AtLeast, shares),
		})
	}
	for i, p := range c.Profiles {
		f.Profiles = append(f.Profiles, newFigure(p, c.ProfileAnswers[i] >= float64(minCompanies) && useful(MostShareError, p)))
	}
	f.Unshrunken = unshrunkenOf(c.Unshrunken, f)
	return f
}

// unshrunkenOf are the numbers without a prior: shown where the estimate is, up
// to twice its limits.
func unshrunkenOf(u estimate.Unshrunken, f Cohort) *Unshrunken {
	show := func(n estimate.Number, estimate Figure, most float64) Figure {
		return newFigure(n, estimate.Published && n.Error <= 2*most)
	}
	list := func(numbers []estimate.Number, most float64, of func(i int) Figure) []Figure {
		var list []Figure
		for i, n := range numbers {
			list = append(list, show(n, of(i), most))
		}
		return list
	}
	return &Unshrunken{
		Overall:   show(u.Overall, f.Overall.Mean, MostLevelError),
		Domains:   list(u.Domains, MostLevelError, func(d int) Figure { return f.Domains[d].Mean }),
		Questions: list(u.Questions, MostLevelError, func(q int) Figure { return f.Questions[q].Mean }),
		Profiles:  list(u.Profiles, MostShareError, func(p int) Figure { return f.Profiles[p] }),
	}
}

// measuredLevels is the cohort with nothing known but its size, its overall
// and its domain means.
func measuredLevels(c estimate.Cohort) estimate.Cohort {
	quartiles := func(s estimate.Score) estimate.Score {
		for i := range s.Quartiles {
			s.Quartiles[i].Information = 0
		}
		return s
	}
	c.Overall = quartiles(c.Overall)
	c.Domains = slices.Clone(c.Domains)
	for d := range c.Domains {
		c.Domains[d] = quartiles(c.Domains[d])
	}
	c.Questions = slices.Clone(c.Questions)
	for q := range c.Questions {
		c.Questions[q].Answers.Low = 0
	}
	c.Profiles = slices.Clone(c.Profiles)
	for p := range c.Profiles {
		c.Profiles[p].Information = 0
	}
	return c
}

func scoreFiguresOf(s estimate.Score, enough bool) Score {
	f := Score{Mean: newFigure(s.Mean, enough && useful(MostLevelError, s.Mean))}
	quartiles := enough && useful(MostLevelError, s.Quartiles[:]...)
	for i, q := range s.Quartiles {
		f.Quartiles[i] = newFigure(q, quartiles)
	}
	return f
}

func newFigure(n estimate.Number, published bool) Figure {
	return Figure{Value: n.Value, Low: n.Low, High: n.High, Published: published}
}

func newFigures(family []estimate.Number, published bool) []Figure {
	list := make([]Figure, len(family))
	for i, n := range family {
		list[i] = newFigure(n, published)
	}
	return list
}
