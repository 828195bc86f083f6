package publication_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// The order of tables.csv: by cohort companies, overall, domains, questions;
// per item mean, q1, median, q3, or mean, shares, at_least; profiles last.
func TestCellsInOrder(t *testing.T) {
	e := func(value float64) publication.Estimate {
		return publication.Estimate{value, value, value, publication.Published}
	}
	r := &publication.Release{
		Wave: "2026",
		Instrument: instrument.Spec{
			Scale: []instrument.Level{{Level: 3}, {Level: 4}}, Domains: []instrument.Domain{{ID: "d", Questions: []instrument.Question{{ID: "q"}}}},
		},
		Cohorts: []publication.Cohort{
			{
				ID: "all", Status: publication.Published, Companies: e(1),
				Overall:   publication.CohortScore{e(2), publication.Percentiles{publication.NoEstimate(), e(3), e(4), e(5), publication.NoEstimate()}},
				Domains:   []publication.CohortDomain{{"d", publication.CohortScore{e(6), publication.Percentiles(slices.Repeat([]publication.Estimate{publication.NoEstimate()}, 5))}}},
				Questions: []publication.CohortQuestion{{"q", e(7), []publication.Estimate{e(8), e(9)}, []publication.Estimate{e(10)}}},
				Profiles:  []publication.CohortProfile{{"p", e(11)}},
			},
			{ID: "a=v", Status: publication.Suppressed},
		},
	}
	cell := func(item, statistic string, value float64) publication.Cell {
		return publication.Cell{Wave: "2026", Cohort: "all", Item: item, Statistic: statistic, Estimate: e(value), Status: publication.Published}
	}
	level := func(statistic string, level int, value float64) publication.Cell {
		c := cell("q", statistic, value)
		c.Level, c.HasLevel = level, true
		return c
	}
	hidden := func(item, statistic string) publication.Cell {
		return publication.Cell{Wave: "2026", Cohort: "all", Item: item, Statistic: statistic, Estimate: publication.NoEstimate()}
	}
	want := []publication.Cell{
		cell("", "companies", 1),
		cell("overall", "mean", 2), hidden("overall", "p10"),
		cell("overall", "q1", 3), cell("overall", "median", 4), cell("overall", "q3", 5), hidden("overall", "p90"),
		cell("d", "mean", 6), hidden("d", "p10"), hidden("d", "q1"), hidden("d", "median"), hidden("d", "q3"), hidden("d", "p90"),
		cell("q", "mean", 7), level("share", 3, 8), level("share", 4, 9), level("at_least", 4, 10),
		cell("p", "profile", 11),
		{Wave: "2026", Cohort: "a=v", Estimate: publication.NoEstimate(), Status: publication.Suppressed},
	}
	var got []publication.Cell
	for c := range r.Cells() {
		got = append(got, c)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" {
		t.Error(diff)
	}
	for stop := range want { // the walk ends where the caller ends it
		n := 0
		for range r.Cells() {
			if n++; n > stop {
				break
			}
		}
		if n != stop+1 {
			t.Errorf("%d cells after %d", n, stop)
		}
	}
}
