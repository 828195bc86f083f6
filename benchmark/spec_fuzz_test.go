package benchmark

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"maturitybench/privacy"
)

// again marshals v as JSON, which is YAML, in one line or many.
func again(t interface{ Fatal(...any) }, v any, indent string) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if indent != "" {
		var b bytes.Buffer
		if err := json.Indent(&b, data, "", indent); err != nil {
			t.Fatal(err)
		}
		data = b.Bytes()
	}
	return data
}

// Whatever the file holds, reading ends with an instrument that is written and
// read back equal, or with an InputError of at most twenty problems in order.
func FuzzParseInstrument(f *testing.F) {
	f.Add([]byte(smallYAML))
	f.Add(jspFile)
	f.Add(JSP().publicJSON())
	f.Add([]byte("id: 1\nversion: ~\nscale: [{level: 1e3}, x, {level: 0, level: 1}]\ndomains: {}\n\t"))
	f.Add([]byte("a: &a [*a]\n---\n? b\n: !c |\n  d\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := ParseInstrument("f", data)
		if err != nil {
			checkProblems(t, err)
			return
		}
		back, err := ParseInstrument("f", again(t, in.Spec(), ""))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(in.Spec(), back.Spec()); diff != "" {
			t.Error(diff)
		}
	})
}

// Like [FuzzParseInstrument], for plans; the file that a prior names is not
// opened.
func FuzzParsePlan(f *testing.F) {
	f.Add([]byte(fullPlan))
	f.Add([]byte(leastPlan))
	f.Add([]byte(leastPlan + "prior: {release: last.json}\n"))
	f.Add([]byte("wave: 2026\nepsilon: 1e-6\ndelta: .nan\ncohorts: [no, size, size]\nprior: {level: -0.0, spread: 1e400}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		spec, _, err := parsedSpec(string(data))
		if err != nil {
			checkProblems(t, err)
			return
		}
		back, _, err := parsedSpec(string(again(t, spec, "")))
		if err != nil {
			t.Fatal(err)
		}
		if len(spec.Cohorts) == 0 {
			spec.Cohorts = nil // as if left out
		}
		if diff := cmp.Diff(spec, back); diff != "" {
			t.Error(diff)
		}
	})
}

// Like [FuzzParseInstrument], for accounts.
func FuzzParseAccount(f *testing.F) {
	f.Add([]byte(fullAccount))
	f.Add([]byte("account: 5\nunit: person\nroster: [secret]\nepsilon: 1e9\ndelta: 1e-300\nwindow: 3y\nlifetime: 1e3\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		account, err := ParseAccount("f", data)
		if err != nil {
			checkProblems(t, err)
			return
		}
		if back, err := ParseAccount("f", again(t, account, "")); err != nil || back != account {
			t.Errorf("%+v reads as %+v, %v", account, back, err)
		}
	})
}

// checkProblems expects an InputError whose problems are in order, on lines of
// the file and each on a line of its own.
func checkProblems(t *testing.T, err error) {
	t.Helper()
	list := problemsOf(t, err)
	input := err.(*InputError)
	if input.More > 0 && len(input.Problems) < maxProblems {
		t.Errorf("%d more after %d", input.More, len(input.Problems))
	}
	if !utf8.ValidString(err.Error()) {
		t.Errorf("not UTF-8: %q", err.Error())
	}
	for i, p := range input.Problems {
		if i > 0 && p.Line < input.Problems[i-1].Line {
			t.Errorf("out of order: %q", list)
		}
		for _, r := range p.String() {
			if unicode.IsControl(r) {
				t.Errorf("control character in %q", p.String())
				break
			}
		}
	}
}

// generated draws valid specifications, and texts with anything that fits on a
// line.
type generated struct{ *rapid.T }

func (g generated) text(label string) string {
	return rapid.StringOfN(rapid.Rune().Filter(func(r rune) bool { return !isBreak(r) }), 1, 20, -1).
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

func (g generated) instrument() InstrumentSpec {
	s := InstrumentSpec{ID: g.id("id"), Version: g.text("version"), Title: g.text("title"), Attributes: []Attribute{}}
	first := rapid.IntRange(-20, 20).Draw(g.T, "first")
	for i := range rapid.IntRange(2, 11).Draw(g.T, "levels") {
		s.Scale = append(s.Scale, Level{first + i, g.text("name"), rapid.SampledFrom([]string{"", "a test"}).Draw(g.T, "test")})
	}
	taken := map[string]bool{"company": true, "all": true, "overall": true}
	for _, id := range g.ids("domains", 1, 4, taken) {
		domain := Domain{ID: id, Title: g.text("title")}
		for _, id := range g.ids("questions", 1, 5, taken) {
			domain.Questions = append(domain.Questions, Question{id, g.text("text")})
		}
		s.Domains = append(s.Domains, domain)
	}
	for _, id := range g.ids("attributes", 0, 3, taken) {
		attribute := Attribute{ID: id, Title: g.text("title")}
		for _, id := range g.ids("values", 2, 4, map[string]bool{}) {
			attribute.Values = append(attribute.Values, Value{ID: id})
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
		if in, err := NewInstrument(want); err != nil || !cmp.Equal(want, in.Spec()) {
			t.Fatalf("%v", err)
		}
		indent := rapid.SampledFrom([]string{"", " ", "\t"}).Draw(t, "indent")
		in, err := ParseInstrument("f", again(t, want, indent))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, in.Spec()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestPlanRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := generated{t}
		companies := rapid.IntRange(1, 9).Draw(t, "digit") * rapid.SampledFrom([]int{10, 100, 1000}).Draw(t, "power")
		want := PlanSpec{
			Wave: g.id("wave"), Account: g.id("account"),
			Roster:            rapid.SampledFrom([]privacy.Roster{privacy.SecretRoster, privacy.PublicRoster}).Draw(t, "roster"),
			Epsilon:           float64(rapid.IntRange(1e6, 8e9).Draw(t, "epsilon")) / 1e9,
			Delta:             float64(rapid.IntRange(1, 1e5).Draw(t, "delta")) / 1e10,
			MinCompanies:      rapid.IntRange(3, 10).Draw(t, "k"),
			Cohorts:           rapid.SampledFrom([][]string{nil, {"size"}, {"region", "kind", "size"}}).Draw(t, "cohorts"),
			Confidence:        rapid.Float64Range(0.5, 0.99).Draw(t, "confidence"),
			ExpectedCompanies: companies,
			Prior: rapid.SampledFrom([]*Prior{
				nil, {Level: 0, Spread: 1e-6}, {Level: 5, Spread: 100}, {Release: "../a b/last.json"},
			}).Draw(t, "prior"),
			Revision: rapid.IntRange(1, 1000).Draw(t, "revision"),
			Override: rapid.Bool().Draw(t, "override"),
		}
		got, _, err := parsedSpec(string(again(t, want, rapid.SampledFrom([]string{"", "  "}).Draw(t, "indent"))))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
