package report

import (
	"bytes"
	"errors"
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/publication"
)

var (
	tag     = regexp.MustCompile(`<[^>]*>`)
	drawing = regexp.MustCompile(`(?s)<svg.*?</svg>|<style>.*?</style>`)
)

// wordsOf are what a page says outside of its drawings.
func wordsOf(t *testing.T, r *publication.Release) string {
	t.Helper()
	var out bytes.Buffer
	if err := HTML(&out, r, Options{}); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(drawing.ReplaceAllString(out.String(), ""), ""))), " ")
}

// The questions that a reader brings, and the words that answer them.
func TestPageAnswers(t *testing.T) {
	page := wordsOf(t, load(t, "secret"))
	for question, answers := range map[string][]string{
		"At a glance": {
			"Companies that answered118[114, 122]", "Overall mean1.51 of 5[1.48, 1.54], between 1 (Initiated) and 2 (Managed)",
			"Middle half of the companies", "Practices clearly behind",
		},
		"What stands out":                     {"Organizational structure (1.84 [1.78, 1.89]) is ahead of Design control (1.00 [0.95, 1.06])."},
		"Where most is to be gained":          {"All of them are surely in the lower half"},
		"How to read the numbers":             {"are known to within ±0.06 levels, those of the practices to within ±0.11, each with 90% confidence", "Intervals. In “1.7 [1.5, 1.9]”"},
		"How the companies were protected":    {"random noise was added to every total", "ε = 4", "No group of fewer than 5 companies is shown."},
		"How were the companies protected?":   {"Did a company take part?", "What is not protected"},
		"What the numbers do not say":         {"The companies that answered were not drawn at random", "the report is no certificate"},
		"By Annual revenue":                   {"The overall mean rises from each value to the next, from under $100M (0.93 [0.88, 0.98]) to over $1B (1.96 [1.91, 2.02])", "A difference between groups is not an effect"},
		"What is not shown, and why":          {"Region: Europe; Region: Asia", "It does not mean zero"},
		"Methodology":                         {"Every company counts once"},
		"Privacy statement":                   {"NIST SP 800-226", "Post-processing", "Aggregation"},
		"Synthetic. The answers were made up": nil,
	} {
		for _, want := range append(answers, question) {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page does not say %q", question, want)
			}
		}
	}
}

// Pages without numbers still answer.
func TestPagesWithoutNumbersAnswer(t *testing.T) {
	for name, answers := range map[string][]string{
		"suppressed": {"No number of this wave is published", "No other group is shown", "Did a company take part?"},
		"withheld":   {"No single practice is shown (why).", "Nothing stands out", "What the numbers do not say"},
	} {
		page := wordsOf(t, load(t, name))
		for _, want := range answers {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page does not say %q", name, want)
			}
		}
	}
}

// What relation the cohorts show depends on whether their intervals overlap.
func TestRelation(t *testing.T) {
	mean := func(name string, value, width float64) namedMean {
		return namedMean{foreign(name), publication.Estimate{Value: value, Low: value - width, High: value + width, Status: publication.Published}}
	}
	b := &builder{texts: Texts(), release: load(t, "secret")}
	for want, means := range map[string][]namedMean{
		"nothing can be said":           {mean("a", 1, 0.1)},
		"rises from each value":         {mean("a", 1, 0.1), mean("b", 2, 0.1), mean("c", 3, 0.1)},
		"falls from each value":         {mean("a", 3, 0.1), mean("b", 2, 0.1), mean("c", 1, 0.1)},
		"show no relation":              {mean("a", 3, 1), mean("b", 2, 1), mean("c", 2.5, 1)},
		"Larger than the noise are":     {mean("a", 1, 0.4), mean("b", 1.5, 0.4), mean("c", 2, 0.4)},
		"differences of the overall me": {mean("a", 1, 0.1), mean("b", 2, 0.1)},
	} {
		blocks := b.relationWords(means)
		if said := blocks[0].(paragraph).Text.String(); !strings.Contains(said, want) {
			t.Errorf("%q does not say %q", said, want)
		}
		if len(blocks) > 1 {
			if items := blocks[1].(bullets).Items; len(items) != 1 {
				t.Errorf("%d pairs differ, want 1", len(items))
			}
		}
	}
}

// Nothing of a text becomes markup.
func TestPageOfHostileTexts(t *testing.T) {
	var out bytes.Buffer
	r := load(t, "hostile")
	o := Options{Title: "<script>a</script>", Foreword: "</section><script>", Notes: "<!--", LogoText: `"><script>`, Logo: "data:image/png;base64,AAAA", Language: `"><script>`,
		Texts: map[string]string{"summary": "<script>", "skip": "<script>", "figure.domains": "</title><script>"}}
	if err := HTML(&out, r, o); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "<img src=x", "<!-- -->", "</td>\"", "<b>1</b>"} {
		if strings.Contains(out.String(), bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
	if open, closed := strings.Count(out.String(), "<section "), strings.Count(out.String(), "</section>"); open != closed {
		t.Errorf("%d sections are opened and %d closed", open, closed)
	}
}

// A report wants to be found and says whose it is; where a company stands is
// nobody's business.
func TestFactsAboutThePage(t *testing.T) {
	r := load(t, "secret")
	o := Options{
		Title: "Report", Subtitle: "Of all companies", Publisher: "A \"body\"", Contact: "body@example.org", License: "CC BY 4.0",
		Date: time.Date(2026, time.November, 29, 0, 0, 0, 0, time.UTC),
	}
	var page, own bytes.Buffer
	if err := errors.Join(HTML(&page, r, o), StandingHTML(&own, r, standingOf(t, r), o)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<meta name="description" content="What the companies`, `<meta name="author" content="A &#34;body&#34;">`, `<meta name="dcterms.issued" content="2026-11-29">`,
		`<meta name="dcterms.license" content="CC BY 4.0">`, `<meta name="contact" content="body@example.org">`, `<p class="subtitle"><bdi>Of all companies</bdi></p>`,
		"published by <bdi>A &#34;body&#34;</bdi> · <bdi>29</bdi> November <bdi>2026</bdi>", `content: "Report"`, "Questions go to <bdi>body@example.org</bdi>.",
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	const hidden = `<meta name="robots" content="noindex">`
	if strings.Contains(page.String(), hidden) || !strings.Contains(own.String(), hidden) {
		t.Error("the wrong page hides from search engines")
	}
}

func BenchmarkHTML(b *testing.B) {
	r := load(b, "secret")
	for b.Loop() {
		if err := HTML(&bytes.Buffer{}, r, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
