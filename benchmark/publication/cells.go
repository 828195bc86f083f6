package publication

import "iter"

// Cell is one row of the tidy table: one number of a release, or the
// statement that a cohort is suppressed.
type Cell struct {
	Wave      string
	Cohort    string
	Item      string   // "overall", a domain, a question or a profile; empty for companies
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
// of companies, then of overall and of every domain the mean and the
// percentiles, then of every question the mean, the shares and the shares at or
// above a level, then of every profile the share of companies that meet it. A
// suppressed cohort is one cell.
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
	cell := func(item, statistic string, e Estimate) bool {
		return yield(Cell{Wave: r.Wave, Cohort: c.ID, Item: item, Statistic: statistic, Estimate: e, Status: e.Status})
	}
	percentiles := PercentileIDs()
	score := func(item string, s CohortScore) bool {
		if !cell(item, StatisticMean, s.Mean) {
			return false
		}
		for i, e := range s.Percentiles {
			if !cell(item, percentiles[i], e) {
				return false
			}
		}
		return true
	}
	levels := func(item, statistic string, first int, list []Estimate) bool {
		for i, e := range list {
			if !yield(Cell{r.Wave, c.ID, item, statistic, first + i, true, e, e.Status}) {
				return false
			}
		}
		return true
	}
	if !cell("", StatisticCompanies, c.Companies) || !score(OverallItem, c.Overall) {
		return false
	}
	for _, d := range c.Domains {
		if !score(d.ID, d.CohortScore) {
			return false
		}
	}
	first := r.Instrument.Scale[0].Level
	for _, q := range c.Questions {
		if !cell(q.ID, StatisticMean, q.Mean) ||
			!levels(q.ID, StatisticShare, first, q.Shares) ||
			!levels(q.ID, StatisticAtLeast, first+1, q.AtLeast) {
			return false
		}
	}
	for _, p := range c.Profiles {
		if !cell(p.ID, StatisticProfile, p.Share) {
			return false
		}
	}
	return true
}
