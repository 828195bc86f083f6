package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/publication"
)

func figuresOf(t testing.TB, r *publication.Release, o Options) map[string]Figure {
	t.Helper()
	list, err := Figures(r, o)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]Figure{}
	for _, f := range list {
		if _, ok := all[f.Name]; ok {
			t.Errorf("two figures are called %s", f.Name)
		}
		all[f.Name] = f
	}
	return all
}

func standingOf(t testing.TB, r *publication.Release) *compare.Standing {
	t.Helper()
	s, err := compare.NewStanding(r, own(r.Instrument))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The drawings of the fixtures, one of each kind.
func TestFigureGoldens(t *testing.T) {
	earlier, later := waves(t)
	secret := load(t, "secret")
	standing, err := StandingFigures(secret, standingOf(t, secret), Options{})
	if err != nil {
		t.Fatal(err)
	}
	figures := figuresOf(t, secret, Options{})
	for _, f := range standing {
		figures[f.Name] = f
	}
	for _, name := range []string{"change", "change-practices", "slopes", "profiles"} {
		figures[name] = figuresOf(t, later, Options{Earlier: []*publication.Release{earlier}})[name]
	}
	for _, name := range []string{
		"domains", "who", "work", "radar-domains", "radar-practices", "spread", "practices-org", "ranking", "heatmap-region",
		"spread-region", "profiles", "change", "change-practices", "slopes", "radar", "standing", "standing-org",
	} {
		f, ok := figures[name]
		if !ok || f.draw == nil {
			t.Errorf("there is no figure %s", name)
			continue
		}
		var first, second bytes.Buffer
		if err := errors.Join(f.WriteSVG(&first), f.WriteSVG(&second)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s is drawn in two ways", name)
		}
		golden(t, filepath.Join("testdata", "figures", name+".svg"), first.Bytes())
	}
}

// Every figure has a table, words, and three formats; texts of the instrument
// are nothing but text in them.
func TestFigures(t *testing.T) {
	for _, name := range []string{"secret", "hostile", "withheld", "suppressed", "public"} {
		for _, f := range figuresOf(t, load(t, name), Options{}) {
			header, rows := f.Table()
			if len(rows) == 0 || f.Title == "" || f.Description == "" {
				t.Errorf("%s: %s lacks a table, a title or a description", name, f.Name)
			}
			for _, row := range rows {
				if len(row) != len(header) {
					t.Errorf("%s: %s has a row of %d cells below %d", name, f.Name, len(row), len(header))
				}
			}
			var out bytes.Buffer
			if err := f.WriteSVG(&out); err != nil {
				t.Fatal(err)
			}
			if elements := elementsOf(t, out.Bytes()); !slices.Equal(elements, []string{"circle", "desc", "path", "svg", "text", "title"}) {
				if rest := slices.DeleteFunc(elements, func(e string) bool {
					return slices.Contains([]string{"circle", "desc", "path", "svg", "text", "title"}, e)
				}); len(rest) > 0 {
					t.Errorf("%s: %s holds elements %v", name, f.Name, rest)
				}
			}
		}
	}
}

// elementsOf are the names of the elements of a well-formed document.
func elementsOf(t *testing.T, data []byte) []string {
	t.Helper()
	names := map[string]bool{}
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			names[e.Name.Local] = true
		}
	}
	var out []string
	for name := range names {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func TestPNGAndPDF(t *testing.T) {
	if testing.Short() {
		t.Skip("draws whole pages")
	}
	r := made(t, sized(demo(7, 7, scripts), 4, scripts), "size=v1")
	for _, f := range []Figure{figuresOf(t, r, Options{})["heatmap-size"], figuresOf(t, load(t, "secret"), Options{})["practices-org"]} {
		var image, page bytes.Buffer
		if err := errors.Join(f.WritePNG(&image), f.WritePDF(&page)); err != nil {
			t.Fatal(err)
		}
		decoded, err := png.Decode(&image)
		if err != nil {
			t.Fatal(err)
		}
		// 800 points and two margins of 16, at 192 dots for 72 points.
		if width := decoded.Bounds().Dx(); width < 2217 || width > 2219 {
			t.Errorf("%s is %d dots wide", f.Name, width)
		}
		if !bytes.HasPrefix(page.Bytes(), []byte("%PDF-")) || !bytes.Contains(page.Bytes(), []byte("/FontFile2")) {
			t.Errorf("%s is no PDF with its font", f.Name)
		}
		if err := errors.Join(f.WritePNG(&full{100}), f.WritePDF(&full{100}), f.WriteSVG(&full{100})); !errors.Is(err, errFull) {
			t.Errorf("%s: error %v", f.Name, err)
		}
	}
}

// Where the fonts lack a script, ids stand in, and the file says so; in SVG the
// text stays.
func TestIdsStandIn(t *testing.T) {
	remark := texts(Texts()).say("figure.ids")
	says := func(s *scene) string {
		var b strings.Builder
		for _, shape := range s.shapes {
			if w, ok := shape.(words); ok {
				b.WriteString(w.text + "\n")
			}
		}
		return b.String()
	}
	foreign := figuresOf(t, made(t, sized(demo(7, 7, scripts), 4, scripts)), Options{})["heatmap-size"]
	if !strings.Contains(says(foreign.embedded()), remark) {
		t.Error("nothing is said of ids that stand in")
	}
	if !strings.Contains(says(foreign.standalone()), "공급망") {
		t.Error("SVG lacks a text in Korean")
	}
	if strings.Contains(says(figuresOf(t, load(t, "secret"), Options{})["heatmap-size"].embedded()), remark) {
		t.Error("ids are said to stand in where none does")
	}
}

// A name beside a radar breaks between its words, not within one, where the rings can
// make room for it.
func TestRadarKeepsWordsWhole(t *testing.T) {
	for width, names := range map[float64][]string{
		narrow: {"Governance", "Design", "Implementation", "Verification of requirements", "Operations"},
		380:    {"Umgang", "Verantwortung", "Entwicklungslenkung", "Lieferkette", "Risikomanagement", "Überwachung im Feld"},
		wide:   {"Governance", "Verantwortungsübernahme und Lieferkette", "Développement", "Vulnerability management", "Softwarearchitekturbewertung", "Umgang"},
	} {
		r := radar{axis: axis{high: 5, ticks: []tick{{0, "0"}, {5, "5"}}}}
		for _, name := range names {
			r.spokes = append(r.spokes, spoke{label: label{name, name}, peers: publication.Estimate{Status: publication.Published, Value: 2, Low: 1, High: 3}})
		}
		written := map[string][]string{}
		for _, shape := range r.draw(width).shapes {
			if w, ok := shape.(words); ok && w.whole != "" {
				written[w.whole] = append(written[w.whole], w.text)
			}
		}
		for _, name := range names {
			if got := strings.Join(written[name], " "); got != name {
				t.Errorf("%v wide: %q stands as %q", width, name, written[name])
			}
		}
	}
}

// A ring is cut in the parts that the groups have, each beside its number.
func TestRing(t *testing.T) {
	r := ring{title: label{"Size", "size"}, parts: []ringPart{{label{"a", "a"}, 60, "60"}, {label{"b", "b"}, 30, "30"}, {label{"c", "c"}, -2, "0"}, {label{"d", "d"}, 30, "30 [1, 59]"}}}
	s := &scene{width: 300}
	if end := r.draw(s, 0); end < 2*ringRadius {
		t.Errorf("it ends at %v", end)
	}
	var parts []float64
	var written []string
	for _, shape := range s.shapes {
		switch v := shape.(type) {
		case area:
			if len(v.points) > 4 {
				parts = append(parts, surface(v.points))
			}
		case words:
			written = append(written, v.text)
		}
	}
	ring := parts[0] + parts[1] + parts[2]
	if len(parts) != 3 || !slices.Equal(written, []string{"Size", "60", "a", "30", "b", "0", "c", "30 [1, 59]", "d"}) {
		t.Fatalf("%d parts, and %q", len(parts), written)
	}
	for i, want := range []float64{0.5, 0.25, 0.25} {
		if got := parts[i] / ring; math.Abs(got-want) > 1e-3 {
			t.Errorf("part %d is %v of the ring, want %v", i, got, want)
		}
	}
}

// surface is that of a polygon.
func surface(points []point) (twice float64) {
	for i, p := range points {
		q := points[(i+1)%len(points)]
		twice += p.x*q.y - q.x*p.y
	}
	return math.Abs(twice) / 2
}
