package benchmark

import (
	"fmt"

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
	profiles   []figure
	unshrunken *unshrunkenFigures // nil leaves it out
}

// unshrunkenFigures are the means, and the shares that meet a profile, without
// a prior. They may lie outside the scale.
type unshrunkenFigures struct {
	overall                      figure
	domains, questions, profiles []figure
}

// releaseHead is what a release says before the first number.
type releaseHead struct {
	id, account, wave string
	revision          int
	confidence        float64
	instrument        InstrumentSpec // with or without what is not public
	cohorts           []string       // attributes that the plan makes cohorts of, in its order
	prior             priorKind
	losses            accountLoss
	privacy           privacyFacts
	reestimated       *Reestimated // nil for a release that was published
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
		Privacy: head.publishedPrivacy(), Reestimated: head.reestimated,
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
	p.Statement = newStatement(statementFacts{p, h.account, h.losses, h.revision, h.confidence, h.prior})
	return p
}
