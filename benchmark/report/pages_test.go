package report

import (
	"bytes"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
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
	page("three", made(t, demo(3, 3, plainText)), Options{})
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

// Every page is written, quickly, without script and without anything from
// elsewhere; "go test -artifacts" keeps them for .ci/pages.
func TestPages(t *testing.T) {
	for name, write := range pages(t) {
		var out bytes.Buffer
		begin := time.Now()
		if err := write(&out); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		page := out.String()
		for _, bad := range []string{"<script", "http://", "https://", "NaN", "ZgotmplZ", "<no value>", "url(", "@import", "%!"} {
			if i := strings.Index(strings.ReplaceAll(strings.ReplaceAll(page, "http://www.w3.org/2000/svg", ""), `(&#34;https://example.org&#34;)`, ""), bad); i >= 0 {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		if figures := strings.Count(page, "<figure "); figures != strings.Count(page, "<details>") || 2*figures != strings.Count(page, "<svg ") {
			t.Errorf("%s: %d figures do not all have a table and two drawings", name, figures)
		}
		if err := os.WriteFile(filepath.Join(t.ArtifactDir(), name+".html"), out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
