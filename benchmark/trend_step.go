package benchmark

import (
	"iter"
	"slices"
)

// step compares two releases.
type step struct {
	from, to  *Release
	same      sameItems
	widthFrom float64 // brings the earlier intervals to the later confidence
}

// newStep compares two releases.
func newStep(from, to *Release) (TrendStep, error) {
	same, err := matchItems(from.Instrument, to.Instrument)
	if err != nil {
		return TrendStep{}, err
	}
	s := step{from, to, same, normalQuantile(to.Confidence) / normalQuantile(from.Confidence)}
	t := TrendStep{
		From: from.Wave, To: to.Wave, Confidence: to.Confidence,
		Changes: []Change{}, NotCompared: append([]NotCompared{}, same.not...),
	}
	for _, later := range to.Cohorts {
		earlier, ok := from.Cohort(later.ID)
		if !ok || !same.attribute(later.ID) {
			continue
		}
		if earlier.Status == Suppressed || later.Status == Suppressed {
			t.Changes = append(t.Changes, Change{
				Cohort: later.ID, From: withheld(), To: withheld(), Change: withheld(), Verdict: NoVerdict, Status: Suppressed,
			})
			continue
		}
		t.Changes = slices.AppendSeq(t.Changes, s.cohort(earlier, later))
	}
	return t, nil
}

// statisticKey is what a cell is about, in the ids of one wave.
type statisticKey struct {
	item, statistic string
	level           int
}

// cohort walks the changes of a cohort that both waves show.
func (s step) cohort(earlier, later Cohort) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		before := map[statisticKey]Estimate{}
		for c := range s.from.cells(earlier) {
			before[statisticKey{c.Item, c.Statistic, c.Level}] = c.Estimate
		}
		unshrunken := s.unshrunken(earlier, later)
		for c := range s.to.cells(later) {
			old, ok := s.same.old(c.Item)
			if !ok || c.Statistic == StatisticCompanies {
				continue
			}
			change := Change{
				Cohort: c.Cohort, Item: c.Item, Statistic: c.Statistic, Level: c.Level, HasLevel: c.HasLevel,
				From: before[statisticKey{old, c.Statistic, c.Level}], To: c.Estimate,
			}
			if old != c.Item {
				change.OldItem = old
			}
			pair := [2]Estimate{change.From, change.To}
			if free, ok := unshrunken[statisticKey{c.Item, c.Statistic, 0}]; ok {
				pair, change.Unshrunken = free, true
			}
			change.Change = changeOf(pair[0], pair[1], s.widthFrom, 1)
			change.Status, change.Verdict = change.Change.Status, verdict(change.Change, Up, Down)
			if !yield(change) {
				return
			}
		}
	}
}

// cells walks the cells of one cohort.
func (r *Release) cells(c Cohort) iter.Seq[Cell] {
	return func(yield func(Cell) bool) { r.cohortCells(c, yield) }
}

// unshrunken pairs the unshrunken numbers of two cohorts, by the later one's
// items; none if one of them has none.
func (s step) unshrunken(earlier, later Cohort) map[statisticKey][2]Estimate {
	if earlier.Unshrunken == nil || later.Unshrunken == nil {
		return nil
	}
	before, pairs := unshrunkenByItem(earlier), map[statisticKey][2]Estimate{}
	for key, to := range unshrunkenByItem(later) {
		if old, ok := s.same.old(key.item); ok {
			pairs[key] = [2]Estimate{before[statisticKey{old, key.statistic, 0}], to}
		}
	}
	return pairs
}

// unshrunkenByItem names the unshrunken numbers of a cohort.
func unshrunkenByItem(c Cohort) map[statisticKey]Estimate {
	m := map[statisticKey]Estimate{{overallItem, StatisticMean, 0}: c.Unshrunken.Overall}
	for i, e := range c.Unshrunken.Domains {
		m[statisticKey{c.Domains[i].ID, StatisticMean, 0}] = e
	}
	for i, e := range c.Unshrunken.Questions {
		m[statisticKey{c.Questions[i].ID, StatisticMean, 0}] = e
	}
	for i, e := range c.Unshrunken.Profiles {
		m[statisticKey{c.Profiles[i].ID, StatisticProfile, 0}] = e
	}
	return m
}
