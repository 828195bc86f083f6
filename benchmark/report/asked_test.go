package report_test

import (
	"bytes"
	"strings"
	"testing"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/report"
)

// What was not asked for is said once, and is marked nowhere as not shown.
func TestNotAsked(t *testing.T) {
	for list, want := range map[string][2]string{
		"scores":              {"nothing was spent on it: how the companies’ scores are spread; means of single practices; how many percent", "## By Region"},
		"questions,shares":    {"nothing was spent on it: means of the scores; how the companies’ scores are spread. ", "Companies at a level or above"},
		"quartiles":           {"means of the scores; means of single practices; how many percent of the companies are at each level. ", "Percentiles of the scores by Region"},
		"scores,questions":    {"how the companies’ scores are spread; how many percent", "## Highest and lowest practices"},
		"scores,quartiles":    {"means of single practices; how many percent", "## By Region"},
		"quartiles,questions": {"means of the scores; how many percent", "## Highest and lowest practices"},
	} {
		var out bytes.Buffer
		if err := report.Markdown(&out, fixture.Asked(t, strings.Split(list, ",")...)); err != nil {
			t.Fatal(err)
		}
		text, _, _ := strings.Cut(out.String(), "## What is not shown, and why")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q in\n%s", list, w, text)
			}
		}
		for _, bad := range []string{"not shown", "Fewer than two groups", "No single practice"} {
			if before, after, found := strings.Cut(text, bad); found {
				t.Errorf("%s: …%s%s%s…", list, before[max(len(before)-200, 0):], bad, after[:min(len(after), 200)])
			}
		}
	}
}
