package accuracy_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/responses"
	"maturitybench/benchmark/synthetic"
	"maturitybench/benchmark/synthetic/accuracy"
)

// small is an instrument of two questions, one a domain, and an attribute.
func small(t *testing.T) *instrument.Instrument {
	t.Helper()
	in, err := instrument.New(instrument.Spec{
		ID: "small", Version: "1", Title: "Small",
		Scale: []instrument.Level{{Level: 0, Name: "No"}, {Level: 1, Name: "Yes"}},
		Domains: []instrument.Domain{
			{ID: "a", Title: "A", Questions: []instrument.Question{{ID: "a1", Text: "A1"}}},
			{ID: "b", Title: "B", Questions: []instrument.Question{{ID: "b1", Text: "B1"}}},
		},
		Attributes: []instrument.Attribute{{ID: "size", Values: []instrument.Value{{ID: "s"}, {ID: "l"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// exactly is the estimate x with the half-width h.
func about(x, h float64) publication.Estimate {
	return publication.Estimate{Value: x, Low: x - h, High: x + h, Status: publication.Published}
}

// Four companies, of which three are small; nobody small answers b. Everything
// about all companies is published, as if half of them said yes: the exact share
// in a is ¾, so that an interval of ±0.3 holds and one of ±0.08 is more than three
// half-widths off.
func TestAdd(t *testing.T) {
	sample, err := synthetic.NewSample(small(t), synthetic.NewPanel(4, 1))
	if err != nil {
		t.Fatal(err)
	}
	sample.Levels = [][]int8{{1, -1}, {1, -1}, {0, -1}, {1, 1}}
	sample.Attributes = [][]int8{{0}, {0}, {0}, {1}}
	question := func(id string, h float64) publication.CohortQuestion {
		return publication.CohortQuestion{ID: id, Mean: about(0.5, h),
			Shares: []publication.Estimate{about(0.5, h), about(0.5, h)}, AtLeast: []publication.Estimate{about(0.5, h)}}
	}
	score := publication.CohortScore{Mean: about(0.75, 0.1)}
	release := &publication.Release{Privacy: publication.Privacy{MinCompanies: 2}, Cohorts: []publication.Cohort{
		{
			ID: "all", Status: publication.Published, Companies: about(4, 0), Overall: score,
			Domains:   []publication.CohortDomain{{ID: "a", CohortScore: score}, {ID: "b"}},
			Questions: []publication.CohortQuestion{question("a1", 0.3), question("b1", 0.08)},
		},
		{
			ID: "size=s", Status: publication.Published, Companies: about(5, 2),
			Domains:   []publication.CohortDomain{{ID: "a"}, {ID: "b"}},
			Questions: []publication.CohortQuestion{{ID: "a1"}, question("b1", 0.1)},
		},
		{ID: "size=l", Status: publication.Suppressed},
	}}
	var scores accuracy.Scores
	scores.Add(release, sample)
	want := map[accuracy.Family]string{
		accuracy.Companies:        "1 1 1 0 0",
		accuracy.OverallMean:      "1 1 1 0 0", // 1, 1, 0 and 1: 0.75
		accuracy.FunctionMeans:    "0 0 0 0 0",
		accuracy.DomainMeans:      "2 1 1 0 0",
		accuracy.QuestionMeans:    "2 2 1 1 1", // one company answers b1: fewer than k
		accuracy.Extremes:         "2 2 1 1 1",
		accuracy.Quartiles:        "9 0 0 0 0",
		accuracy.OuterPercentiles: "6 0 0 0 0",
		accuracy.Shares:           "4 4 2 2 2",
		accuracy.AtLeast:          "2 2 1 1 1",
		accuracy.ProfileShares:    "0 0 0 0 0",
	}
	segments := map[accuracy.Family]string{
		accuracy.Companies:        "2 1 1 0 0",
		accuracy.OverallMean:      "2 0 0 0 0",
		accuracy.FunctionMeans:    "0 0 0 0 0",
		accuracy.DomainMeans:      "3 0 0 0 0", // b has no mean among the small
		accuracy.QuestionMeans:    "3 0 0 0 1", // published about nobody
		accuracy.Extremes:         "3 0 0 0 0", // nobody's mean is none of the highest
		accuracy.Quartiles:        "15 0 0 0 0",
		accuracy.OuterPercentiles: "10 0 0 0 0",
		accuracy.Shares:           "6 0 0 0 2",
		accuracy.AtLeast:          "3 0 0 0 1",
		accuracy.ProfileShares:    "0 0 0 0 0",
	}
	for f := range accuracy.Families {
		check := func(where string, s accuracy.Score, want string) {
			if got := fmt.Sprint(s.Numbers, s.Published, s.Covered, s.Off, s.Few); got != want {
				t.Errorf("%v, %s: numbers, published, covered, off, few are %s, want %s", accuracy.Family(f), where, got, want)
			}
		}
		check("all", scores.All[f], want[accuracy.Family(f)])
		check("segments", scores.Segments[f], segments[accuracy.Family(f)])
	}
	means := scores.All[accuracy.QuestionMeans]
	for name, pair := range map[string][2]float64{
		"error":    {means.RMSE(), math.Sqrt((0.25*0.25 + 0.5*0.5) / 2)},
		"shown":    {means.Shown(), 1},
		"coverage": {means.Coverage(), 0.5},
		"width":    {means.Width(), (0.6 + 0.16) / 2},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-12 {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
	var none accuracy.Score
	for _, x := range []float64{none.RMSE(), none.Shown(), none.Coverage(), none.Width()} {
		if !math.IsNaN(x) {
			t.Errorf("%v of nothing", x)
		}
	}
	double := scores
	double.Merge(&scores)
	if got := double.All[accuracy.QuestionMeans]; got.Published != 4 || got.Coverage() != 0.5 || got.RMSE() != means.RMSE() || len(got.Panels) != 2 {
		t.Errorf("the same scores twice: %+v", got)
	}
}

// Where every number of a release is covered or none, only the releases count as
// independent; where every release has the same share, nothing tells how numbers
// depend on each other, and the releases count as well. Numbers that fall
// independently count all. Wilson's interval of 3 of 4 at z = 2 is
// (¾ + ½ ± √(¾·¼/4 + ¼/4)·2)/2 with z²/n = 1.
func TestCoverageLimits(t *testing.T) {
	limits := func(panels ...[2]int) [2]float64 {
		s := accuracy.Score{Panels: panels}
		for _, p := range panels {
			s.Published += p[0]
			s.Covered += p[1]
		}
		low, high := s.CoverageLimits(2)
		return [2]float64{low, high}
	}
	wilson := func(p, n float64) [2]float64 {
		middle, half := p+2/n, 2*math.Sqrt(p*(1-p)/n+1/(n*n))
		return [2]float64{max((middle-half)/(1+4/n), 0), min((middle+half)/(1+4/n), 1)}
	}
	for name, c := range map[string][2][2]float64{
		"nothing":               {limits(), {0, 1}},
		"one release":           {limits([2]int{10, 5}), wilson(0.5, 1)},
		"all or nothing":        {limits([2]int{10, 10}, [2]int{10, 10}, [2]int{10, 10}, [2]int{10, 0}), wilson(0.75, 4)},
		"the same share in all": {limits([2]int{4, 3}, [2]int{4, 3}), wilson(0.75, 2)},
	} {
		if diff := cmp.Diff(c[1], c[0], cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-12 })); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	var panels [][2]int
	for range 400 {
		held := 0
		for range 50 {
			if rng.Float64() < 0.9 {
				held++
			}
		}
		panels = append(panels, [2]int{50, held})
	}
	got, want := limits(panels...), wilson(0.9, 20_000)
	if width := (got[1] - got[0]) / (want[1] - want[0]); width < 0.9 || width > 1.15 {
		t.Errorf("the limits of independent numbers are %.2f times as far apart as they should be", width)
	}
}

// The exact numbers of a panel have no error, whatever is left out.
func TestExactNumbers(t *testing.T) {
	kind, _ := synthetic.FindKind("nobody")
	in := instrument.JSP()
	sample, err := kind.Panel(in, 60, rand.New(rand.NewPCG(1, 2)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := responses.NewDataset(context.Background(), in, sample.Responses()); err != nil {
		t.Fatal(err)
	}
	release := &publication.Release{Privacy: publication.Privacy{MinCompanies: 5}}
	point := func(x float64) publication.Estimate {
		if math.IsNaN(x) {
			return publication.Estimate{}
		}
		return about(x, 0)
	}
	score := func(s synthetic.Score) (out publication.CohortScore) {
		out.Mean = point(s.Mean)
		for _, x := range s.Percentiles {
			out.Percentiles = append(out.Percentiles, point(x))
		}
		return out
	}
	list := func(xs []float64) (out []publication.Estimate) {
		for _, x := range xs {
			out = append(out, point(x))
		}
		return out
	}
	for _, c := range sample.Cohorts("size") {
		cohort := publication.Cohort{ID: c.ID, Status: publication.Published, Companies: point(float64(c.Companies)), Overall: score(c.Overall)}
		for _, d := range c.Domains {
			cohort.Domains = append(cohort.Domains, publication.CohortDomain{CohortScore: score(d)})
		}
		for _, q := range c.Questions {
			cohort.Questions = append(cohort.Questions, publication.CohortQuestion{Mean: point(q.Mean), Shares: list(q.Shares), AtLeast: list(q.AtLeast)})
		}
		release.Cohorts = append(release.Cohorts, cohort)
	}
	var scores accuracy.Scores
	scores.Add(release, sample)
	for f := range accuracy.Families {
		for where, s := range map[string]accuracy.Score{"all": scores.All[f], "segments": scores.Segments[f]} {
			if s.Numbers != s.Published || s.Covered != s.Published || s.Off != 0 || s.Squares != 0 {
				t.Errorf("%v, %s: %+v", accuracy.Family(f), where, s)
			}
		}
	}
	if scores.All[accuracy.QuestionMeans].Few == 0 {
		t.Error("nothing is about fewer than five companies")
	}
}
