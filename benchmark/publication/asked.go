package publication

import (
	"errors"
	"slices"

	"maturitybench/benchmark/internal/statistic"
)

// NotAsked lists the kinds of statistics that the plan did not ask for, of scores,
// quartiles (all percentiles of the scores), questions (their means), shares (of the companies at a level, and at or
// above it) and profiles; none if it asked for everything. Nothing was spent on them: their
// numbers are withheld in every cohort, and [Release.Cells] leaves them out.
func (r *Release) NotAsked() []string {
	return statistic.List(r.Statistics).Without(len(r.Instrument.Profiles) > 0)
}

// Asked says whether the plan asked for a kind of statistics, see [Release.NotAsked].
func (r *Release) Asked(kind string) bool { return !slices.Contains(r.NotAsked(), kind) }

// checkStatistics checks the list itself.
func (r *Release) checkStatistics() error {
	list := statistic.List(r.Statistics)
	if !list.Valid() {
		return errors.New("statistics: some of scores, quartiles, questions, shares and profiles, in this order, are expected")
	}
	if r.Statistics != nil && (len(list) == 0 || len(statistic.NewList(list, len(r.Instrument.Profiles) > 0)) != len(list)) {
		return errors.New("statistics: a list that leaves something out is expected, or none")
	}
	return nil
}

// unasked checks that nothing is published that was not asked for.
func (c *checker) unasked(path string, r *Release, cohort Cohort) {
	published := func(e Estimate) bool { return e.Status == Published }
	some := func(list ...Estimate) bool { return slices.ContainsFunc(list, published) }
	fail := func(kind statistic.Kind, shown bool) {
		if shown && !statistic.List(r.Statistics).Has(kind) {
			c.fail(path, string(kind)+" were not asked for, and are expected to be withheld")
		}
	}
	fail(statistic.ScoreKind, some(cohort.Overall.Mean))
	fail(statistic.QuartileKind, some(cohort.Overall.Percentiles...))
	for _, f := range cohort.Functions {
		fail(statistic.ScoreKind, some(f.Mean))
	}
	for _, d := range cohort.Domains {
		fail(statistic.ScoreKind, some(d.Mean))
		fail(statistic.QuartileKind, some(d.Percentiles...))
	}
	for _, q := range cohort.Questions {
		fail(statistic.QuestionKind, some(q.Mean))
		fail(statistic.ShareKind, some(q.Shares...) || some(q.AtLeast...))
	}
	for _, p := range cohort.Profiles {
		fail(statistic.ProfileKind, some(p.Share))
	}
}
