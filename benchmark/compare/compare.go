package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/decimal"
	"maturitybench/benchmark/publication"
)

// clearlyAhead is how far, in levels or mean steps between what levels count, the nearer
// end of the peers' mean lies from a company's own level where peers, or the company, are
// clearly ahead: a peer at that mean would round to another level.
const clearlyAhead = 0.5

// NewStanding says where a company stands, from its own answers and the release
// alone: nothing is charged, stored or sent. The company is compared with all
// companies and with the cohorts of its attributes. The error is an *input.Error
// if the answers are not of the release's instrument, and of
// [publication.ErrWithdrawn] if the release was withdrawn.
//
// Every interval holds by itself: among 44 verdicts at 90 % confidence, some four
// can be wrong. "Clearly ahead" asks for more than a verdict.
func NewStanding(r *publication.Release, own Own) (*Standing, error) {
	if err := r.Check(); err != nil {
		return nil, fmt.Errorf("compare: release: %w", err)
	}
	if err := r.Usable(); err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	in, err := instrument.New(r.Instrument)
	if err != nil {
		return nil, err
	}
	levels, err := own.levels(in)
	if err != nil {
		return nil, err
	}
	c := comparison{asked: r.Instrument, levels: levels, scorer: r.Instrument.Scorer()}
	s := &Standing{Release: r.ID, Wave: r.Wave, Confidence: r.Confidence}
	for _, id := range own.cohorts() {
		if cohort, ok := r.Cohort(id); ok {
			s.Cohorts = append(s.Cohorts, c.cohort(cohort))
		}
	}
	for _, p := range r.Instrument.Profiles {
		s.Profiles = append(s.Profiles, c.profile(p))
	}
	return s, nil
}

// comparison holds one company's answers.
type comparison struct {
	asked  instrument.Spec
	levels []int // one a question, from 0; −1 for no answer
	scorer *instrument.Scorer
}

func (c comparison) level(question int) int { return c.levels[question] }

func (c comparison) cohort(peers publication.Cohort) CohortStanding {
	s := CohortStanding{ID: peers.ID, Status: peers.Status, Companies: peers.Companies}
	if peers.Status == publication.Suppressed {
		s.Companies, s.Overall = publication.NoEstimate(), c.score(0, false, publication.CohortScore{})
		return s
	}
	own, ok := c.scorer.Overall(c.level)
	s.Overall = c.score(own, ok, peers.Overall)
	s.Profiles = slices.Clone(peers.Profiles)
	for i, f := range peers.Functions {
		own, ok := c.scorer.Function(i, c.level)
		s.Functions = append(s.Functions, FunctionStanding{f.ID, c.score(own, ok, publication.CohortScore{Mean: f.Mean})})
	}
	first := 0
	for d, domain := range c.asked.Domains {
		own, ok := c.scorer.Domain(d, c.level)
		s.Domains = append(s.Domains, DomainStanding{domain.ID, c.score(own, ok, peers.Domains[d].CohortScore)})
		for i := range domain.Questions {
			s.Questions = append(s.Questions, c.question(d, c.levels[first+i], peers.Questions[first+i]))
		}
		first += len(domain.Questions)
	}
	s.Ahead, s.Strengths = c.apart(s.Questions, -1), c.apart(s.Questions, 1)
	return s
}

// score compares the company's own score, if it has one.
func (c comparison) score(own float64, has bool, peers publication.CohortScore) ScoreStanding {
	s := ScoreStanding{Mean: peers.Mean, Gap: publication.NoEstimate(), Verdict: NoVerdict}
	if peers.Mean.Status != publication.Published {
		s.Mean = publication.NoEstimate()
	}
	if !has {
		return s
	}
	s.Own = &own
	s.Gap = difference(own, s.Mean)
	s.Verdict = verdict(s.Gap, Above, Below)
	if quartiles := peers.Percentiles.Quartiles(); quartiles[0].Status == publication.Published {
		s.Band = band(own, quartiles)
	}
	return s
}

// difference is own − mean, the bounds outward.
func difference(own float64, mean publication.Estimate) publication.Estimate {
	if mean.Status != publication.Published {
		return publication.NoEstimate()
	}
	const most = decimal.Micro(decimal.Largest) * decimal.Unity
	return published(
		decimal.Micros(own, -most, most, decimal.Nearest)-decimal.ToMicros(mean.Value),
		decimal.Micros(own, -most, most, decimal.Down)-decimal.ToMicros(mean.High),
		decimal.Micros(own, -most, most, decimal.Up)-decimal.ToMicros(mean.Low),
	)
}

// published is a number with its interval, which is widened to hold it.
func published(value, low, high decimal.Micro) publication.Estimate {
	return publication.Estimate{Value: value.Float(), Low: min(low, value).Float(), High: max(high, value).Float(), Status: publication.Published}
}

// band counts the quartiles that a score is surely above, and those that it is
// surely below.
func band(own float64, quartiles [3]publication.Estimate) Band {
	b := Band{Lowest: 1, Highest: len(quartiles) + 1}
	for _, q := range quartiles {
		if own > q.High {
			b.Lowest++
		}
		if own < q.Low {
			b.Highest--
		}
	}
	return b
}

// question compares one answer.
func (c comparison) question(domain, level int, peers publication.CohortQuestion) QuestionStanding {
	s, own := QuestionStanding{ID: peers.ID, Higher: publication.NoEstimate()}, 0.0
	if level >= 0 {
		own = c.scorer.Question(domain, level)
	}
	s.ScoreStanding = c.score(own, level >= 0, publication.CohortScore{Mean: peers.Mean})
	if level < 0 || peers.Shares[0].Status != publication.Published {
		return s
	}
	s.Band = band(*s.Own, c.quartiles(domain, peers.AtLeast))
	if level < len(peers.AtLeast) {
		s.Higher = peers.AtLeast[level]
	} else {
		s.Higher = publication.Estimate{Status: publication.Published} // nobody is above the top
	}
	return s
}

// quartiles are what the levels count at which the quartiles of the answers lie, as far as
// the intervals of the shares tell: the lowest level at or below which a quarter,
// half and three quarters of the companies may be, and surely are.
func (c comparison) quartiles(domain int, atLeast []publication.Estimate) [3]publication.Estimate {
	var quartiles [3]publication.Estimate
	for i := range quartiles {
		part := float64(i+1) / 4
		level := func(share func(publication.Estimate) float64) float64 {
			at := slices.IndexFunc(atLeast, func(e publication.Estimate) bool { return 1-share(e) >= part })
			if at < 0 {
				at = len(atLeast)
			}
			return c.scorer.Question(domain, at)
		}
		quartiles[i] = publication.Estimate{
			Value:  level(func(e publication.Estimate) float64 { return e.Value }),
			Low:    level(func(e publication.Estimate) float64 { return e.Low }),
			High:   level(func(e publication.Estimate) float64 { return e.High }),
			Status: publication.Published,
		}
	}
	return quartiles
}

// apart are the questions whose gap has the sign, and is surely clearlyAhead or further, the
// largest first, each in steps of its own scale.
func (c comparison) apart(questions []QuestionStanding, sign decimal.Micro) []string {
	var list []QuestionStanding
	step := map[string]float64{}
	for i, q := range questions {
		on := c.asked.OnQuestion(i)
		low, high := on.Ends()
		step[q.ID] = (high - low) / float64(len(on.Scale)-1)
		far := decimal.ToMicros(step[q.ID] * clearlyAhead)
		if q.Gap.Status == publication.Published && min(sign*decimal.ToMicros(q.Gap.Low), sign*decimal.ToMicros(q.Gap.High)) >= far {
			list = append(list, q)
		}
	}
	far := func(q QuestionStanding) float64 {
		if !c.asked.Several() {
			return math.Abs(q.Gap.Value)
		}
		return math.Abs(q.Gap.Value) / step[q.ID]
	}
	slices.SortStableFunc(list, func(a, b QuestionStanding) int { return cmp.Compare(far(b), far(a)) })
	ids := []string{}
	for _, q := range list {
		ids = append(ids, q.ID)
	}
	return ids
}

// profile compares the answers with a profile.
func (c comparison) profile(p instrument.Profile) ProfileStanding {
	s := ProfileStanding{ID: p.ID, Title: cmp.Or(p.Title, p.ID), Met: true, Missing: []MissedMinimum{}}
	reached, wanted := 0.0, 0.0
	for q, question := range c.asked.Questions() {
		score, ok := p.Minimum[question.ID]
		if !ok {
			continue
		}
		scale := c.asked.OnQuestion(q).Scale
		minimum := score - scale[0].Level
		step := 1.0 // of several scales every one counts as much
		if c.asked.Several() {
			step = 1 / float64(len(scale)-1)
		}
		wanted += float64(minimum) * step
		reached += float64(max(min(c.levels[q], minimum), 0)) * step
		if c.levels[q] >= minimum {
			continue
		}
		s.Met = false
		missed := MissedMinimum{Question: question.ID, Minimum: score}
		if c.levels[q] >= 0 {
			missed.Own = new(scale[c.levels[q]].Level)
		}
		s.Missing = append(s.Missing, missed)
	}
	switch {
	case wanted > 0:
		s.Reached = math.Floor(reached/wanted*1e6) / 1e6
	case s.Met:
		s.Reached = 1
	}
	return s
}
