package report

import (
	"math"
	"strings"
	"testing"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// around is an estimate with a half-width.
func around(value, half float64) publication.Estimate {
	return publication.Estimate{Value: value, Low: value - half, High: value + half, Status: publication.Published}
}

// finder is a builder on six levels and intervals of 90% confidence of normal
// noise, with as many domains and practices as there are means.
func finder(domains, practices []publication.Estimate) *builder {
	in := instrument.Spec{}
	for level, name := range []string{"none", "initial", "managed", "defined", "measured", "best"} {
		in.Scale = append(in.Scale, instrument.Level{Level: level, Name: name})
	}
	all := publication.Cohort{ID: "all", Status: publication.Published}
	letter := func(i int) string { return string(rune('a' + i)) }
	for i, mean := range domains {
		in.Domains = append(in.Domains, instrument.Domain{ID: letter(i), Title: "Domain " + letter(i)})
		all.Domains = append(all.Domains, publication.CohortDomain{ID: letter(i), CohortScore: publication.CohortScore{Mean: mean}})
	}
	for i, mean := range practices {
		id := "q" + letter(i)
		in.Domains[0].Questions = append(in.Domains[0].Questions, instrument.Question{ID: id, Text: "Practice " + id})
		none := make([]publication.Estimate, 6)
		all.Questions = append(all.Questions, publication.CohortQuestion{ID: id, Mean: mean, Shares: none, AtLeast: none[1:]})
	}
	t := texts(Texts())
	return &builder{
		texts: t, names: names{in, t}, all: all,
		release: &publication.Release{Confidence: 0.9, Instrument: in, Cohorts: []publication.Cohort{all}},
	}
}

func expect(t *testing.T, got rich, want string) {
	t.Helper()
	if want == "" && len(got) > 0 || !strings.Contains(got.String(), want) {
		t.Errorf("said %q, want %q", got, want)
	}
}

// Bonferroni with normal noise: for two numbers 95% in place of 90%, 1.960 in
// place of 1.645 standard deviations; with Laplace noise e^(−x/b) is 0.05 in
// place of 0.1, ln 20 in place of ln 10.
func TestWidened(t *testing.T) {
	b := finder(nil, nil)
	if got := b.widened(around(1, 0.1), 2).High; math.Abs(got-(1+0.1*1.9600/1.6449)) > 1e-4 {
		t.Errorf("normal: %v", got)
	}
	b.release.Privacy.Loss.PureEpsilon = 1
	if got := b.widened(around(1, 0.1), 2).Low; math.Abs(got-(1-0.1*math.Log(20)/math.Log(10))) > 1e-9 {
		t.Errorf("Laplace: %v", got)
	}
	if got := b.widened(around(1, 0.1), 1); got != around(1, 0.1) {
		t.Errorf("one number: %v", got)
	}
}

// Intervals that are apart by themselves need not be so together: with three
// domains half-widths of 0.1 grow to 0.129.
func TestDomainFinding(t *testing.T) {
	means := func(values ...float64) (list []publication.Estimate) {
		for _, v := range values {
			list = append(list, around(v, 0.1))
		}
		return list
	}
	expect(t, finder(means(1, 1.5, 2), nil).domainFinding(), "Domain c (2.0 [1.9, 2.1]) is ahead of Domain a (1.0 [0.9, 1.1])")
	expect(t, finder(means(1, 1.1, 1.24), nil).domainFinding(), "")
	expect(t, finder(means(1), nil).domainFinding(), "")
	expect(t, finder(means(1, 1.1, 1.12), nil).alikeFinding(), "their means lie between 1.0 [0.9, 1.1] and 1.1")
	expect(t, finder(means(1, 1.1, 1.25), nil).alikeFinding(), "")
	expect(t, finder(append(means(1, 1.1), publication.NoEstimate()), nil).alikeFinding(), "")
}

// The lowest of four practices is named if it is below two of them, with
// half-widths of 0.1 that grow to 0.136.
func TestPracticeFindings(t *testing.T) {
	at := func(values ...float64) *builder {
		var list []publication.Estimate
		for _, v := range values {
			list = append(list, around(v, 0.1))
		}
		return finder(make([]publication.Estimate, 1), list)
	}
	expect(t, at(2, 2.1, 2.2, 1.5).lowFinding(), "“Practice qd”: its mean of 1.5 [1.4, 1.6] is below")
	expect(t, at(2, 2.1, 2.2, 1.5).highFinding(), "")
	expect(t, at(2, 2.25, 2.1, 3).highFinding(), "“Practice qd”: its mean of 3.0")
	expect(t, at(1, 1.24, 1.25, 1.1).lowFinding(), "")
}

func TestReachFinding(t *testing.T) {
	b := finder(make([]publication.Estimate, 1), make([]publication.Estimate, 4))
	set := func(shares ...float64) {
		for i, share := range shares {
			b.all.Questions[i].AtLeast = []publication.Estimate{{}, {}, around(share, 0.1), {}, {}}
		}
	}
	set(0.2, 0.3, 0.38, 0.9)
	expect(t, b.reachFinding(), "In 2 of 4 practices fewer than half of the companies are at level 3 (defined) or above.")
	set(0.9, 0.9, 0.9, 0.1)
	expect(t, b.reachFinding(), "In 3 of 4 practices more than half")
	set(0.5, 0.45, 0.55, 0.1)
	expect(t, b.reachFinding(), "")
}

func TestSpreadFinding(t *testing.T) {
	b := finder(nil, nil)
	b.all.Overall.Percentiles = publication.Percentiles{{}, around(1, 0.1), around(1.5, 0.1), around(2, 0.1), {}}
	expect(t, b.percentileFinding(), "score 1.0 [0.9, 1.1] or lower overall, and a quarter 2.0")
	b.all.Overall.Percentiles[3] = around(1.22, 0.1)
	expect(t, b.percentileFinding(), "")
}

func TestLevelFinding(t *testing.T) {
	b := finder(nil, nil)
	for value, want := range map[float64]string{1.5: "above level 1 (initial) and below level 2 (managed)", 1.95: "", 2: "", 1: ""} {
		b.all.Overall.Mean = around(value, 0.1)
		expect(t, b.levelFinding(), want)
	}
}

// The widest gap that is surely one is named, over all attributes.
func TestCohortFinding(t *testing.T) {
	b := finder(nil, nil)
	cohort := func(id string, mean float64) {
		b.release.Cohorts = append(b.release.Cohorts, publication.Cohort{ID: id, Status: publication.Published, Overall: publication.CohortScore{Mean: around(mean, 0.1)}})
	}
	for _, a := range []string{"size", "region"} {
		b.release.Instrument.Attributes = append(b.release.Instrument.Attributes, instrument.Attribute{ID: a, Values: []instrument.Value{{ID: "x"}, {ID: "y"}}})
	}
	b.names.instrument = b.release.Instrument
	cohort("size=x", 1)
	cohort("size=y", 1.25)
	expect(t, b.cohortFinding(), "size: y (1.3 [1.1, 1.4]) is ahead of size: x")
	cohort("region=x", 2)
	cohort("region=y", 1.5)
	expect(t, b.cohortFinding(), "region: x (2.0 [1.9, 2.1]) is ahead of region: y")
	b.release.Cohorts = b.release.Cohorts[:len(b.release.Cohorts)-1]
	cohort("region=y", 1.9)
	expect(t, b.cohortFinding(), "") // four means: half-widths of 0.136
}

func TestChangeFindings(t *testing.T) {
	b := finder(nil, nil)
	expect(t, b.changeFinding(), "")
	for verdict, want := range map[compare.Verdict][2]string{
		compare.Up: {"has gone up: +0.3", ""}, compare.Down: {"has gone down", ""}, compare.Indistinguishable: {"", "has not changed by more than the noise"}, compare.NoVerdict: {"", ""},
	} {
		b.changes = &compare.Changes{Steps: []compare.TrendStep{{From: "2025", Changes: []compare.Change{{
			Cohort: "all", Item: "overall", Statistic: "mean", Change: around(0.3, 0.1), Verdict: verdict,
		}}}}}
		expect(t, b.changeFinding(), want[0])
		expect(t, b.sameFinding(), want[1])
	}
}

// Three findings at most, and none on a page without numbers.
func TestFindings(t *testing.T) {
	for name, want := range map[string]int{"secret": 3, "public": 3, "withheld": 0} {
		b, err := newBuilder(load(t, name), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := b.findings(); len(got) != want {
			t.Errorf("%s: %d findings, want %d: %v", name, len(got), want, got)
		}
	}
}
