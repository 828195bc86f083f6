package benchmark_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"maturitybench/benchmark"
	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
	"maturitybench/benchmark/synthetic"
	"maturitybench/privacy"
)

// severalSpec is a plan for an instrument of several scales.
func severalSpec(wave string, companies int) benchmark.PlanSpec {
	return benchmark.PlanSpec{Wave: wave, Account: "a", Roster: privacy.SecretRoster, Epsilon: 4, Delta: 1e-6, ExpectedCompanies: companies, Cohorts: []string{"size"}, Override: true}
}

// TestSeveralScales publishes an instrument of three scales, from the answers to the report
// and the comparison of waves: every number is on the scale of its domain, near the exact one
// (as in TestSAMM), and there is no overall score anywhere.
func TestSeveralScales(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier: publishes a long instrument twice")
	}
	in := fixture.Several()
	panel := synthetic.NewPanel(200, 5)
	k, release := publishPanel(t, in, severalSpec("2026", 200), panel, 1)
	if problems := fixture.Contract(release.Bytes()); len(problems) > 0 {
		t.Errorf("the document breaks its contract: %v", problems)
	}
	sample, err := synthetic.NewSample(in, panel)
	if err != nil {
		t.Fatal(err)
	}
	all, exact := release.Cohorts[0], sample.Cohorts()[0]
	var means within
	for i, f := range all.Functions {
		means.add(f.Mean, exact.Functions[i], 4)
	}
	for i, d := range all.Domains {
		means.add(d.Mean, exact.Domains[i].Mean, 4)
	}
	for q, of := range all.Questions {
		means.add(of.Mean, exact.Questions[q].Mean, 4)
		for l, share := range of.Shares {
			means.add(share, exact.Questions[q].Shares[l], 4)
		}
		if want := len(in.Spec().OnQuestion(q).Scale); len(of.Shares) != want {
			t.Errorf("%s has %d shares, its scale %d levels", of.ID, len(of.Shares), want)
		}
	}
	if means.published < 100 || means.held != means.published {
		t.Errorf("%d of %d numbers are near the exact ones", means.held, means.published)
	}
	noOverall(t, release)

	again, err := benchmark.Reestimate(context.Background(), &counter{}, k.Plan, k.Record)
	if err != nil {
		t.Fatal(err)
	}
	noOverall(t, again)
	panel.Shift = 0.5
	_, later := publishPanel(t, in, severalSpec("2027", 200), panel, 2)
	changes, err := compare.Trend(release, later)
	if err != nil {
		t.Fatal(err)
	}
	up := 0
	for _, c := range changes.Steps[0].Changes {
		if c.Item == publication.OverallItem {
			t.Error("the overall score is compared")
		}
		if c.Cohort == "all" && c.Statistic == publication.StatisticMean && c.Verdict == compare.Up {
			up++
		}
	}
	if up < 10 || len(changes.Steps[0].NotCompared) > 0 {
		t.Errorf("%d means went up, of %v nothing is compared", up, changes.Steps[0].NotCompared)
	}
	var page bytes.Buffer
	if err := report.HTML(&page, later, report.Options{Earlier: []*publication.Release{release}}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page.String(), "There is no overall score: the domains are on several scales") || !strings.Contains(page.String(), "the instrument has several scales, and nothing says how much") {
		t.Error("neither the page nor its statement say why there is no overall score")
	}
}

var overallWord = regexp.MustCompile(`(?i)\boverall\b`)

// noOverall looks for an overall score in everything that is made of a release: the document,
// tables and pages, which say the word where they say that there is none.
func noOverall(t *testing.T, r *publication.Release) {
	t.Helper()
	var document struct {
		Cohorts []struct {
			Overall    json.RawMessage
			Unshrunken struct{ Overall json.RawMessage }
		}
	}
	if err := json.Unmarshal(r.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	for _, c := range document.Cohorts {
		if text := fmt.Sprintf("%s %s", c.Overall, c.Unshrunken.Overall); strings.Contains(text, "value") {
			t.Errorf("an overall score: %s", text)
		}
	}
	for c := range r.Cells() {
		if c.Item == publication.OverallItem {
			t.Errorf("a cell of the overall score: %+v", c)
		}
	}
	var tables, page bytes.Buffer
	if err := report.CSV(&tables, r); err != nil {
		t.Fatal(err)
	}
	if overallWord.Match(tables.Bytes()) {
		t.Error("tables.csv has an overall score")
	}
	if err := report.MarkdownWith(&page, r, report.Options{}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(page.String()) {
		if overallWord.MatchString(line) && !strings.Contains(line, "no overall score") && !strings.Contains(line, "everything in them but counts") {
			t.Errorf("the report says %q", line)
		}
	}
}

// A forecast has families of every scale, and none of all together.
func TestForecastOfSeveralScales(t *testing.T) {
	if os.Getenv("MATURITYBENCH_DEEP") != "1" {
		t.Skip("deep tier: publishes many panels")
	}
	plan, err := benchmark.NewPlan(fixture.Several(), severalSpec("w", 100))
	if err != nil {
		t.Fatal(err)
	}
	f, err := plan.Forecast(100)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]benchmark.StatisticForecast{}
	for _, s := range f.Cohorts[0].Statistics {
		names[s.Name] = s
		if overallWord.MatchString(s.Name) || s.Name == "domain means" || s.Name == "question means" {
			t.Errorf("a forecast of %s", s.Name)
		}
	}
	for _, scale := range []string{"How often", "Agreement", "Done or not"} {
		for _, of := range []string{"domain means", "domain quartiles", "domain outer percentiles", "question means"} {
			if s, ok := names[of+" ("+scale+")"]; !ok || !(s.HalfWidth > 0 && s.Error > 0) {
				t.Errorf("%s, %s: %+v", of, scale, s)
			}
		}
	}
	// A level of seven is as long as one of five is, a yes as long as the whole scale.
	often, done := names["question means (How often)"], names["question means (Done or not)"]
	if !(done.HalfWidth < 0.5*often.HalfWidth) {
		t.Errorf("means of yes and no are known to ±%.3f, of five levels to ±%.3f", done.HalfWidth, often.HalfWidth)
	}
}

// Nothing that was published of an overall score can serve as a prior.
func TestPriorOfSeveralScales(t *testing.T) {
	spec := severalSpec("w", 100)
	spec.Prior = &benchmark.Prior{Level: 2, Spread: 0.5}
	if _, err := benchmark.NewPlan(fixture.Several(), spec); err == nil || !strings.Contains(err.Error(), "prior: expected none: an instrument of several scales has no overall score") {
		t.Errorf("a prior: %v", err)
	}
}
