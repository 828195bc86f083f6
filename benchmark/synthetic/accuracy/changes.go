package accuracy

import (
	"math"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/synthetic"
)

// Changes compares what a trend says of means with the exact changes of its panels, for those
// that are published: as it says them, and as plain differences of the two waves. The zero value is empty.
type Changes struct{ Change, Difference Scores }

// Add compares a step between the releases of two panels of one instrument.
func (c *Changes) Add(step compare.TrendStep, from, to *synthetic.Sample) {
	var one Changes
	before, after := exactMeans(step.Instrument, from), exactMeans(step.Instrument, to)
	for _, change := range step.Changes {
		mean := meanOf{change.Cohort, change.Item}
		if exact := after[mean].value - before[mean].value; change.Statistic == publication.StatisticMean && !math.IsNaN(exact) {
			one.Change.add(mean, after[mean].family, change.Change, exact)
			one.Difference.add(mean, after[mean].family, change.Difference, exact)
		}
	}
	c.Change.addRelease(&one.Change)
	c.Difference.addRelease(&one.Difference)
}

// Series compares the means of one wave in the series of a trend with the exact ones of its panel: as
// they were published and as they are seen from the last wave, where both are shown.
type Series struct{ Published, Smoothed Scores }

// Add compares a wave, by its number from 0.
func (s *Series) Add(list []compare.Series, asked instrument.Spec, wave int, sample *synthetic.Sample) {
	var one Series
	exact := exactMeans(asked, sample)
	for _, series := range list {
		mean, point := meanOf{series.Cohort, series.Item}, series.Points[wave]
		if point.Smoothed.Status == publication.Published && !math.IsNaN(exact[mean].value) {
			one.Published.add(mean, exact[mean].family, point.Published, exact[mean].value)
			one.Smoothed.add(mean, exact[mean].family, point.Smoothed, exact[mean].value)
		}
	}
	s.Published.addRelease(&one.Published)
	s.Smoothed.addRelease(&one.Smoothed)
}

// meanOf is what a mean is about.
type meanOf struct{ cohort, item string }

type exactMean struct {
	family Family
	value  float64
}

// exactMeans are those of a panel by cohort and id, cohorts of every attribute included.
func exactMeans(asked instrument.Spec, sample *synthetic.Sample) map[meanOf]exactMean {
	var attributes []string
	for _, a := range asked.Attributes {
		attributes = append(attributes, a.ID)
	}
	all := map[meanOf]exactMean{}
	for _, c := range sample.Cohorts(attributes...) {
		all[meanOf{c.ID, publication.OverallItem}] = exactMean{OverallMean, c.Overall.Mean}
		for i, f := range asked.Functions {
			all[meanOf{c.ID, f.ID}] = exactMean{FunctionMeans, c.Functions[i]}
		}
		for i, d := range asked.Domains {
			all[meanOf{c.ID, d.ID}] = exactMean{DomainMeans, c.Domains[i].Mean}
		}
		for i, q := range asked.Questions() {
			all[meanOf{c.ID, q.ID}] = exactMean{QuestionMeans, c.Questions[i].Mean}
		}
	}
	return all
}

// add compares one number of a release or of two.
func (s *Scores) add(of meanOf, f Family, e publication.Estimate, exact float64) {
	to := &s.Segments[f]
	if of.cohort == publication.AllCohort {
		to = &s.All[f]
	}
	to.Numbers++
	if e.Status != publication.Published {
		return
	}
	miss := math.Abs(e.Value - exact)
	to.Published++
	to.Squares += miss * miss
	to.Widths = append(to.Widths, e.High-e.Low)
	if e.Low-2*rounding <= exact && exact <= e.High+2*rounding {
		to.Covered++
	}
	if miss > 3*(e.High-e.Low)/2+2*rounding {
		to.Off++
	}
}

// addRelease adds the scores of one release, whose numbers depend on each other.
func (s *Scores) addRelease(one *Scores) {
	for f := range Families {
		s.All[f].add(one.All[f])
		s.Segments[f].add(one.Segments[f])
	}
}
