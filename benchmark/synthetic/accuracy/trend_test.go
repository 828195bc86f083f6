package accuracy_test

import (
	"fmt"
	"math"
	"os"
	"testing"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
	"maturitybench/privacy"
)

// trendOf is what became of the trends of some industries.
type trendOf struct {
	last, whole accuracy.Changes // from the last wave but one to the last, and from the first
	jumped      accuracy.Changes // the last step of the question that jumps
	seen        accuracy.Series  // of all waves
}

// TestCoverageOfTrends publishes three waves of industries, the last one after a change, or of a
// panel in which nothing changes at all, and holds changes and the series as seen from the last
// wave to a bar of 0.85. Changes of question means that are estimated from all waves are nearer than
// differences by a fifth at least where a year is a usual one, and have shorter intervals.
func TestCoverageOfTrends(t *testing.T) {
	if testing.Short() {
		t.Skip("statistical tier")
	}
	panels, sizes := 4, []int{100}
	if os.Getenv("MATURITYBENCH_DEEP") == "1" {
		panels, sizes = 60, []int{50, 100, 300}
	}
	for _, companies := range sizes {
		for _, c := range append([]change{{"nothing changes", nil}}, waveChanges...) {
			t.Run(fmt.Sprintf("%s, %d companies", c.name, companies), func(t *testing.T) { c.trends(t, companies, panels) })
		}
	}
}

func (c change) trends(t *testing.T, companies, panels int) {
	s, all := setting{companies, 4, privacy.SecretRoster}, make([]trendOf, panels)
	onAllCores(t, panels, func(i int) error { return c.follow(t, companies, i, &all[i]) })
	var sum trendOf
	for i := range all {
		for to, from := range map[*accuracy.Scores]*accuracy.Scores{
			&sum.last.Change: &all[i].last.Change, &sum.last.Difference: &all[i].last.Difference, &sum.whole.Change: &all[i].whole.Change,
			&sum.jumped.Change: &all[i].jumped.Change, &sum.seen.Published: &all[i].seen.Published, &sum.seen.Smoothed: &all[i].seen.Smoothed,
		} {
			to.Merge(from)
		}
	}
	for _, f := range []accuracy.Family{accuracy.OverallMean, accuracy.DomainMeans, accuracy.QuestionMeans} {
		for what, scores := range map[string]*accuracy.Scores{"the last change": &sum.last.Change, "the whole change": &sum.whole.Change, "as seen": &sum.seen.Smoothed} {
			s.check(t, fmt.Sprintf("%v, %s", f, what), scores.All[f], 0.85)
			s.check(t, fmt.Sprintf("%v, %s, segments", f, what), scores.Segments[f], 0.85)
		}
	}
	joint, plain := sum.last.Change.All[accuracy.QuestionMeans], sum.last.Difference.All[accuracy.QuestionMeans]
	jumped := sum.jumped.Change.All[accuracy.QuestionMeans]
	if companies >= 100 {
		s.check(t, "the question that jumps", jumped, 0.85)
	}
	t.Logf("changes of question means: %.3f ± %.4f, width %.3f; differences %.3f ± %.4f, width %.3f; jumps %d of %d; means as seen %.3f ± %.4f, as published ± %.4f",
		joint.Coverage(), joint.RMSE(), joint.MeanWidth(), plain.Coverage(), plain.RMSE(), plain.MeanWidth(), jumped.Covered, jumped.Published,
		sum.seen.Smoothed.All[accuracy.QuestionMeans].Coverage(), sum.seen.Smoothed.All[accuracy.QuestionMeans].RMSE(), sum.seen.Published.All[accuracy.QuestionMeans].RMSE())
	// Errors are 0.6 times as large; of four panels they are known to a twentieth of that.
	if companies >= 100 && c.name == waveChanges[0].name && !(joint.RMSE() < plain.RMSE() && joint.MeanWidth() < 0.8*plain.MeanWidth()) {
		t.Errorf("changes are not nearer than differences")
	}
}

// follow publishes the waves of an industry and compares their trend.
func (c change) follow(t *testing.T, companies, i int, of *trendOf) error {
	industry, err := synthetic.NewIndustry(instrument.JSP(), synthetic.NewPanel(companies, uint64(i)))
	if err != nil {
		return err
	}
	samples, drift := make([]*synthetic.Sample, 3), synthetic.UsualDrift()
	if c.happen == nil {
		drift = synthetic.Drift{Answers: 1}
	}
	for w := range samples {
		if w == len(samples)-1 && c.happen != nil {
			c.happen(industry, i)
		}
		samples[w] = industry.Sample()
		industry.Next(drift)
	}
	releases, err := releasesOf(t, uint64(7000*companies+i), companies, samples)
	if err != nil {
		return err
	}
	changes, err := compare.Trend(releases...)
	if err != nil {
		return err
	}
	of.last.Add(changes.Steps[1], samples[1], samples[2])
	of.whole.Add(*changes.Whole, samples[0], samples[2])
	for w, sample := range samples {
		of.seen.Add(changes.Series, releases[2].Instrument, w, sample)
	}
	if c.name == "a question jumps" {
		step := changes.Steps[1]
		step.Changes = only(step.Changes, step.Instrument.Questions()[jumping(i)].ID)
		of.jumped.Add(step, samples[1], samples[2])
	}
	return nil
}

// only are the changes of one item of all companies.
func only(list []compare.Change, item string) (of []compare.Change) {
	for _, c := range list {
		if c.Item == item && c.Cohort == publication.AllCohort {
			of = append(of, c)
		}
	}
	return of
}

// What is published counts, whether it holds or not, and what is not has no error.
func TestChangesAdd(t *testing.T) {
	industry, err := synthetic.NewIndustry(instrument.JSP(), synthetic.NewPanel(40, 1))
	if err != nil {
		t.Fatal(err)
	}
	first := industry.Sample()
	industry.Next(synthetic.UsualDrift())
	second := industry.Sample()
	asked := instrument.JSP().Spec()
	change := second.Cohorts()[0].Domains[2].Mean - first.Cohorts()[0].Domains[2].Mean
	around := func(x float64) publication.Estimate {
		return publication.Estimate{Value: x, Low: x - 0.1, High: x + 0.1, Status: publication.Published}
	}
	one := func(cohort, item, statistic string, change, difference publication.Estimate) compare.Change {
		return compare.Change{Cohort: cohort, Item: item, Statistic: statistic, Change: change, Difference: difference}
	}
	var c accuracy.Changes
	c.Add(compare.TrendStep{Instrument: asked, Changes: []compare.Change{
		one("all", asked.Domains[2].ID, publication.StatisticMean, around(change+0.05), around(change-0.2)),
		one("all", asked.Domains[1].ID, publication.StatisticMean, publication.NoEstimate(), publication.NoEstimate()),
		one("all", asked.Domains[2].ID, publication.StatisticShare, around(9), around(9)),
		one("", "", "", publication.NoEstimate(), publication.NoEstimate()), // of a cohort that is suppressed
	}}, first, second)
	for name, tt := range map[string]struct {
		got     accuracy.Score
		squares float64
		covered int
	}{"change": {c.Change.All[accuracy.DomainMeans], 0.0025, 1}, "difference": {c.Difference.All[accuracy.DomainMeans], 0.04, 0}} {
		if g := tt.got; g.Numbers != 2 || g.Published != 1 || g.Covered != tt.covered || math.Abs(g.Squares-tt.squares) > 1e-9 || len(g.Panels) != 1 {
			t.Errorf("%s: %+v", name, g)
		}
	}
	mean := first.Cohorts()[0].Overall.Mean
	var s accuracy.Series
	s.Add([]compare.Series{
		{Cohort: "all", Item: "overall", Points: []compare.Point{{Published: around(mean + 0.3), Smoothed: around(mean)}}},
		{Cohort: "all", Item: asked.Domains[0].ID, Points: []compare.Point{{Published: around(1), Smoothed: publication.NoEstimate()}}},
	}, asked, 0, first)
	if p, m := s.Published.All[accuracy.OverallMean], s.Smoothed.All[accuracy.OverallMean]; p.Published != 1 || p.Covered != 0 || m.Covered != 1 || s.Published.All[accuracy.DomainMeans].Published != 0 {
		t.Errorf("series: %+v", s)
	}
}
