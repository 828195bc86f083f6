package benchmark

import (
	"errors"
	"fmt"
	"math"

	"maturitybench/privacy"
)

// figure is a statistic before rounding. Levels are counted from 0; the
// release adds the scale's first level.
type figure struct {
	value, low, high float64
	published        bool // false: the numbers are not looked at
}

// scoreFigures are the statistics of an overall or domain score. The three
// quartiles are published if all of them are.
type scoreFigures struct {
	mean      figure
	quartiles [3]figure
}

// questionFigures are the statistics of one question: a share for every
// level and a share at or above every level but the lowest. They are
// published if all of them are.
type questionFigures struct {
	mean            figure
	shares, atLeast []figure
}

// cohortFigures are the statistics of one cohort.
type cohortFigures struct {
	suppressed bool   // nothing else is looked at
	companies  figure // published is not looked at: the number always is
	overall    scoreFigures
	domains    []scoreFigures
	questions  []questionFigures
}

// releaseHead is what a release says before the first number.
type releaseHead struct {
	id, account, wave string
	revision          int
	confidence        float64
	instrument        InstrumentSpec // with or without what is not public
	cohorts           []string       // attributes that the plan makes cohorts of, in its order
	prior             priorKind
	privacy           privacyFacts
}

// privacyFacts is what a release promises, in exact units.
type privacyFacts struct {
	roster         privacy.Roster
	epsilon, delta float64
	between        float64 // ε between two answers, rounded up to four decimals
	minCompanies   int
	noise          string     // SecureNoise or TestNoise
	pureEpsilon    int64      // in units of 1e-9
	mu             privacy.Mu // of the whole release
	deltaSelection int64      // in units of 1e-18
}

// newRelease rounds the figures, one entry a cohort in the order of the
// release, checks every rule of the format and fixes the bytes. It is a
// function of public facts and noisy numbers only.
func newRelease(head releaseHead, figures []cohortFigures) (*Release, error) {
	r := &Release{
		ID: head.id, Account: head.account, Wave: head.wave, Revision: head.revision,
		Confidence: head.confidence, Instrument: head.instrument.Public(),
		Privacy: head.publishedPrivacy(),
	}
	ids := cohortIDs(head.instrument, head.cohorts)
	if len(figures) != len(ids) {
		return nil, fmt.Errorf("benchmark: release: figures of %d cohorts instead of %d", len(figures), len(ids))
	}
	b := releaseBuilder{
		instrument: head.instrument,
		base:       micro(head.instrument.Scale[0].Level) * unity,
		levels:     len(head.instrument.Scale),
		k:          head.privacy.minCompanies,
		exact:      head.privacy.roster == privacy.PublicRoster,
	}
	for i, id := range ids {
		c, err := b.cohort(id, figures[i])
		if err != nil {
			return nil, fmt.Errorf("benchmark: release: cohort %s: %w", id, err)
		}
		r.Cohorts = append(r.Cohorts, c)
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("benchmark: release: %w", err)
	}
	stored, err := r.encode()
	if err != nil {
		return nil, fmt.Errorf("benchmark: release: %w", err)
	}
	r.stored = stored
	return r, nil
}

// cohortIDs are the ids of all cohorts that the attributes make.
func cohortIDs(in InstrumentSpec, attributes []string) []string {
	ids := []string{allCohort}
	for _, id := range attributes {
		for _, a := range in.Attributes {
			if a.ID != id {
				continue
			}
			for _, v := range a.Values {
				ids = append(ids, id+"="+v.ID)
			}
		}
	}
	return ids
}

// publishedPrivacy is the privacy part of a release.
func (h releaseHead) publishedPrivacy() Privacy {
	f := h.privacy
	p := Privacy{
		Roster: f.roster, Epsilon: f.epsilon, Delta: f.delta, Between: f.between,
		MinCompanies: f.minCompanies, Noise: f.noise,
		Loss: PrivacyLoss{
			PureEpsilon:    float64(f.pureEpsilon) / 1e9,
			Mu:             float64(f.mu) / 1e6,
			DeltaSelection: float64(f.deltaSelection) / 1e18,
		},
	}
	p.Statement = newStatement(statementFacts{p, h.account, h.revision, h.confidence, h.prior})
	return p
}

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
	return c, nil
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
