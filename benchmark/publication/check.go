package publication

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/specfile"
	"maturitybench/privacy"
)

// AllCohort is the id of the cohort of all companies.
const AllCohort = "all"

var (
	idPattern        = regexp.MustCompile(`^[0-9a-f]{32}$`)
	attributePattern = regexp.MustCompile(`^([^=]+)=([^=]+)$`)
)

// Check holds the release against every rule of its format: ranges, order,
// completeness, and the agreement of its numbers. The error begins with the
// path of the value.
func (r *Release) Check() error {
	switch {
	case !idPattern.MatchString(r.ID):
		return errors.New("id: 32 hex digits are expected")
	case !specfile.IsID(r.Account):
		return errors.New("account: an id is expected")
	case !specfile.IsID(r.Wave):
		return errors.New("wave: an id is expected")
	case r.Revision < 1:
		return errors.New("revision: 1 or more is expected")
	case !(r.Confidence >= 0.5 && r.Confidence <= 0.99):
		return errors.New("confidence: 0.5 to 0.99 is expected")
	}
	if _, err := instrument.New(r.Instrument); err != nil {
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
	if err := r.checkStatistics(); err != nil {
		return err
	}
	if err := r.checkEarlier(); err != nil {
		return fmt.Errorf("earlier%w", err)
	}
	if err := r.checkSheets(); err != nil {
		return fmt.Errorf("sheets%w", err)
	}
	if err := r.Reestimated.check(r.ID); err != nil {
		return fmt.Errorf("reestimated.%w", err)
	}
	c := checker{instrument: r.Instrument, k: r.Privacy.MinCompanies, exact: r.Privacy.Roster.ExactSizes()}
	for d := range r.Instrument.Domains {
		c.ends = append(c.ends, newEnds(r.Instrument.On(d)))
	}
	for i, cohort := range r.Cohorts {
		path := fmt.Sprintf("cohorts[%d]", i)
		c.cohort(path, cohort)
		if c.unasked(path, r, cohort); c.err != nil {
			return c.err
		}
	}
	return nil
}

// checkEarlier expects waves before this one, each once.
func (r *Release) checkEarlier() error {
	if r.Earlier != nil && len(r.Earlier) == 0 {
		return errors.New(": a wave is expected, or no list")
	}
	seen := map[string]bool{r.Wave: true}
	for i, e := range r.Earlier {
		switch {
		case !specfile.IsID(e.Wave) || seen[e.Wave]:
			return fmt.Errorf("[%d].wave: the id of another wave, each once, is expected", i)
		case e.Revision < 1:
			return fmt.Errorf("[%d].revision: 1 or more is expected", i)
		case !idPattern.MatchString(e.Release):
			return fmt.Errorf("[%d].release: 32 hex digits are expected", i)
		}
		seen[e.Wave] = true
	}
	return nil
}

func (p Privacy) check() error {
	switch {
	case !p.Roster.Valid():
		return errors.New("roster: secret, public or counted is expected")
	case !(p.Epsilon > 0 && p.Epsilon <= 20):
		return errors.New("epsilon: more than 0 and at most 20 is expected")
	case !(p.Delta > 0 && p.Delta < 1):
		return errors.New("delta: between 0 and 1 is expected")
	case !(p.Between >= p.Epsilon && p.Between <= decimal.Largest):
		return errors.New("epsilon_between_two_answers: at least epsilon is expected")
	case p.MinCompanies < 3:
		return errors.New("min_companies: 3 or more is expected")
	case p.Noise != SecureNoise && p.Noise != TestNoise:
		return errors.New("noise: secure or test is expected")
	case !(p.Loss.PureEpsilon >= 0 && p.Loss.PureEpsilon <= p.Epsilon):
		return errors.New("loss.pure_epsilon: 0 to epsilon is expected")
	case !(p.Loss.Mu >= 0 && decimal.IsPrinted(p.Loss.Mu)):
		return errors.New("loss.mu: a number with at most six decimals is expected")
	case !(p.Loss.DeltaSelection >= 0 && p.Loss.DeltaSelection < p.Delta):
		return errors.New("loss.delta_selection: less than delta is expected")
	}
	if p.Loss.DeltaSampler < 0 || p.Loss.DeltaSelection+p.Loss.DeltaSampler >= p.Delta {
		return errors.New("loss.delta_sampler: less than delta with delta_selection is expected")
	}
	if err := p.checkGroups(); err != nil {
		return err
	}
	if err := p.Account.check(); err != nil {
		return fmt.Errorf("account.%w", err)
	}
	for key, sentence := range p.Statement.All() {
		if strings.TrimSpace(sentence) == "" {
			return fmt.Errorf("statement.%s: a sentence is expected", key)
		}
	}
	return nil
}

// checkGroups checks that larger groups are promised less.
func (p Privacy) checkGroups() error {
	last := GroupLoss{1, p.Epsilon, 0}
	for i, g := range p.Groups {
		switch {
		case g.Companies <= last.Companies:
			return fmt.Errorf("groups[%d].companies: more than before is expected", i)
		case !(g.Epsilon >= last.Epsilon && g.Epsilon <= decimal.Largest):
			return fmt.Errorf("groups[%d].epsilon: at least that of fewer companies is expected", i)
		case !(g.Delta >= last.Delta && g.Delta <= 1):
			return fmt.Errorf("groups[%d].delta: at least that of fewer companies and at most 1 is expected", i)
		}
		last = g
	}
	return nil
}

func (a AccountLoss) check() error {
	if a == (AccountLoss{}) {
		return nil
	}
	day, err := time.Parse(time.DateOnly, a.Date)
	switch {
	case err != nil || day.Year() < 1970:
		return errors.New("date: a date such as 2026-03-01 is expected")
	case a.Publications < 1:
		return errors.New("publications: at least 1 is expected")
	case a.Sequence < a.Publications:
		return errors.New("sequence: at least publications is expected")
	case !privacy.Span(a.Window).Valid():
		return errors.New("window: a span of time such as 3y is expected")
	case !(a.Epsilon > 0 && a.Epsilon <= 1000):
		return errors.New("epsilon: more than 0 and at most 1000 is expected")
	case !(a.Delta > 0 && a.Delta < 1):
		return errors.New("delta: between 0 and 1 is expected")
	case !(a.Lifetime == 0 || a.Lifetime >= a.Epsilon && a.Lifetime <= 1000):
		return errors.New("lifetime: 0, or epsilon to 1000 is expected")
	case !(a.Lost >= 0 && a.Lost <= a.Epsilon):
		return errors.New("lost: 0 to epsilon is expected")
	case !(a.LostEver >= 0 && a.LostEver <= decimal.Largest):
		return errors.New("lost_ever: a number that is not negative is expected")
	case !(a.DeltaEver >= a.Delta && a.DeltaEver <= 1):
		return errors.New("delta_ever: delta to 1 is expected")
	}
	return nil
}

// checkCohortIDs checks that the cohorts are all, then every value of some
// attributes, that nothing is shown when all is suppressed, and that no
// suppressed cohort stands alone among its siblings.
func (r *Release) checkCohortIDs() error {
	if len(r.Cohorts) == 0 || r.Cohorts[0].ID != AllCohort {
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
			return fmt.Errorf("%s: a single suppressed value could be computed from all and its siblings", path)
		}
		at += len(siblings)
	}
	return nil
}
