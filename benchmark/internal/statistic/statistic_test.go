package statistic_test

import (
	"slices"
	"testing"

	"maturitybench/benchmark/internal/statistic"

	"github.com/google/go-cmp/cmp"
)

// TestTable: what is about one item has an id of its own, percentiles ascend, belong
// to a listed family and are about scores.
func TestTable(t *testing.T) {
	type key struct {
		of statistic.Item
		id string
	}
	seen := map[key]bool{}
	items := []statistic.Item{statistic.Cohort, statistic.Score, statistic.Question, statistic.Profile}
	for _, s := range slices.Concat(statistic.Of(items[0]), statistic.Of(items[1]), statistic.Of(items[2]), statistic.Of(items[3])) {
		if k := (key{s.Of, s.ID}); s.ID == "" || seen[k] {
			t.Errorf("%+v: a second statistic of that id", s)
		} else {
			seen[k] = true
		}
		if s.Family == nil || s.P != 0 && s.Of != statistic.Score {
			t.Errorf("%+v: a family, and a score for a percentile, are expected", s)
		}
	}
	below := 0.0
	for i, p := range statistic.Percentiles() {
		if p.P <= below || p.P >= 1 {
			t.Errorf("the percentile %s has the probability %v after %v", p.ID, p.P, below)
		}
		below = p.P
		if at := statistic.PercentileIndex(p.ID); at != i {
			t.Errorf("the percentile %s is at %d, found at %d", p.ID, i, at)
		}
	}
	if statistic.PercentileIndex("mean") >= 0 {
		t.Error("the mean passes for a percentile")
	}
}

func TestMembers(t *testing.T) {
	ids := []string{"p10", "q1", "median", "q3", "p90"}
	if diff := cmp.Diff([]string{"q1", "median", "q3"}, statistic.Members(statistic.Quartiles, ids)); diff != "" {
		t.Errorf("quartiles (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"p10", "p90"}, statistic.Members(statistic.Outer, ids)); diff != "" {
		t.Errorf("outer percentiles (-want +got):\n%s", diff)
	}
	if got := statistic.Members(statistic.Outer, []int(nil)); got != nil {
		t.Errorf("members of an empty list: %v", got)
	}
}
