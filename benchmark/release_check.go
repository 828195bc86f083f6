package benchmark

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"

	"maturitybench/privacy"
)

// allCohort is the id of the cohort of all companies.
const allCohort = "all"

var (
	releaseIDPattern = regexp.MustCompile(`^[0-9a-f]{32}$`)
	attributePattern = regexp.MustCompile(`^([^=]+)=([^=]+)$`)
)

// check holds the release against every rule of its format: ranges, order,
// completeness, and the agreement of its numbers. The error begins with the
// path of the value.
func (r *Release) check() error {
	switch {
	case !releaseIDPattern.MatchString(r.ID):
		return errors.New("id: 32 hex digits are expected")
	case !isID(r.Account):
		return errors.New("account: an id is expected")
	case !isID(r.Wave):
		return errors.New("wave: an id is expected")
	case r.Revision < 1:
		return errors.New("revision: 1 or more is expected")
	case !(r.Confidence >= 0.5 && r.Confidence <= 0.99):
		return errors.New("confidence: 0.5 to 0.99 is expected")
	}
	if _, err := NewInstrument(r.Instrument); err != nil {
		return fmt.Errorf("instrument: %w", err)
	}
	if len(r.Instrument.NoAnswer)+len(r.Instrument.Ignore) > 0 {
		return errors.New("instrument: the public form is expected, without no_answer and ignore")
	}
	if err := r.Privacy.check(); err != nil {
		return fmt.Errorf("privacy.%w", err)
	}
	if err := r.checkCohortIDs(); err != nil {
		return err
	}
	c := releaseChecker{
		instrument: r.Instrument,
		first:      micro(r.Instrument.Scale[0].Level) * unity,
		last:       micro(r.Instrument.Scale[len(r.Instrument.Scale)-1].Level) * unity,
		k:          r.Privacy.MinCompanies,
		exact:      r.Privacy.Roster == privacy.PublicRoster,
	}
	for i, cohort := range r.Cohorts {
		if c.cohort(fmt.Sprintf("cohorts[%d]", i), cohort); c.err != nil {
			return c.err
		}
	}
	return nil
}

func (p Privacy) check() error {
	switch {
	case !p.Roster.Valid():
		return errors.New("roster: secret or public is expected")
	case !(p.Epsilon > 0 && p.Epsilon <= 20):
		return errors.New("epsilon: more than 0 and at most 20 is expected")
	case !(p.Delta > 0 && p.Delta < 1):
		return errors.New("delta: between 0 and 1 is expected")
	case !(p.Between >= p.Epsilon && p.Between <= largestPrinted):
		return errors.New("epsilon_between_two_answers: at least epsilon is expected")
	case p.MinCompanies < 3:
		return errors.New("min_companies: 3 or more is expected")
	case p.Noise != SecureNoise && p.Noise != TestNoise:
		return errors.New("noise: secure or test is expected")
	case !(p.Loss.PureEpsilon >= 0 && p.Loss.PureEpsilon <= p.Epsilon):
		return errors.New("loss.pure_epsilon: 0 to epsilon is expected")
	case !(p.Loss.Mu >= 0 && isPrinted(p.Loss.Mu)):
		return errors.New("loss.mu: a number with at most six decimals is expected")
	case !(p.Loss.DeltaSelection >= 0 && p.Loss.DeltaSelection < p.Delta):
		return errors.New("loss.delta_selection: less than delta is expected")
	}
	for key, sentence := range p.Statement.All() {
		if strings.TrimSpace(sentence) == "" {
			return fmt.Errorf("statement.%s: a sentence is expected", key)
		}
	}
	return nil
}

// checkCohortIDs checks that the cohorts are all, then every value of some
// attributes, that nothing is shown when all is suppressed, and that no
// suppressed cohort stands alone among its siblings.
func (r *Release) checkCohortIDs() error {
	if len(r.Cohorts) == 0 || r.Cohorts[0].ID != allCohort {
		return errors.New("cohorts: all is expected first")
	}
	values := map[string][]string{}
	for _, a := range r.Instrument.Attributes {
		for _, v := range a.Values {
			values[a.ID] = append(values[a.ID], v.ID)
		}
	}
	for at := 1; at < len(r.Cohorts); {
		path := fmt.Sprintf("cohorts[%d]", at)
		parts := attributePattern.FindStringSubmatch(r.Cohorts[at].ID)
		if parts == nil || values[parts[1]] == nil {
			return fmt.Errorf("%s.id: a value of an attribute that is not listed yet is expected", path)
		}
		siblings := values[parts[1]]
		values[parts[1]] = nil
		suppressed := 0
		for i, v := range siblings {
			if at+i >= len(r.Cohorts) || r.Cohorts[at+i].ID != parts[1]+"="+v {
				return fmt.Errorf("cohorts[%d].id: every value of an attribute is expected, in the instrument's order", at+i)
			}
			if r.Cohorts[at+i].Status == Suppressed {
				suppressed++
			}
		}
		if suppressed < len(siblings) && r.Cohorts[0].Status == Suppressed {
			return fmt.Errorf("%s: nothing is published when all is suppressed", path)
		}
		if suppressed == 1 {
			return fmt.Errorf("%s: one suppressed value alone is all without its siblings", path)
		}
		at += len(siblings)
	}
	return nil
}

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
