package compare

import (
	"iter"
	"slices"

	"maturitybench/benchmark/publication"
	"maturitybench/stats"
)

// step compares two releases.
type step struct {
	from, to  *publication.Release
	same      sameItems
	widthFrom float64 // brings the earlier intervals to the later confidence
}

// newStep compares two releases.
func newStep(from, to *publication.Release, same sameItems) TrendStep {
	s := step{from, to, same, stats.NormalCritical(to.Confidence) / stats.NormalCritical(from.Confidence)}
	t := TrendStep{
		From: from.Wave, To: to.Wave, Confidence: to.Confidence,
		Changes: []Change{}, NotCompared: append([]NotCompared{}, same.not...),
		Instrument: to.Instrument,
	}
	for _, kind := range slices.Compact(slices.Sorted(slices.Values(append(from.NotAsked(), to.NotAsked()...)))) {
		t.NotCompared = append(t.NotCompared, NotCompared{kind, ReasonUnasked})
	}
	for _, later := range to.Cohorts {
		earlier, ok := from.Cohort(later.ID)
		if !ok || !same.attribute(later.ID) {
			continue
		}
		if earlier.Status == publication.Suppressed || later.Status == publication.Suppressed {
			t.Changes = append(t.Changes, Change{
				Cohort: later.ID, From: publication.NoEstimate(), To: publication.NoEstimate(), Change: publication.NoEstimate(), Difference: publication.NoEstimate(), Verdict: NoVerdict, Status: publication.Suppressed,
			})
			continue
		}
		t.Changes = slices.AppendSeq(t.Changes, s.cohort(earlier, later))
	}
	return t
}

// statisticKey is what a cell is about, in the ids of one wave.
type statisticKey struct {
	item, statistic string
	level           int
}

// cohort walks the changes of a cohort that both waves show.
func (s step) cohort(earlier, later publication.Cohort) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		before := map[statisticKey]publication.Estimate{}
		for c := range s.from.CohortCells(earlier) {
			before[statisticKey{c.Item, c.Statistic, c.Level}] = c.Estimate
		}
		unshrunken := s.unshrunken(earlier, later)
		for c := range s.to.CohortCells(later) {
			old, ok := s.same.old(c.Item)
			if !ok || c.Statistic == publication.StatisticCompanies {
				continue
			}
			first, asked := before[statisticKey{old, c.Statistic, c.Level}]
			if !asked {
				continue
			}
			change := Change{
				Cohort: c.Cohort, Item: c.Item, Statistic: c.Statistic, Level: c.Level, HasLevel: c.HasLevel,
				From: first, To: c.Estimate,
			}
			if old != c.Item {
				change.OldItem = old
			}
			pair := [2]publication.Estimate{change.From, change.To}
			if free, ok := unshrunken[statisticKey{c.Item, c.Statistic, 0}]; ok {
				pair, change.Unshrunken = free, true
			}
			change.Difference = changeOf(pair[0], pair[1], s.widthFrom, 1)
			change.Change = change.Difference
			change.Status, change.Verdict = change.Change.Status, verdict(change.Change, Up, Down)
			if !yield(change) {
				return
			}
		}
	}
}

// unshrunken pairs the unshrunken numbers of two cohorts, by the later one's
// items; none if one of them has none.
func (s step) unshrunken(earlier, later publication.Cohort) map[statisticKey][2]publication.Estimate {
	if earlier.Unshrunken == nil || later.Unshrunken == nil {
		return nil
	}
	before, pairs := unshrunkenByItem(earlier), map[statisticKey][2]publication.Estimate{}
	for key, to := range unshrunkenByItem(later) {
		if old, ok := s.same.old(key.item); ok {
			pairs[key] = [2]publication.Estimate{before[statisticKey{old, key.statistic, 0}], to}
		}
	}
	return pairs
}

// unshrunkenByItem names the unshrunken numbers of a cohort.
func unshrunkenByItem(c publication.Cohort) map[statisticKey]publication.Estimate {
	m := map[statisticKey]publication.Estimate{{publication.OverallItem, publication.StatisticMean, 0}: c.Unshrunken.Overall}
	for i, e := range c.Unshrunken.Functions {
		m[statisticKey{c.Functions[i].ID, publication.StatisticMean, 0}] = e
	}
	for i, e := range c.Unshrunken.Domains {
		m[statisticKey{c.Domains[i].ID, publication.StatisticMean, 0}] = e
	}
	for i, e := range c.Unshrunken.Questions {
		m[statisticKey{c.Questions[i].ID, publication.StatisticMean, 0}] = e
	}
	for i, e := range c.Unshrunken.Profiles {
		m[statisticKey{c.Profiles[i].ID, publication.StatisticProfile, 0}] = e
	}
	return m
}
