package draft

import (
	"fmt"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/encode"
	"maturitybench/benchmark/internal/statistic"
	"maturitybench/benchmark/publication"
	"maturitybench/privacy"
)

// Number is a statistic before rounding. Levels are counted from 0, the lowest, to
// their number less 1, the highest of the scale, whatever they count; the release prints
// them on the instrument's scales.
type Number struct {
	Value, Low, High float64
	Published        bool // false: the numbers are not looked at
}

// Score are the statistics of an overall or domain score. The
// percentiles, one for each of statistic.Percentiles, are published if all of their
// family are; none are withheld.
type Score struct {
	Mean        Number
	Percentiles []Number
}

// Question are the statistics of one question: a share for every
// level and a share at or above every level but the lowest. They are
// published if all of them are.
type Question struct {
	Mean            Number
	Shares, AtLeast []Number
}

// Cohort are the statistics of one cohort.
type Cohort struct {
	Suppressed bool   // nothing else is looked at
	Companies  Number // published is not looked at: the number always is
	Overall    Score
	Functions  []Number
	Domains    []Score
	Questions  []Question
	Profiles   []Number
	Unshrunken *Unshrunken // nil leaves it out
	Sheets     *Sheets     // of all companies; nil leaves it out
}

// Sheets is what became of the answer sheets, as shares.
type Sheets struct{ ScaledDown, LeftOut Number }

// Unshrunken are the means, and the shares that meet a profile, without
// a prior. They may lie outside the scale.
type Unshrunken struct {
	Overall                                 Number
	Functions, Domains, Questions, Profiles []Number
}

// Head is what a release says before the first number.
type Head struct {
	ID, Account, Wave string
	Revision          int
	Confidence        float64
	Instrument        instrument.Spec     // with or without what is not public
	Cohorts           []string            // attributes that the plan makes cohorts of, in its order
	OfCohorts         encode.CohortScores // what is measured of them by pure ε
	Unmeasured        bool                // nothing is measured of them
	Statistics        statistic.List      // that the plan asks for
	Prior             PriorKind
	Earlier           []publication.EarlierWave // that the estimates lean on, the first one first
	Privacy           Privacy
	Reestimated       *publication.Reestimated // nil for a release that was published
}

// Privacy is what a release promises, in exact units.
type Privacy struct {
	Roster         privacy.Roster
	Epsilon, Delta float64
	Between        float64 // ε between two answers, rounded up to four decimals
	MinCompanies   int
	Noise          string     // SecureNoise or TestNoise
	PureEpsilon    int64      // in units of 1e-9
	Mu             privacy.Mu // of the whole release
	DeltaSelection int64      // in units of 1e-18
	DeltaSampler   int64      // likewise
	Groups         []publication.GroupLoss
	Account        publication.AccountLoss
}

// Release rounds the numbers, one entry a cohort in the order of the
// release, checks every rule of the format and returns the document as it is
// stored. It is a function of public facts and noisy numbers only.
func Release(head Head, numbers []Cohort) ([]byte, error) {
	r := &publication.Release{
		ID: head.ID, Account: head.Account, Wave: head.Wave, Revision: head.Revision,
		Confidence: head.Confidence, Instrument: head.Instrument.Public(),
		Privacy: head.PublishedPrivacy(), Statistics: head.Statistics, Earlier: head.Earlier, Reestimated: head.Reestimated,
	}
	ids := CohortIDs(head.Instrument, head.Cohorts)
	if len(numbers) != len(ids) {
		return nil, fmt.Errorf("draft: release: numbers of %d cohorts instead of %d", len(numbers), len(ids))
	}
	b := builder{
		instrument: head.Instrument,
		k:          head.Privacy.MinCompanies,
		exact:      head.Privacy.Roster.ExactSizes(),
	}
	for d := range head.Instrument.Domains {
		b.domains = append(b.domains, newUnits(head.Instrument.On(d)))
	}
	b.units = b.domains[0]
	for i, id := range ids {
		c, err := b.cohort(id, numbers[i].only(head.Statistics).within(head.Instrument))
		if err != nil {
			return nil, fmt.Errorf("draft: release: cohort %s: %w", id, err)
		}
		r.Cohorts = append(r.Cohorts, c)
	}
	var err error
	if r.Sheets, err = b.sheets(numbers[0]); err != nil {
		return nil, fmt.Errorf("draft: release: sheets: %w", err)
	}
	stored, err := r.Encode()
	if err != nil {
		return nil, fmt.Errorf("draft: release: %w", err)
	}
	return stored, nil
}

// CohortIDs are the ids of all cohorts that the attributes make.
func CohortIDs(in instrument.Spec, attributes []string) []string {
	ids := []string{publication.AllCohort}
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

// PublishedPrivacy is the privacy part of a release.
func (h Head) PublishedPrivacy() publication.Privacy {
	f := h.Privacy
	p := publication.Privacy{
		Roster: f.Roster, Epsilon: f.Epsilon, Delta: f.Delta, Between: f.Between,
		MinCompanies: f.MinCompanies, Noise: f.Noise, Groups: append([]publication.GroupLoss{}, f.Groups...), Account: f.Account,
		Loss: publication.PrivacyLoss{
			PureEpsilon:    float64(f.PureEpsilon) / 1e9,
			Mu:             float64(f.Mu) / 1e6,
			DeltaSelection: float64(f.DeltaSelection) / 1e18,
			DeltaSampler:   float64(f.DeltaSampler) / 1e18,
		},
	}
	p.Statement = newStatement(statementFacts{p, h.Account, h.Revision, h.Confidence, h.Prior, h.Instrument.Valued(), h.Instrument.Several(), h.Statistics.Is(statistic.ScoreKind), len(h.Cohorts) > 0, h.OfCohorts, h.Unmeasured})
	return p
}
