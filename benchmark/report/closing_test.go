package report_test

import (
	"bytes"
	"strings"
	"testing"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/report"
)

// A report says that practices count the same only where they do.
func TestImportance(t *testing.T) {
	for weight, right := range map[int]string{0: "counts the same", 3: "weights of practices are"} {
		r := fixture.Secret(t)
		r.Instrument.Domains[0].Questions[0].Weight = weight
		var page bytes.Buffer
		if err := report.Markdown(&page, r); err != nil {
			t.Fatal(err)
		}
		for _, sentence := range []string{"counts the same", "weights of practices are"} {
			if got := strings.Contains(page.String(), sentence); got != (sentence == right) {
				t.Errorf("weight %d: the report says %q: %v", weight, sentence, got)
			}
		}
	}
}
