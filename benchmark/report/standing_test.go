package report

import (
	"bytes"
	"errors"
	"html"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

func TestStandingGoldens(t *testing.T) {
	for _, name := range []string{"secret", "profiles", "suppressed", "withheld", "hostile", "scores"} {
		r := load(t, name)
		var out bytes.Buffer
		if err := StandingMarkdown(&out, r, standingOf(t, r), Options{}); err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join("testdata", "standing-"+name+".md"), out.Bytes())
	}
}

func TestStandingSays(t *testing.T) {
	r := load(t, "profiles")
	var out bytes.Buffer
	if err := StandingHTML(&out, r, standingOf(t, r), Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"nothing was sent anywhere", "For the company only.", "Where the others are clearly ahead", "How far to the target", "% reached",
		"the noise, which protects the companies, forbids a verdict", "<td class=\"n\">below</td>",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// The summary alone is that of the page, in every language.
func TestStandingSummary(t *testing.T) {
	for name, want := range map[string]string{"secret": "Our overall score is 2.45; the mean", "suppressed": "nothing to compare with"} {
		r := load(t, name)
		for _, language := range Languages() {
			o := Options{Language: language}
			got, err := StandingSummary(r, standingOf(t, r), o)
			if err != nil {
				t.Fatal(err)
			}
			var page bytes.Buffer
			if err := StandingHTML(&page, r, standingOf(t, r), o); err != nil {
				t.Fatal(err)
			}
			text := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page.String(), ""))
			if got == "" || !strings.Contains(text, got) || language == "en" && !strings.Contains(got, want) {
				t.Errorf("%s, %s: %q", name, language, got)
			}
		}
	}
	r := load(t, "secret")
	s := standingOf(t, r)
	s.Release = "another"
	if _, err := StandingSummary(r, s, Options{}); err == nil {
		t.Error("a standing of another release has a summary")
	}
}

func TestStandingOfAnotherRelease(t *testing.T) {
	r := load(t, "secret")
	s := standingOf(t, r)
	s.Release = "another"
	_, figures := StandingFigures(r, s, Options{})
	for _, err := range []error{StandingHTML(&bytes.Buffer{}, r, s, Options{}), StandingMarkdown(&bytes.Buffer{}, r, s, Options{}), figures} {
		if !errors.Is(err, errOtherRelease) {
			t.Errorf("error %v", err)
		}
	}
}

// A radar has three spokes at least, and room for their names.
func TestRadarOfDomains(t *testing.T) {
	for domains, want := range map[int]bool{1: false, 2: false, 3: true, 12: true, 13: false} {
		r := made(t, demo(26, domains, long))
		figures, err := StandingFigures(r, standingOf(t, r), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.ContainsFunc(figures, func(f Figure) bool { return f.Name == "radar" }); got != want {
			t.Errorf("%d domains: a radar is %v", domains, got)
		}
	}
}

// The side of zero on which an interval lies is not rounded away.
func TestGapCell(t *testing.T) {
	for _, c := range []struct {
		e    publication.Estimate
		want string
	}{
		{publication.Estimate{Value: -0.4, Low: -0.7, High: -0.1, Status: publication.Published}, "-0.4 [-0.7, -0.1]"},
		{publication.Estimate{Value: -0.3, Low: -0.6, High: -0.02, Status: publication.Published}, "-0.30 [-0.60, -0.02]"},
		{publication.Estimate{Value: 0.3, Low: 0.004, High: 0.6, Status: publication.Published}, "0.300 [0.004, 0.600]"},
		{publication.Estimate{Value: 0.3, Low: -0.004, High: 0.6, Status: publication.Published}, "0.3 [-0.1, 0.6]"},
		{publication.Estimate{}, "withheld"},
	} {
		if got := gapCell(c.e); got != c.want {
			t.Errorf("%v is %q, want %q", c.e, got, c.want)
		}
	}
}

func TestQuarter(t *testing.T) {
	for band, want := range map[compare.Band]string{
		{}: "unknown", {Lowest: 2, Highest: 2}: "second", {Lowest: 1, Highest: 2}: "first or second", {Lowest: 2, Highest: 4}: "second to fourth",
		{Lowest: 1, Highest: 4}: "any", {Lowest: 3, Highest: 5}: "unknown",
	} {
		if got := texts(Texts()).quarter(band).String(); got != want {
			t.Errorf("%v is %q, want %q", band, got, want)
		}
	}
}

// The outer ring of a radar is the first level at or above every score.
func TestRadarIsCut(t *testing.T) {
	scale := axis{low: 0, high: 5, ticks: []tick{{0, "0"}, {1, "1"}, {2, "2"}, {3, "3"}, {4, "4"}, {5, "5"}}}
	peers := func(high float64) spoke {
		return spoke{peers: publication.Estimate{Value: high, Low: high, High: high, Status: publication.Published}}
	}
	for _, c := range []struct {
		own  float64
		peer spoke
		want float64
	}{{0.5, peers(1), 2}, {2, peers(2.01), 3}, {3.5, peers(1), 4}, {5, peers(4), 5}, {3, spoke{}, 3}} {
		cut := radar{axis: scale, spokes: []spoke{{own: &c.own}, c.peer}}.cut()
		if cut.high != c.want || len(cut.ticks) != int(c.want)+1 {
			t.Errorf("own %v, mean %v: cut at %v with %d rings", c.own, c.peer.peers.High, cut.high, len(cut.ticks))
		}
	}
}

// What is nearly reached is not called reached: 99.6 % of a profile are 99 %.
func TestReachedIsRoundedDown(t *testing.T) {
	r := load(t, "profiles")
	s := standingOf(t, r)
	if len(s.Profiles) == 0 {
		t.Fatal("the instrument has no profile")
	}
	s.Profiles[0].Met, s.Profiles[0].Reached = false, 0.996
	var out bytes.Buffer
	if err := StandingMarkdown(&out, r, s, Options{}); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, "not met, 99% reached") {
		t.Errorf("99.6 %% are not 99 %% reached:\n%s", text)
	}
}
