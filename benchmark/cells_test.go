package benchmark

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// The order of tables.csv: by cohort companies, overall, domains, questions;
// per item mean, q1, median, q3, or mean, shares, at_least; profiles last.
func TestCellsInOrder(t *testing.T) {
	e := func(value float64) Estimate { return Estimate{value, value, value, Published} }
	r := &Release{
		Wave: "2026",
		Instrument: InstrumentSpec{
			Scale: []Level{{Level: 3}, {Level: 4}}, Domains: []Domain{{ID: "d", Questions: []Question{{ID: "q"}}}},
		},
		Cohorts: []Cohort{
			{
				ID: "all", Status: Published, Companies: e(1),
				Overall:   CohortScore{e(2), [3]Estimate{e(3), e(4), e(5)}},
				Domains:   []CohortDomain{{"d", CohortScore{e(6), [3]Estimate{withheld(), withheld(), withheld()}}}},
				Questions: []CohortQuestion{{"q", e(7), []Estimate{e(8), e(9)}, []Estimate{e(10)}}},
				Profiles:  []CohortProfile{{"p", e(11)}},
			},
			{ID: "a=v", Status: Suppressed},
		},
	}
	cell := func(item, statistic string, value float64) Cell {
		return Cell{Wave: "2026", Cohort: "all", Item: item, Statistic: statistic, Estimate: e(value), Status: Published}
	}
	level := func(statistic string, level int, value float64) Cell {
		c := cell("q", statistic, value)
		c.Level, c.HasLevel = level, true
		return c
	}
	hidden := func(statistic string) Cell {
		return Cell{Wave: "2026", Cohort: "all", Item: "d", Statistic: statistic, Estimate: withheld()}
	}
	want := []Cell{
		cell("", "companies", 1),
		cell("overall", "mean", 2), cell("overall", "q1", 3), cell("overall", "median", 4), cell("overall", "q3", 5),
		cell("d", "mean", 6), hidden("q1"), hidden("median"), hidden("q3"),
		cell("q", "mean", 7), level("share", 3, 8), level("share", 4, 9), level("at_least", 4, 10),
		cell("p", "profile", 11),
		{Wave: "2026", Cohort: "a=v", Estimate: withheld(), Status: Suppressed},
	}
	var got []Cell
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
