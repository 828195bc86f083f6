package instrument_test

import (
	"bytes"
	"fmt"
	"strconv"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/fixture"
	"maturitybench/benchmark/internal/inputtest"
	"maturitybench/benchmark/internal/specfile"
)

// Whatever the file holds, reading ends with an instrument that is written and
// read back equal, or with an input.Error of at most twenty problems in order.
func FuzzParseInstrument(f *testing.F) {
	f.Add([]byte(smallYAML))
	f.Add(fixture.JSON(f, instrument.JSP().Spec(), "  "))
	f.Add(fixture.JSON(f, instrument.JSP().Spec().Public(), ""))
	f.Add([]byte("id: 1\nversion: ~\nscale: [{level: 1e3}, x, {level: 0, level: 1}]\ndomains: {}\n\t"))
	f.Add([]byte("a: &a [*a]\n---\n? b\n: !c |\n  d\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := instrument.Parse("f", data)
		if err != nil {
			inputtest.Check(t, err)
			return
		}
		back, err := instrument.Parse("f", fixture.JSON(t, in.Spec(), ""))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(in.Spec(), back.Spec()); diff != "" {
			t.Error(diff)
		}
	})
}

// generated draws valid specifications, and texts with anything that fits on a
// line.
type generated struct{ *rapid.T }

func (g generated) text(label string) string {
	return rapid.StringOfN(rapid.Rune().Filter(func(r rune) bool { return !specfile.IsBreak(r) }), 1, 20, -1).
		Filter(func(s string) bool { return len(bytes.TrimSpace([]byte(s))) > 0 && utf8.ValidString(s) }).Draw(g.T, label)
}

func (g generated) id(label string) string {
	return rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9._-]{0,63}`).Draw(g.T, label)
}

// ids draws distinct ids that are none of those taken, and takes them.
func (g generated) ids(label string, least, most int, taken map[string]bool) []string {
	ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9._-]{0,9}`).Filter(func(s string) bool { return !taken[s] }),
		least, most, rapid.ID[string]).Draw(g.T, label)
	for _, id := range ids {
		taken[id] = true
	}
	return ids
}

func (g generated) instrument() instrument.Spec {
	s := instrument.Spec{ID: g.id("id"), Version: g.text("version"), Title: g.text("title"), Attributes: []instrument.Attribute{}}
	first := rapid.IntRange(-20, 20).Draw(g.T, "first")
	for i := range rapid.IntRange(2, 11).Draw(g.T, "levels") {
		s.Scale = append(s.Scale, instrument.Level{Level: first + i, Name: g.text("name"), Test: rapid.SampledFrom([]string{"", "a test"}).Draw(g.T, "test")})
	}
	g.values(&s)
	taken := map[string]bool{"company": true, "all": true, "overall": true}
	for _, id := range g.ids("domains", 1, 4, taken) {
		domain := instrument.Domain{ID: id, Title: g.text("title"), Weight: g.weight()}
		for _, id := range g.ids("questions", 1, 5, taken) {
			domain.Questions = append(domain.Questions, instrument.Question{ID: id, Text: g.text("text"), Weight: g.weight()})
		}
		s.Domains = append(s.Domains, domain)
	}
	g.functions(&s, taken)
	for _, id := range g.ids("attributes", 0, 3, taken) {
		attribute := instrument.Attribute{ID: id, Title: g.text("title")}
		for _, id := range g.ids("values", 2, 4, map[string]bool{}) {
			attribute.Values = append(attribute.Values, instrument.Value{ID: id})
		}
		s.Attributes = append(s.Attributes, attribute)
	}
	s.NoAnswer = rapid.SampledFrom([][]string{nil, {"n/a"}, {"?", "don't know", "- 1"}}).Draw(g.T, "no answer")
	s.Ignore = rapid.SampledFrom([][]string{nil, {"e-mail address"}}).Draw(g.T, "ignore")
	return s
}

func TestInstrumentRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := generated{t}.instrument()
		if in, err := instrument.New(want); err != nil || !cmp.Equal(want, in.Spec()) {
			t.Fatalf("%v", err)
		}
		indent := rapid.SampledFrom([]string{"", " ", "\t"}).Draw(t, "indent")
		in, err := instrument.Parse("f", fixture.JSON(t, want, indent))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, in.Spec()); diff != "" {
			t.Fatal(diff)
		}
	})
}

// values draws what the levels count, in hundredths.
func (g generated) values(s *instrument.Spec) {
	s.Blank = rapid.SampledFrom([]instrument.Blank{"", instrument.LowestBlank}).Draw(g.T, "blank")
	if rapid.Bool().Draw(g.T, "source") {
		s.Source = &instrument.Source{Name: g.text("source"), License: g.text("license")}
	}
	if len(s.Scale) > 2 && rapid.Bool().Draw(g.T, "scores") {
		s.Scores = &instrument.ScoreScale{From: "-1.5", To: instrument.Decimal(fmt.Sprint(rapid.IntRange(-1, 100).Draw(g.T, "to")))}
	}
	if len(s.Scale) == 2 || !rapid.Bool().Draw(g.T, "values") {
		return
	}
	at := rapid.IntRange(-1000, 1000).Draw(g.T, "value")
	for i := range s.Scale {
		s.Scale[i].Value = instrument.Decimal(strconv.FormatFloat(float64(at)/100, 'f', -1, 64))
		at += rapid.IntRange(1, 10).Draw(g.T, "step")
	}
}

func (g generated) weight() int { return rapid.SampledFrom([]int{0, 0, 1, 2, 10}).Draw(g.T, "weight") }

// functions puts the domains into one or two.
func (g generated) functions(s *instrument.Spec, taken map[string]bool) {
	if !rapid.Bool().Draw(g.T, "functions") {
		return
	}
	cut := rapid.IntRange(1, len(s.Domains)).Draw(g.T, "cut")
	for i, id := range g.ids("functions", 2, 2, taken) {
		f := instrument.Function{ID: id, Title: g.text("title")}
		for _, d := range [][]instrument.Domain{s.Domains[:cut], s.Domains[cut:]}[i] {
			f.Domains = append(f.Domains, d.ID)
		}
		if len(f.Domains) > 0 {
			s.Functions = append(s.Functions, f)
		}
	}
}
