package report_test

import (
	"bytes"
	"strings"
	"testing"

	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/publication"
	"maturitybench/benchmark/report"
)

// A report names the waves that its numbers lean on, in every language, and says nothing of
// the kind where there are none.
func TestEarlierWaves(t *testing.T) {
	for language, want := range map[string]string{
		"en": "measured of the same questions before, in 2024, 2025: ", "de": "zu denselben Fragen gemessen wurde, in 2024, 2025: ", "fr": "des mêmes questions auparavant, dans 2024, 2025",
	} {
		r := fixture.Asked(t, "questions", "shares")
		for _, waves := range [][]string{nil, {"2024", "2025"}} {
			r.Earlier = nil
			for _, w := range waves {
				r.Earlier = append(r.Earlier, publication.EarlierWave{Wave: w, Revision: 1, Release: strings.Repeat("0", 32)})
			}
			var out bytes.Buffer
			if err := report.MarkdownWith(&out, r, report.Options{Language: language}); err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(out.String(), want); got != (waves != nil) {
				t.Errorf("%s, waves %v: %q is there: %v", language, waves, want, got)
			}
		}
	}
}
