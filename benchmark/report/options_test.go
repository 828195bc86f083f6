package report

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

func TestOptions(t *testing.T) {
	earlier, later := waves(t)
	later.Instrument.Title = "Survey"
	o := Options{
		Title: "A <title>", Foreword: "One.\r\n\r\nTwo.\n\n\n", Notes: "<i>Three</i>", Logo: "data:image/png;base64,AAAA", LogoText: `"Body"`, Language: "pt", StandingPage: "standing.html",
		Texts:   map[string]string{"summary": "Zusammenfassung", "status.withheld": "nicht gezeigt", "place.between": "zwischen {low} und {high}"},
		Earlier: []*publication.Release{earlier},
	}
	var page, text bytes.Buffer
	if err := errors.Join(HTML(&page, later, o), MarkdownWith(&text, later, o)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<html lang="pt">`, "<title>A &lt;title&gt;</title>", `<img class="logo" src="data:image/png;base64,AAAA" alt="&#34;Body&#34;">`,
		"<p><bdi>One.</bdi></p>\n<p><bdi>Two.</bdi></p>\n</section>", "&lt;i&gt;Three&lt;/i&gt;", ">Zusammenfassung</h2>", `<a href="standing.html">Compare our own answers`, "nicht gezeigt", "zwischen <bdi>1</bdi> und <bdi>2</bdi>",
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, want := range []string{"# A &lt;title&gt;\n", "## Zusammenfassung\n", "## Foreword\n\nOne.\n\nTwo.\n\n## ", "| nicht gezeigt |", "](standing.html)", "## Change since the last wave"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("report.md lacks %q", want)
		}
	}
	if strings.Contains(page.String(), "withheld</span>") {
		t.Error("a replaced text is still there")
	}
}

func TestWrongOptions(t *testing.T) {
	r := load(t, "secret")
	for name, o := range map[string]Options{
		"no text has the key":        {Texts: map[string]string{"nowhere": "x"}},
		"nothing is called {nobody}": {Texts: map[string]string{"findings.level": "{nobody}"}},
		"the logo is not":            {Logo: "https://example.org/logo.png"},
		"expected \"data:image":      {Logo: "data:text/html;base64,AAAA"},
		"and base64":                 {Logo: "data:image/png;base64,?"},
		"is not one beside":          {StandingPage: "https://example.org/"},
		"a name such as":             {StandingPage: "/etc/standing.html"},
		"the earlier releases":       {Earlier: []*publication.Release{load(t, "hostile")}},
	} {
		_, figures := Figures(r, o)
		for _, err := range []error{HTML(&bytes.Buffer{}, r, o), MarkdownWith(&bytes.Buffer{}, r, o), figures} {
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("error %v does not say %q", err, name)
			}
		}
	}
	if err := HTML(&bytes.Buffer{}, r, Options{Earlier: []*publication.Release{load(t, "hostile")}}); !errors.Is(err, compare.ErrIncomparable) {
		t.Errorf("error %v of releases that cannot be compared", err)
	}
}

// A text in braces inside of a value is no place for another value.
func TestValuesAreNotFilled(t *testing.T) {
	got := texts(Texts()).say("attribute", "attribute", "{value}", "value", "{attribute}")
	if got != "{value}: {attribute}" {
		t.Errorf("%q", got)
	}
}

// Every text is used, and every text that is used exists: a key in the source
// that is missing would end in a panic.
func TestTextsAreUsed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	scripts, err := filepath.Glob("script/*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Concat(files, scripts, []string{"page.html.tmpl", "form.html.tmpl"}) {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "texts_") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source.WriteString(string(data))
	}
	used := map[string]bool{}
	for _, match := range regexp.MustCompile(`"([a-z][a-z0-9.-]*)"`).FindAllStringSubmatch(source.String(), -1) {
		used[match[1]] = true
	}
	// Keys that are put together from parts.
	prefixes := []string{"figure.", "status.", "statement.", "verdict.", "says.", "quarter.", "change.overall.", "change.reason.", "extremes.", "month.", "findings.change.", "percentile.", "kind."}
	for key := range Texts() {
		made := false
		for _, p := range prefixes {
			made = made || strings.HasPrefix(key, p)
		}
		if !used[key] && !used[strings.TrimSuffix(key, "-yes")] && !made {
			t.Errorf("nothing uses the text %s", key)
		}
	}
}
