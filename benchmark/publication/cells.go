package publication

import (
	"iter"

	"maturitybench/benchmark/internal/statistic"
)

// Cell is one row of the tidy table: one number of a release, or the
// statement that a cohort is suppressed.
type Cell struct {
	Wave      string
	Cohort    string
	Item      string   // "overall", a function, a domain, a question or a profile; empty for companies
	Statistic string   // companies, mean, a percentile (see [PercentileIDs]), share, at_least or profile; empty for a suppressed cohort
	Level     int      // of a share or at_least: the level, or the lowest of the levels
	HasLevel  bool     // the statistic is share or at_least
	Estimate  Estimate // withheld for a suppressed cohort
	Status    Status   // Published, Withheld or Suppressed
}

// The values of Cell.Statistic beside [PercentileIDs].
const (
	StatisticCompanies = "companies"
	StatisticMean      = "mean"
	StatisticShare     = "share"
	StatisticAtLeast   = "at_least"
	StatisticProfile   = "profile"
)

// OverallItem is the item of the overall score.
const OverallItem = "overall"

// Cells walks all numbers in the order of tables.csv: by cohort, the number
// of companies, then of overall the mean and the percentiles, of every function the mean, of every domain the mean and the
// percentiles, then of every question the mean, the shares and the shares at or
// above a level, then of every profile the share of companies that meet it. A
// suppressed cohort is one cell, and what the plan did not ask for is none; nor is the overall
// score of an instrument with several scales, which has none.
func (r *Release) Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		for _, c := range r.Cohorts {
			if !r.cohortCells(c, yield) {
				return
			}
		}
	}
}

// CohortCells walks the numbers of one cohort of the release, as Cells does.
func (r *Release) CohortCells(c Cohort) iter.Seq[Cell] {
	return func(yield func(Cell) bool) { r.cohortCells(c, yield) }
}

// cohortCells walks one cohort and reports whether to go on.
func (r *Release) cohortCells(c Cohort, yield func(Cell) bool) bool {
	if c.Status == Suppressed {
		return yield(Cell{Wave: r.Wave, Cohort: c.ID, Estimate: NoEstimate(), Status: Suppressed})
	}
	walk := func(item string, of statistic.Item, domain int, numbers func(id string) []Estimate) bool {
		for _, s := range statistic.Of(of) {
			if !statistic.List(r.Statistics).Asks(s.Family) {
				continue
			}
			for i, e := range numbers(s.ID) {
				cell := Cell{Wave: r.Wave, Cohort: c.ID, Item: item, Statistic: s.ID, Estimate: e, Status: e.Status}
				if s.Levels != statistic.OneNumber {
					cell.Level, cell.HasLevel = r.Instrument.On(domain).Scale[0].Level+s.Levels.First()+i, true
				}
				if !yield(cell) {
					return false
				}
			}
		}
		return true
	}
	if !walk("", statistic.Cohort, 0, func(string) []Estimate { return []Estimate{c.Companies} }) {
		return false
	}
	if !r.Instrument.Several() && !walk(OverallItem, statistic.Score, 0, c.Overall.numbers) {
		return false
	}
	for _, f := range c.Functions {
		if !walk(f.ID, statistic.Function, 0, func(string) []Estimate { return []Estimate{f.Mean} }) {
			return false
		}
	}
	for at, d := range c.Domains {
		if !walk(d.ID, statistic.Score, at, d.numbers) {
			return false
		}
	}
	for at, q := range c.Questions {
		if !walk(q.ID, statistic.Question, r.Instrument.DomainOf(at), q.numbers) {
			return false
		}
	}
	for _, p := range c.Profiles {
		if !walk(p.ID, statistic.Profile, 0, func(string) []Estimate { return []Estimate{p.Share} }) {
			return false
		}
	}
	return true
}

// numbers are those of a statistic.
func (s CohortScore) numbers(id string) []Estimate {
	if id == StatisticMean {
		return []Estimate{s.Mean}
	}
	return []Estimate{s.Percentiles.Of(id)}
}

// numbers are those of a statistic.
func (q CohortQuestion) numbers(id string) []Estimate {
	switch id {
	case StatisticShare:
		return q.Shares
	case StatisticAtLeast:
		return q.AtLeast
	}
	return []Estimate{q.Mean}
}
