package benchmark

import (
	"fmt"
	"math"
)

// releaseChecker checks numbers. It keeps the first problem.
type releaseChecker struct {
	instrument  InstrumentSpec
	first, last micro // ends of the scale
	k           int
	exact       bool
	err         error
}

func (c *releaseChecker) fail(path, problem string) {
	if c.err == nil {
		c.err = fmt.Errorf("%s: %s", path, problem)
	}
}

func (c *releaseChecker) cohort(path string, cohort Cohort) {
	if cohort.Status == Suppressed {
		if len(cohort.Domains)+len(cohort.Questions) > 0 {
			c.fail(path, "a suppressed cohort has no numbers")
		}
		return
	}
	if cohort.Status != Published {
		c.fail(path+".status", "published or suppressed is expected")
		return
	}
	c.companies(path+".companies", cohort.Companies)
	c.score(path+".overall", cohort.Overall)
	if len(cohort.Domains) != len(c.instrument.Domains) {
		c.fail(path+".domains", "every domain of the instrument is expected")
		return
	}
	at := 0
	for d, domain := range c.instrument.Domains {
		path := fmt.Sprintf("%s.domains[%d]", path, d)
		if cohort.Domains[d].ID != domain.ID {
			c.fail(path+".id", "the domains are expected in the instrument's order")
		}
		c.score(path, cohort.Domains[d].CohortScore)
		at += len(domain.Questions)
	}
	if len(cohort.Questions) != at {
		c.fail(path+".questions", "every question of the instrument is expected")
		return
	}
	at = 0
	for _, domain := range c.instrument.Domains {
		for _, question := range domain.Questions {
			path := fmt.Sprintf("%s.questions[%d]", path, at)
			if cohort.Questions[at].ID != question.ID {
				c.fail(path+".id", "the questions are expected in the instrument's order")
			}
			c.question(path, cohort.Questions[at])
			at++
		}
	}
	c.profiles(path, cohort)
	c.unshrunken(path+".unshrunken", cohort)
}

func (c *releaseChecker) companies(path string, e Estimate) {
	if e.Status != Published {
		c.fail(path, "the number of companies is always published")
		return
	}
	for _, x := range []float64{e.Value, e.Low, e.High} {
		if x != math.Trunc(x) {
			c.fail(path, "whole numbers are expected")
		}
		if x < float64(c.k) {
			c.fail(path, "min_companies or more is expected")
		}
	}
	c.estimate(path, e, 0, micro(largestPrinted)*unity)
	if c.exact && e.Low != e.High {
		c.fail(path, "exact under a public roster")
	}
}

// estimate checks one number: at most six decimals, low ≤ value ≤ high, all
// of it in [low, high].
func (c *releaseChecker) estimate(path string, e Estimate, low, high micro) {
	switch e.Status {
	case Withheld:
		return
	case Published:
	default:
		c.fail(path+".status", "published or withheld is expected")
		return
	}
	switch {
	case !isPrinted(e.Value) || !isPrinted(e.Low) || !isPrinted(e.High):
		c.fail(path, "numbers with at most six decimals are expected")
	case e.Low > e.Value || e.Value > e.High:
		c.fail(path, "the value is expected inside its interval")
	case toMicros(e.Low) < low || toMicros(e.High) > high:
		c.fail(path, "numbers on the scale are expected")
	}
}

func (c *releaseChecker) score(path string, s CohortScore) {
	c.estimate(path+".mean", s.Mean, c.first, c.last)
	c.family(path+".quartiles", s.Quartiles[:], c.first, c.last)
	for i := 1; i < len(s.Quartiles); i++ {
		if s.Quartiles[i-1].Value > s.Quartiles[i].Value {
			c.fail(fmt.Sprintf("%s.quartiles[%d]", path, i), "the quartiles are expected in ascending order")
		}
	}
}

// family checks numbers that are published or withheld together, and reports
// whether they are published.
func (c *releaseChecker) family(path string, list []Estimate, low, high micro) bool {
	for i, e := range list {
		c.estimate(fmt.Sprintf("%s[%d]", path, i), e, low, high)
		if e.Status != list[0].Status {
			c.fail(path, "published or withheld together is expected")
		}
	}
	return list[0].Status == Published
}

func (c *releaseChecker) question(path string, q CohortQuestion) {
	c.estimate(path+".mean", q.Mean, c.first, c.last)
	levels := len(c.instrument.Scale)
	if len(q.Shares) != levels || len(q.AtLeast) != levels-1 {
		c.fail(path, "a share for every level, and at_least for every level but the lowest, are expected")
		return
	}
	shown := c.family(path+".shares", q.Shares, 0, unity)
	if c.family(path+".at_least", q.AtLeast, 0, unity) != shown {
		c.fail(path, "shares and at_least are expected together")
	}
	if !shown || c.err != nil {
		return
	}
	shares := make([]micro, levels)
	sum := micro(0)
	for i, s := range q.Shares {
		shares[i] = toMicros(s.Value)
		sum += shares[i]
	}
	if sum != unity {
		c.fail(path+".shares", "a sum of 1 is expected")
	}
	for i, tail := range tails(shares) {
		if toMicros(q.AtLeast[i].Value) != tail {
			c.fail(fmt.Sprintf("%s.at_least[%d]", path, i), "the sum of the shares from here on is expected")
		}
	}
	if q.Mean.Status == Published && toMicros(q.Mean.Value) != c.first+meanLevel(shares) {
		c.fail(path+".mean", "the mean of the shares is expected")
	}
}
