package report

import (
	"math"
	"strings"
	"testing"

	"maturitybench/benchmark/publication"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// asked is a cohort with questions of these values, each ± width.
func asked(width float64, values ...float64) publication.Cohort {
	c := publication.Cohort{Status: publication.Published}
	for i, v := range values {
		q := publication.CohortQuestion{ID: string(rune('a' + i))}
		if !math.IsNaN(v) {
			q.Mean = publication.Estimate{Value: v, Low: v - width, High: v + width, Status: publication.Published}
		}
		c.Questions = append(c.Questions, q)
	}
	return c
}

func ids(l ends) string {
	var b strings.Builder
	for _, p := range l.places {
		b.WriteString(p.id + p.rank() + " ")
	}
	return strings.TrimSpace(b.String())
}

func TestRanking(t *testing.T) {
	hidden := math.NaN()
	for _, c := range []struct {
		name               string
		cohort             publication.Cohort
		highest, lowest    string
		moreHigh, moreLess int
	}{
		{"none", asked(0), "", "", 0, 0},
		{"all withheld", asked(0.1, hidden, hidden), "", "", 0, 0},
		{"one", asked(0.1, 2), "", "", 0, 0},
		{"clear", asked(0.1, 1, 2, 3, 4), "d1 c2", "a4 b3", 0, 0},
		{"withheld ones do not count", asked(0.1, 1, hidden, 2, 3, hidden, 4), "f1 d2", "a4 c3", 0, 0},
		{"all tied", asked(2, 1, 2, 3, 4), "", "", 0, 0},
		{"two tied at each end", asked(0.3, 1, 1.5, 4, 4.5), "d1–2 c1–2", "a3–4 b3–4", 0, 0},
	} {
		places := ranking(c.cohort)
		high, low := highest(places), lowest(places)
		if ids(high) != c.highest || ids(low) != c.lowest || high.more != c.moreHigh || low.more != c.moreLess {
			t.Errorf("%s: highest %q +%d, lowest %q +%d", c.name, ids(high), high.more, ids(low), low.more)
		}
	}
	places := ranking(asked(0.1, 1, 1.05, 1.1, 1.15, 1.2, 1.21, 1.22, 4, 5, 6, 7, 8, 9, 10))
	if high := highest(places); ids(high) != "n1 m2 l3 k4 j5" || high.more != 0 {
		t.Errorf("highest of many: %q +%d", ids(high), high.more)
	}
	if low := lowest(places); len(low.places) != 5 || low.places[0].id != "a" || low.more != 2 {
		t.Errorf("lowest of many: %q +%d", ids(low), low.more)
	}
}

// Equal means keep the instrument's order at both ends.
func TestRankingOfEqualMeans(t *testing.T) {
	var order []string
	for _, p := range ranking(asked(0.1, 2, 2, 2)) {
		order = append(order, p.id)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, order); diff != "" {
		t.Error(diff)
	}
}

func TestRanksAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 5), 0, 30).Draw(t, "values")
		places := ranking(asked(rapid.Float64Range(0, 1).Draw(t, "width"), values...))
		for i, p := range places {
			if p.best < 1 || p.worst > len(places) || p.best > i+1 || p.worst < i+1 {
				t.Errorf("number %d of %d has rank %s", i+1, len(places), p.rank())
			}
		}
		high, low := highest(places), lowest(places)
		if len(high.places) > longest || len(low.places) > longest {
			t.Error("a list is too long")
		}
		for _, h := range high.places {
			for _, l := range low.places {
				if h.id == l.id || h.mean.Value < l.mean.Value {
					t.Errorf("%s is high, %s is low", h.id, l.id)
				}
			}
		}
	})
}

func TestPercentsSumAndAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.IntRange(0, 1000), 2, 11).Draw(t, "weights")
		weights[0]++
		total := 0
		for _, w := range weights {
			total += w
		}
		var q publication.CohortQuestion
		tail := 1.0
		for i, w := range weights {
			share := float64(w) / float64(total)
			q.Shares = append(q.Shares, publication.Estimate{Value: share, Low: 0, High: 1, Status: publication.Published})
			if i > 0 {
				q.AtLeast = append(q.AtLeast, publication.Estimate{Value: math.Round(tail*1e6) / 1e6, Low: 0, High: 1, Status: publication.Published})
			}
			tail -= share
		}
		whole := percents(q)
		sum := 0
		for i := len(whole) - 1; i >= 0; i-- {
			sum += whole[i]
			if whole[i] < 0 || math.Abs(float64(whole[i])-100*q.Shares[i].Value) > 1.001 {
				t.Errorf("share %v is shown as %d%%", q.Shares[i].Value, whole[i])
			}
			if i > 0 && !strings.HasPrefix(q.AtLeast[i-1].Percent(), number(float64(sum))+"%") {
				t.Errorf("%s at or above, %d%% shown", q.AtLeast[i-1].Percent(), sum)
			}
		}
		if sum != 100 {
			t.Errorf("sum %d", sum)
		}
	})
}
