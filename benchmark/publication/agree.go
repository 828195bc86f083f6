package publication

import (
	"fmt"
	"math"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/statistic"
)

// checker checks numbers. It keeps the first problem.
type checker struct {
	instrument instrument.Spec
	ends       []ends // by domain
	k          int
	exact      bool
	err        error
}

// ends are those of the scales that the numbers of a domain are on.
type ends struct {
	on          instrument.Spec // with the scale of the domain
	first, last decimal.Micro   // of scores
	low, high   decimal.Micro   // of answers
}

func newEnds(on instrument.Spec) ends {
	first, last := on.ScoreEnds()
	low, high := on.Ends()
	return ends{on, decimal.ToMicros(first), decimal.ToMicros(last), decimal.ToMicros(low), decimal.ToMicros(high)}
}

func (c *checker) fail(path, problem string) {
	if c.err == nil {
		c.err = fmt.Errorf("%s: %s", path, problem)
	}
}

func (c *checker) cohort(path string, cohort Cohort) {
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
	c.score(path+".overall", cohort.Overall, c.ends[0])
	if c.instrument.Several() {
		c.noOverall(path, cohort)
	}
	if len(cohort.Domains) != len(c.instrument.Domains) {
		c.fail(path+".domains", "every domain of the instrument is expected")
		return
	}
	c.functions(path, cohort)
	at := 0
	for d, domain := range c.instrument.Domains {
		path := fmt.Sprintf("%s.domains[%d]", path, d)
		if cohort.Domains[d].ID != domain.ID {
			c.fail(path+".id", "the domains are expected in the instrument's order")
		}
		c.score(path, cohort.Domains[d].CohortScore, c.ends[d])
		at += len(domain.Questions)
	}
	if len(cohort.Questions) != at {
		c.fail(path+".questions", "every question of the instrument is expected")
		return
	}
	at = 0
	for d, domain := range c.instrument.Domains {
		for _, question := range domain.Questions {
			path := fmt.Sprintf("%s.questions[%d]", path, at)
			if cohort.Questions[at].ID != question.ID {
				c.fail(path+".id", "the questions are expected in the instrument's order")
			}
			c.question(path, cohort.Questions[at], c.ends[d])
			at++
		}
	}
	c.profiles(path, cohort)
	c.unshrunken(path+".unshrunken", cohort)
}

// noOverall checks that no number is one of several scales.
func (c *checker) noOverall(path string, cohort Cohort) {
	for _, e := range append(Percentiles{cohort.Overall.Mean}, cohort.Overall.Percentiles...) {
		if e.Status != Withheld {
			c.fail(path+".overall", "withheld is expected: the instrument has several scales")
		}
	}
	if u := cohort.Unshrunken; u != nil && u.Overall.Status != Withheld {
		c.fail(path+".unshrunken.overall", "withheld is expected: the instrument has several scales")
	}
}

// functions checks that every function of the instrument is there, in order.
func (c *checker) functions(path string, cohort Cohort) {
	if len(cohort.Functions) != len(c.instrument.Functions) {
		c.fail(path+".functions", "every function of the instrument is expected")
		return
	}
	domains := c.instrument.FunctionDomains()
	for i, f := range cohort.Functions {
		path := fmt.Sprintf("%s.functions[%d]", path, i)
		if f.ID != c.instrument.Functions[i].ID {
			c.fail(path+".id", "the functions are expected in the instrument's order")
		}
		on := c.ends[domains[i][0]]
		c.estimate(path+".mean", f.Mean, on.first, on.last)
	}
}

func (c *checker) companies(path string, e Estimate) {
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
	c.estimate(path, e, 0, decimal.Micro(decimal.Largest)*decimal.Unity)
	if c.exact && e.Low != e.High {
		c.fail(path, "exact under this roster")
	}
}

// estimate checks one number: at most six decimals, low ≤ value ≤ high, all
// of it in [low, high].
func (c *checker) estimate(path string, e Estimate, low, high decimal.Micro) {
	switch e.Status {
	case Withheld:
		return
	case Published:
	default:
		c.fail(path+".status", "published or withheld is expected")
		return
	}
	switch {
	case !decimal.IsPrinted(e.Value) || !decimal.IsPrinted(e.Low) || !decimal.IsPrinted(e.High):
		c.fail(path, "numbers with at most six decimals are expected")
	case e.Low > e.Value || e.Value > e.High:
		c.fail(path, "the value is expected inside its interval")
	case decimal.ToMicros(e.Low) < low || decimal.ToMicros(e.High) > high:
		c.fail(path, "numbers on the scale are expected")
	}
}

func (c *checker) score(path string, s CohortScore, on ends) {
	c.estimate(path+".mean", s.Mean, on.first, on.last)
	of := statistic.Percentiles()
	if len(s.Percentiles) != len(of) {
		c.fail(path+".percentiles", "every percentile is expected")
		return
	}
	last := math.Inf(-1)
	for i, e := range s.Percentiles {
		at := path + ".percentiles." + of[i].ID
		c.estimate(at, e, on.first, on.last)
		if e.Status != statistic.Members(of[i].Family, s.Percentiles)[0].Status {
			c.fail(at, "the "+of[i].Family.ID+" are expected to be published or withheld together")
		}
		if e.Status != Published {
			continue
		}
		if e.Value < last {
			c.fail(at, "the percentiles are expected in ascending order")
		}
		last = e.Value
	}
}

// family checks numbers that are published or withheld together, and reports
// whether they are published.
func (c *checker) family(path string, list []Estimate, low, high decimal.Micro) bool {
	for i, e := range list {
		c.estimate(fmt.Sprintf("%s[%d]", path, i), e, low, high)
		if e.Status != list[0].Status {
			c.fail(path, "published or withheld together is expected")
		}
	}
	return list[0].Status == Published
}

func (c *checker) question(path string, q CohortQuestion, on ends) {
	c.estimate(path+".mean", q.Mean, on.low, on.high)
	levels := len(on.on.Scale)
	if len(q.Shares) != levels || len(q.AtLeast) != levels-1 {
		c.fail(path, "a share for every level, and at_least for every level but the lowest, are expected")
		return
	}
	shown := c.family(path+".shares", q.Shares, 0, decimal.Unity)
	if c.family(path+".at_least", q.AtLeast, 0, decimal.Unity) != shown {
		c.fail(path, "shares and at_least are expected together")
	}
	if !shown || c.err != nil {
		return
	}
	shares := make([]decimal.Micro, levels)
	sum := decimal.Micro(0)
	for i, s := range q.Shares {
		shares[i] = decimal.ToMicros(s.Value)
		sum += shares[i]
	}
	if sum != decimal.Unity {
		c.fail(path+".shares", "a sum of 1 is expected")
	}
	for i, tail := range decimal.Tails(shares) {
		if decimal.ToMicros(q.AtLeast[i].Value) != tail {
			c.fail(fmt.Sprintf("%s.at_least[%d]", path, i), "the sum of the shares from here on is expected")
		}
	}
	if q.Mean.Status == Published && decimal.ToMicros(q.Mean.Value) != on.on.MeanOfShares(shares) {
		c.fail(path+".mean", "the mean of the shares is expected")
	}
}
