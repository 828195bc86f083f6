package report

import (
	"bytes"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

// pages are all kinds of pages, by name.
func pages(t testing.TB) map[string]func(io.Writer) error {
	all := map[string]func(io.Writer) error{}
	page := func(name string, r *publication.Release, o Options) {
		all[name] = func(w io.Writer) error { return HTML(w, r, o) }
	}
	for _, name := range fixtures {
		page(name, load(t, name), Options{})
	}
	small := made(t, demo(44, 4, plainText))
	for i := range small.Cohorts[0].Questions {
		q := &small.Cohorts[0].Questions[i]
		*q = publication.CohortQuestion{ID: q.ID, Shares: make([]publication.Estimate, len(q.Shares)), AtLeast: make([]publication.Estimate, len(q.AtLeast))}
	}
	for i := range small.Cohorts[0].Domains {
		small.Cohorts[0].Domains[i].Percentiles = make(publication.Percentiles, len(publication.PercentileIDs()))
	}
	small.Cohorts[0].Overall.Percentiles = make(publication.Percentiles, len(publication.PercentileIDs()))
	page("small", small, Options{Publisher: "A body", Date: time.Date(2026, time.November, 29, 0, 0, 0, 0, time.UTC), Contact: "body@example.org", License: "CC BY 4.0"})
	yes := demo(18, 3, plainText)
	yes.Scale = yes.Scale[:2]
	page("yes", made(t, sized(yes, 3, plainText), "size=v1"), Options{})
	page("three", made(t, demo(3, 3, plainText)), Options{})
	several := forms(t)["several"]
	last := *several
	last.Wave, last.ID = "2025", strings.Repeat("1", 32)
	page("several", several, Options{Earlier: []*publication.Release{&last}})
	page("many", made(t, sized(demo(150, 10, plainText), 9, plainText), "size=v1", "size=v2"), Options{})
	page("long", made(t, sized(demo(12, 4, long), 6, long)), Options{})
	page("scripts", made(t, sized(demo(14, 7, scripts), 4, scripts)), Options{})
	page("negative", made(t, below(demo(8, 2, plainText))), Options{})
	earlier, later := waves(t)
	page("change", later, Options{
		Title: "The state of our industry", Foreword: "First paragraph.\n\nSecond <b>paragraph</b>.", Notes: "Printed on paper.",
		Logo: "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(logo)), LogoText: "A body", Language: "en-GB",
		Earlier: []*publication.Release{earlier},
	})
	for _, name := range []string{"profiles", "scripts", "long"} {
		r := map[string]*publication.Release{
			"profiles": load(t, "profiles"), "scripts": made(t, sized(demo(14, 7, scripts), 4, scripts)), "long": made(t, demo(12, 4, long)),
		}[name]
		s, err := compare.NewStanding(r, own(r.Instrument))
		if err != nil {
			t.Fatal(err)
		}
		all["standing-"+name] = func(w io.Writer) error { return StandingHTML(w, r, s, Options{}) }
	}
	return all
}

const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="48"><rect width="160" height="48" fill="#1f5f99"/><circle cx="24" cy="24" r="14" fill="#fff"/></svg>`

// Every page is written, without script and without anything from
// elsewhere; "go test -artifacts" keeps them for .ci/pages.
func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for name, write := range pages(t) {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		page := out.String()
		for _, bad := range []string{"<script", "http://", "https://", "NaN", "ZgotmplZ", "<no value>", "url(", "@import", "%!"} {
			if i := strings.Index(strings.ReplaceAll(strings.ReplaceAll(page, "http://www.w3.org/2000/svg", ""), `(&#34;https://example.org&#34;)`, ""), bad); i >= 0 {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		figures, halves := strings.Count(page, "<figure "), strings.Count(page, `class="half"`)
		if 2*figures-halves != strings.Count(page, "<svg ") {
			t.Errorf("%s: %d figures, %d of them of half the width, do not have their drawings", name, figures, halves)
		}
		for _, figure := range strings.Split(page, "<figure ")[1:] {
			numbers := regexp.MustCompile(`class="numbers">[^<]* <a href="#([^"]+)">`).FindStringSubmatch(figure)
			if numbers == nil || !strings.Contains(page, `<table id="`+numbers[1]+`"`) {
				t.Errorf("%s: a figure has no table: %.60s", name, figure)
			}
		}
		for _, link := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
			if n := strings.Count(page, `id="`+link[1]+`"`); n != 1 {
				t.Errorf("%s: %d places are called %s", name, n, link[1])
			}
		}
		if regexp.MustCompile(`<h[1-6]>`).MatchString(page) {
			t.Errorf("%s: a heading has no id", name)
		}
		if err := os.WriteFile(filepath.Join(t.ArtifactDir(), name+".html"), out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
