package command

import (
	"errors"
	"testing"
)

// Names of packages say nothing to a person, wherever they stand; keys of files stay.
func TestExplain(t *testing.T) {
	for text, want := range map[string]string{
		"publication: release: sheets: expected a list":                                    "release: sheets: expected a list",
		"release.xlsx: report: the earlier releases: compare: the wave 2026 appears twice": "release.xlsx: the earlier releases: the wave 2026 appears twice",
		"plan.yaml: instrument: expected the id of one":                                    "plan.yaml: instrument: expected the id of one",
		"report: no text has the key \"x\"":                                                "no text has the key \"x\"",
		"responses: a\nanswers.csv:2: level: expected a number":                            "the input cannot be used:\na\nanswers.csv:2: level: expected a number",
	} {
		if got := Explain(t.Context(), errors.New(text)); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
