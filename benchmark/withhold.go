package benchmark

import (
	"maturitybench/benchmark/internal/estimate"
)

// Usefulness limits: an estimate whose standard error is larger says too
// little to be printed.
const (
	mostLevelError = 0.25 // levels, for means and quartiles
	mostShareError = 0.10 // for shares
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

// figures decides which estimates of a cohort are published. It looks at
// released quantities only, so that it costs no privacy.
func figures(c estimate.Cohort, minCompanies int) cohortFigures {
	f := cohortFigures{companies: newFigure(c.Companies, true), overall: scoreFiguresOf(c.Overall)}
	for _, d := range c.Domains {
		f.domains = append(f.domains, scoreFiguresOf(d))
	}
	for _, q := range c.Questions {
		enough := q.Answers.Low >= float64(minCompanies)
		shares := enough && useful(mostShareError, q.Shares...) && useful(mostShareError, q.AtLeast...)
		f.questions = append(f.questions, questionFigures{
			mean:    newFigure(q.Mean, enough && useful(mostLevelError, q.Mean)),
			shares:  newFigures(q.Shares, shares),
			atLeast: newFigures(q.AtLeast, shares),
		})
	}
	for _, p := range c.Profiles {
		f.profiles = append(f.profiles, newFigure(p, useful(mostShareError, p)))
	}
	f.unshrunken = unshrunkenOf(c.Unshrunken, f)
	return f
}

// unshrunkenOf are the numbers without a prior: shown where the estimate is, up
// to twice its limits.
func unshrunkenOf(u estimate.Unshrunken, f cohortFigures) *unshrunkenFigures {
	show := func(n estimate.Number, estimate figure, most float64) figure {
		return newFigure(n, estimate.published && n.Error <= 2*most)
	}
	list := func(numbers []estimate.Number, most float64, of func(i int) figure) []figure {
		var list []figure
		for i, n := range numbers {
			list = append(list, show(n, of(i), most))
		}
		return list
	}
	return &unshrunkenFigures{
		overall:   show(u.Overall, f.overall.mean, mostLevelError),
		domains:   list(u.Domains, mostLevelError, func(d int) figure { return f.domains[d].mean }),
		questions: list(u.Questions, mostLevelError, func(q int) figure { return f.questions[q].mean }),
		profiles:  list(u.Profiles, mostShareError, func(p int) figure { return f.profiles[p] }),
	}
}

func scoreFiguresOf(s estimate.Score) scoreFigures {
	f := scoreFigures{mean: newFigure(s.Mean, useful(mostLevelError, s.Mean))}
	quartiles := useful(mostLevelError, s.Quartiles[:]...)
	for i, q := range s.Quartiles {
		f.quartiles[i] = newFigure(q, quartiles)
	}
	return f
}

func newFigure(n estimate.Number, published bool) figure {
	return figure{value: n.Value, low: n.Low, high: n.High, published: published}
}

func newFigures(family []estimate.Number, published bool) []figure {
	list := make([]figure, len(family))
	for i, n := range family {
		list[i] = newFigure(n, published)
	}
	return list
}
