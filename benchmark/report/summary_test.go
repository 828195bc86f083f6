package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

// The summary is the first page of the report, word for word, and leads nowhere else.
func TestSummary(t *testing.T) {
	for _, name := range fixtures {
		r := load(t, name)
		var whole, summary bytes.Buffer
		o := Options{Title: "State of the industry", Publisher: "A body", Foreword: "Dear reader"}
		if err := HTML(&whole, r, o); err != nil {
			t.Fatal(err)
		}
		if err := SummaryHTML(&summary, r, o); err != nil {
			t.Fatal(err)
		}
		words := regexp.MustCompile(`(?s)<svg.*?</svg>|<[^>]*>|\s+`)
		board := func(page string) string {
			_, page, _ = strings.Cut(page, `<div class="board">`)
			page, _, _ = strings.Cut(page, "<nav")
			page = strings.Join(strings.Fields(words.ReplaceAllString(page, " ")), " ")
			return strings.ReplaceAll(page, " ( why )", "") // whose answer is in the report
		}
		if got, want := board(summary.String()), board(whole.String()); got != want || len(want) < 200 {
			t.Errorf("%s: the summary says\n%s\nthe first page\n%s", name, got, want)
		}
		for _, link := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(summary.String(), -1) {
			if !strings.Contains(summary.String(), ` id="`+link[1]+`"`) {
				t.Errorf("%s: a link leads to %s, which is not there", name, link[1])
			}
		}
		for _, absent := range []string{"Dear reader", `id="methods"`, `id="statement"`} {
			if strings.Contains(summary.String(), absent) {
				t.Errorf("%s: the summary has %s", name, absent)
			}
		}
	}
	if err := SummaryHTML(&bytes.Buffer{}, load(t, "secret"), Options{Logo: "x"}); err == nil {
		t.Error("a logo that is none is accepted")
	}
}
