package draft

import (
	"slices"

	"maturitybench/benchmark/internal/estimate"
	"maturitybench/benchmark/internal/statistic"
)

// leastInformation is the part of the prior variance that the data must
// have removed, so that a printed prior never passes for a measurement.
const leastInformation = 0.5

// useful reports whether estimates of a family are accurate and informed
// enough; it is judged by its worst member.
func useful(family *statistic.Family, members ...estimate.Number) bool {
	for _, n := range members {
		if !(n.Error <= family.Most) || !(n.Information >= leastInformation) {
			return false
		}
	}
	return true
}

// Select decides which estimates of a cohort are published. It looks at
// released quantities only, so that it costs no privacy.
// The small-panel scheme (levelsOnly) measures no more than the level, and
// publishes no more.
//
// No number about a domain, a question or a profile is published unless at least
// minCompanies companies of the cohort answered it, as far as noisy counts alone say so:
// see estimate.Score and estimate.Question.
func Select(c estimate.Cohort, minCompanies int, levelsOnly bool) Cohort {
	if levelsOnly {
		c = measuredLevels(c)
	}
	f := Cohort{Companies: newNumber(c.Companies, true), Overall: scoreNumbersOf(c.Overall, true)}
	for _, d := range c.Domains {
		f.Domains = append(f.Domains, scoreNumbersOf(d, d.Answers.Low >= float64(minCompanies)))
	}
	for _, function := range c.Functions {
		f.Functions = append(f.Functions, newNumber(function.Mean, function.Answers >= float64(minCompanies) && useful(statistic.ScoreMean, function.Mean)))
	}
	for _, q := range c.Questions {
		enough := q.Answers.Low >= float64(minCompanies)
		shares := enough && useful(statistic.AnswerDist, q.Shares...) && useful(statistic.AnswerDist, q.AtLeast...)
		f.Questions = append(f.Questions, Question{
			Mean:    newNumber(q.Mean, enough && useful(statistic.Mean, q.Mean)),
			Shares:  newNumbers(q.Shares, shares),
			AtLeast: newNumbers(q.AtLeast, shares),
		})
	}
	for i, p := range c.Profiles {
		f.Profiles = append(f.Profiles, newNumber(p, c.ProfileAnswers[i] >= float64(minCompanies) && useful(statistic.Met, p)))
	}
	f.Unshrunken = unshrunkenOf(c.Unshrunken, f)
	f.Sheets = sheetsOf(c.Sheets)
	return f
}

// sheetsOf is nil where nothing was measured: in segments, and in small panels.
func sheetsOf(s estimate.Sheets) *Sheets {
	if s.ScaledDown.Information == 0 && s.LeftOut.Information == 0 {
		return nil
	}
	return &Sheets{
		ScaledDown: newNumber(s.ScaledDown, useful(statistic.Met, s.ScaledDown)),
		LeftOut:    newNumber(s.LeftOut, useful(statistic.Met, s.LeftOut)),
	}
}

// unshrunkenOf are the numbers without a prior: shown where the estimate is, up
// to twice its limits.
func unshrunkenOf(u estimate.Unshrunken, f Cohort) *Unshrunken {
	show := func(n estimate.Number, estimate Number, family *statistic.Family) Number {
		return newNumber(n, estimate.Published && n.Error <= 2*family.Most)
	}
	list := func(numbers []estimate.Number, family *statistic.Family, of func(i int) Number) []Number {
		var list []Number
		for i, n := range numbers {
			list = append(list, show(n, of(i), family))
		}
		return list
	}
	return &Unshrunken{
		Overall:   show(u.Overall, f.Overall.Mean, statistic.ScoreMean),
		Functions: list(u.Functions, statistic.ScoreMean, func(i int) Number { return f.Functions[i] }),
		Domains:   list(u.Domains, statistic.ScoreMean, func(d int) Number { return f.Domains[d].Mean }),
		Questions: list(u.Questions, statistic.Mean, func(q int) Number { return f.Questions[q].Mean }),
		Profiles:  list(u.Profiles, statistic.Met, func(p int) Number { return f.Profiles[p] }),
	}
}

// measuredLevels is the cohort with nothing known but its size, its overall
// and its domain means.
func measuredLevels(c estimate.Cohort) estimate.Cohort {
	meanOnly := func(s estimate.Score) estimate.Score {
		s.Percentiles = slices.Clone(s.Percentiles)
		for i := range s.Percentiles {
			s.Percentiles[i].Information = 0
		}
		return s
	}
	c.Overall = meanOnly(c.Overall)
	c.Domains = slices.Clone(c.Domains)
	for d := range c.Domains {
		c.Domains[d] = meanOnly(c.Domains[d])
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

func scoreNumbersOf(s estimate.Score, enough bool) Score {
	f := Score{Mean: newNumber(s.Mean, enough && useful(statistic.ScoreMean, s.Mean))}
	for i, n := range s.Percentiles { // none where the levels alone are looked at
		family := statistic.Percentiles()[i].Family
		shown := enough && useful(family, statistic.Members(family, s.Percentiles)...)
		f.Percentiles = append(f.Percentiles, newNumber(n, shown))
	}
	return f
}

func newNumber(n estimate.Number, published bool) Number {
	return Number{Value: n.Value, Low: n.Low, High: n.High, Published: published}
}

func newNumbers(family []estimate.Number, published bool) []Number {
	list := make([]Number, len(family))
	for i, n := range family {
		list[i] = newNumber(n, published)
	}
	return list
}
