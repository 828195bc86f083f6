package benchmark

import (
	"errors"
	"fmt"
	"math"
)

// releaseBuilder rounds figures.
type releaseBuilder struct {
	instrument InstrumentSpec
	base       micro // first level of the scale
	levels     int
	k          int
	exact      bool // companies are counted exactly
}

func (b releaseBuilder) top() micro { return micro(b.levels-1) * unity }

func (b releaseBuilder) cohort(id string, f cohortFigures) (Cohort, error) {
	if f.suppressed {
		return Cohort{ID: id, Status: Suppressed}, nil
	}
	if len(f.domains) != len(b.instrument.Domains) {
		return Cohort{}, fmt.Errorf("figures of %d domains", len(f.domains))
	}
	f.companies.published = true
	if !f.companies.sound() {
		return Cohort{}, errNotANumber
	}
	c := Cohort{ID: id, Status: Published, Companies: countSpan(f.companies, b.k, b.exact).estimate()}
	var err error
	if c.Overall, err = b.score(f.overall); err != nil {
		return Cohort{}, err
	}
	at := 0
	for d, domain := range b.instrument.Domains {
		score, err := b.score(f.domains[d])
		if err != nil {
			return Cohort{}, fmt.Errorf("domain %s: %w", domain.ID, err)
		}
		c.Domains = append(c.Domains, CohortDomain{domain.ID, score})
		for _, question := range domain.Questions {
			if at == len(f.questions) {
				return Cohort{}, fmt.Errorf("figures of %d questions", len(f.questions))
			}
			q, err := b.question(question.ID, f.questions[at])
			if err != nil {
				return Cohort{}, fmt.Errorf("question %s: %w", question.ID, err)
			}
			c.Questions = append(c.Questions, q)
			at++
		}
	}
	if at != len(f.questions) {
		return Cohort{}, fmt.Errorf("figures of %d questions", len(f.questions))
	}
	if err := b.profiles(&c, f.profiles); err != nil {
		return Cohort{}, err
	}
	c.Unshrunken, err = b.unshrunken(f.unshrunken)
	return c, err
}

func (b releaseBuilder) score(f scoreFigures) (CohortScore, error) {
	mean, err := b.level(f.mean)
	if err != nil {
		return CohortScore{}, err
	}
	s := CohortScore{Mean: mean, Quartiles: [3]Estimate{withheld(), withheld(), withheld()}}
	if !allPublished(f.quartiles[:]...) {
		return s, nil
	}
	var spans [3]span
	for i, q := range f.quartiles {
		if !q.sound() {
			return CohortScore{}, errNotANumber
		}
		spans[i] = newSpan(q, b.top())
	}
	for i, q := range orderedQuartiles(spans) {
		s.Quartiles[i] = q.above(b.base).estimate()
	}
	return s, nil
}

// level rounds a figure on the scale.
func (b releaseBuilder) level(f figure) (Estimate, error) {
	if !f.published {
		return withheld(), nil
	}
	if !f.sound() {
		return Estimate{}, errNotANumber
	}
	return newSpan(f, b.top()).above(b.base).estimate(), nil
}

func (b releaseBuilder) question(id string, f questionFigures) (CohortQuestion, error) {
	if len(f.shares) != b.levels || len(f.atLeast) != b.levels-1 {
		return CohortQuestion{}, fmt.Errorf("%d shares and %d shares at or above a level", len(f.shares), len(f.atLeast))
	}
	mean, err := b.level(f.mean)
	if err != nil {
		return CohortQuestion{}, err
	}
	q := CohortQuestion{ID: id, Mean: mean}
	if !allPublished(f.shares...) || !allPublished(f.atLeast...) {
		q.Shares, q.AtLeast = withheldList(b.levels), withheldList(b.levels-1)
		return q, nil
	}
	values := make([]float64, b.levels)
	total := 0.0
	for i, s := range f.shares {
		values[i] = s.value
		total += max(s.value, 0)
		if !s.sound() {
			return CohortQuestion{}, errNotANumber
		}
	}
	if !(total > 0) || math.IsInf(total, 0) {
		return CohortQuestion{}, errNotANumber
	}
	shares := apportion(values)
	for i, s := range f.shares {
		q.Shares = append(q.Shares, newSpan(s, unity).at(shares[i]).estimate())
	}
	for i, tail := range tails(shares) {
		if !f.atLeast[i].sound() {
			return CohortQuestion{}, errNotANumber
		}
		q.AtLeast = append(q.AtLeast, newSpan(f.atLeast[i], unity).at(tail).estimate())
	}
	if f.mean.published {
		q.Mean = newSpan(f.mean, b.top()).at(meanLevel(shares)).above(b.base).estimate()
	}
	return q, nil
}

// withheldList is a list of n withheld estimates.
func withheldList(n int) []Estimate {
	list := make([]Estimate, n)
	for i := range list {
		list[i] = withheld()
	}
	return list
}

// allPublished reports whether all figures of a family are to be.
func allPublished(family ...figure) bool {
	for _, f := range family {
		if !f.published {
			return false
		}
	}
	return true
}

var errNotANumber = errors.New("a figure to be published is not a number")

// sound reports whether the numbers can be printed. An infinite bound is cut
// to the scale.
func (f figure) sound() bool {
	return !math.IsNaN(f.value) && !math.IsInf(f.value, 0) && !math.IsNaN(f.low) && !math.IsNaN(f.high)
}
