package draft

import (
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/statistic"
)

// within withholds what would be a mean over several scales: the overall score. It is a
// number on the way to the domains, and says nothing.
func (c Cohort) within(in instrument.Spec) Cohort {
	if !in.Several() || c.Suppressed {
		return c
	}
	c.Overall = Score{}
	if u := c.Unshrunken; u != nil {
		free := *u
		free.Overall = Number{}
		c.Unshrunken = &free
	}
	return c
}

// only withholds what the plan does not ask for: nothing was spent on it, and what is
// known of it all the same comes of the public model.
func (c Cohort) only(list statistic.List) Cohort {
	if len(list) == 0 || c.Suppressed {
		return c
	}
	one := func(family *statistic.Family, n Number) Number {
		n.Published = n.Published && list.Asks(family)
		return n
	}
	all := func(family *statistic.Family, numbers []Number) []Number {
		numbers = slices.Clone(numbers)
		for i, n := range numbers {
			numbers[i] = one(family, n)
		}
		return numbers
	}
	score := func(s Score) Score {
		s.Mean, s.Percentiles = one(statistic.ScoreMean, s.Mean), slices.Clone(s.Percentiles)
		for i, n := range s.Percentiles {
			s.Percentiles[i] = one(statistic.Percentiles()[i].Family, n)
		}
		return s
	}
	c.Overall, c.Functions = score(c.Overall), all(statistic.ScoreMean, c.Functions)
	c.Domains, c.Questions = slices.Clone(c.Domains), slices.Clone(c.Questions)
	for i, d := range c.Domains {
		c.Domains[i] = score(d)
	}
	for i, q := range c.Questions {
		c.Questions[i] = Question{
			Mean: one(statistic.Mean, q.Mean), Shares: all(statistic.AnswerDist, q.Shares), AtLeast: all(statistic.AnswerDist, q.AtLeast),
		}
	}
	c.Profiles = all(statistic.Met, c.Profiles)
	if u := c.Unshrunken; u != nil {
		free := *u
		free.Overall, free.Domains = one(statistic.ScoreMean, u.Overall), all(statistic.ScoreMean, u.Domains)
		free.Functions = all(statistic.ScoreMean, u.Functions)
		free.Questions, free.Profiles = all(statistic.Mean, u.Questions), all(statistic.Met, u.Profiles)
		c.Unshrunken = &free
	}
	return c
}
