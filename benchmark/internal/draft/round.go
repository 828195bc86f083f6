package draft

import (
	"errors"
	"fmt"
	"math"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/benchmark/publication"
)

// builder rounds numbers.
type builder struct {
	units              // of the domain at hand
	domains    []units // of all domains
	instrument instrument.Spec
	k          int
	exact      bool // companies are counted exactly
}

func (b builder) cohort(id string, f Cohort) (publication.Cohort, error) {
	if f.Suppressed {
		return publication.Cohort{ID: id, Status: publication.Suppressed}, nil
	}
	if len(f.Domains) != len(b.instrument.Domains) {
		return publication.Cohort{}, fmt.Errorf("numbers of %d domains", len(f.Domains))
	}
	f.Companies.Published = true
	if !f.Companies.sound() {
		return publication.Cohort{}, errNotANumber
	}
	c := publication.Cohort{ID: id, Status: publication.Published, Companies: countBounds(f.Companies, b.k, b.exact).estimate()}
	var err error
	if c.Overall, err = b.score(f.Overall); err != nil {
		return publication.Cohort{}, err
	}
	if len(f.Functions) != len(b.instrument.Functions) {
		return publication.Cohort{}, fmt.Errorf("figures of %d functions", len(f.Functions))
	}
	functionDomains := b.instrument.FunctionDomains()
	for i, function := range b.instrument.Functions {
		mean, err := b.within(functionDomains[i][0]).estimate(statistic.ScoreMean, f.Functions[i])
		if err != nil {
			return publication.Cohort{}, fmt.Errorf("function %s: %w", function.ID, err)
		}
		c.Functions = append(c.Functions, publication.CohortFunction{ID: function.ID, Mean: mean})
	}
	at := 0
	for d, domain := range b.instrument.Domains {
		b := b.within(d)
		score, err := b.score(f.Domains[d])
		if err != nil {
			return publication.Cohort{}, fmt.Errorf("domain %s: %w", domain.ID, err)
		}
		c.Domains = append(c.Domains, publication.CohortDomain{ID: domain.ID, CohortScore: score})
		for _, question := range domain.Questions {
			if at == len(f.Questions) {
				return publication.Cohort{}, fmt.Errorf("numbers of %d questions", len(f.Questions))
			}
			q, err := b.question(question.ID, f.Questions[at])
			if err != nil {
				return publication.Cohort{}, fmt.Errorf("question %s: %w", question.ID, err)
			}
			c.Questions = append(c.Questions, q)
			at++
		}
	}
	if at != len(f.Questions) {
		return publication.Cohort{}, fmt.Errorf("numbers of %d questions", len(f.Questions))
	}
	if err := b.profiles(&c, f.Profiles); err != nil {
		return publication.Cohort{}, err
	}
	c.Unshrunken, err = b.unshrunken(f.Unshrunken)
	return c, err
}

// sheets rounds what became of the answer sheets, unless all companies are suppressed.
func (b builder) sheets(all Cohort) (*publication.Sheets, error) {
	if all.Suppressed || all.Sheets == nil {
		return nil, nil
	}
	scaled, err := b.estimate(statistic.Met, all.Sheets.ScaledDown)
	if err != nil {
		return nil, err
	}
	left, err := b.estimate(statistic.Met, all.Sheets.LeftOut)
	return &publication.Sheets{ScaledDown: scaled, LeftOut: left}, err
}

func (b builder) score(f Score) (publication.CohortScore, error) {
	mean, err := b.estimate(statistic.ScoreMean, f.Mean)
	if err != nil {
		return publication.CohortScore{}, err
	}
	percentiles, err := b.percentiles(f.Percentiles)
	return publication.CohortScore{Mean: mean, Percentiles: percentiles}, err
}

// percentiles rounds those whose family is published, all of them in ascending
// order.
func (b builder) percentiles(numbers []Number) (publication.Percentiles, error) {
	of := statistic.Percentiles()
	list := publication.Percentiles(withheldList(len(of)))
	if numbers == nil {
		return list, nil
	}
	if len(numbers) != len(of) {
		return nil, fmt.Errorf("numbers of %d percentiles", len(numbers))
	}
	var shown []int
	var all []bounds
	for i, f := range numbers {
		if !allPublished(statistic.Members(of[i].Family, numbers)...) {
			continue
		}
		if !f.sound() {
			return nil, errNotANumber
		}
		shown, all = append(shown, i), append(all, b.bounds(of[i].Family, f))
	}
	for i, q := range ordered(all) {
		list[shown[i]] = q.estimate()
	}
	return list, nil
}

// bounds rounds a number of a family in its unit.
func (b builder) bounds(family *statistic.Family, f Number) bounds {
	switch {
	case family.Unit != statistic.Scale:
		return newBounds(f, decimal.Unity)
	case family == statistic.Mean:
		return b.answers.bounds(f)
	}
	return b.scores.bounds(f)
}

// estimate rounds a number that is published by itself.
func (b builder) estimate(family *statistic.Family, f Number) (publication.Estimate, error) {
	if !f.Published {
		return publication.NoEstimate(), nil
	}
	if !f.sound() {
		return publication.Estimate{}, errNotANumber
	}
	return b.bounds(family, f).estimate(), nil
}

func (b builder) question(id string, f Question) (publication.CohortQuestion, error) {
	levels := len(b.on.Scale)
	if len(f.Shares) != levels || len(f.AtLeast) != levels-1 {
		return publication.CohortQuestion{}, fmt.Errorf("%d shares and %d shares at or above a level", len(f.Shares), len(f.AtLeast))
	}
	mean, err := b.estimate(statistic.Mean, f.Mean)
	if err != nil {
		return publication.CohortQuestion{}, err
	}
	q := publication.CohortQuestion{ID: id, Mean: mean}
	if !allPublished(f.Shares...) || !allPublished(f.AtLeast...) {
		q.Shares, q.AtLeast = withheldList(levels), withheldList(levels-1)
		return q, nil
	}
	values := make([]float64, levels)
	total := 0.0
	for i, s := range f.Shares {
		values[i] = s.Value
		total += max(s.Value, 0)
		if !s.sound() {
			return publication.CohortQuestion{}, errNotANumber
		}
	}
	if !(total > 0) || math.IsInf(total, 0) {
		return publication.CohortQuestion{}, errNotANumber
	}
	shares := decimal.Apportion(values)
	for i, s := range f.Shares {
		q.Shares = append(q.Shares, b.bounds(statistic.AnswerDist, s).at(shares[i]).estimate())
	}
	for i, tail := range decimal.Tails(shares) {
		if !f.AtLeast[i].sound() {
			return publication.CohortQuestion{}, errNotANumber
		}
		q.AtLeast = append(q.AtLeast, b.bounds(statistic.AnswerDist, f.AtLeast[i]).at(tail).estimate())
	}
	if f.Mean.Published {
		q.Mean = b.answers.bounds(f.Mean).at(b.on.MeanOfShares(shares)).estimate()
	}
	return q, nil
}

// withheldList is a list of n withheld estimates.
func withheldList(n int) []publication.Estimate {
	list := make([]publication.Estimate, n)
	for i := range list {
		list[i] = publication.NoEstimate()
	}
	return list
}

// allPublished reports whether all numbers of a family are to be.
func allPublished(family ...Number) bool {
	for _, f := range family {
		if !f.Published {
			return false
		}
	}
	return true
}

var errNotANumber = errors.New("a figure to be published is not a number")

// sound reports whether the numbers can be printed. An infinite bound is cut
// to the scale.
func (f Number) sound() bool {
	return !math.IsNaN(f.Value) && !math.IsInf(f.Value, 0) && !math.IsNaN(f.Low) && !math.IsNaN(f.High)
}
