package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"maturitybench/benchmark/compare"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/publication"
)

// Every language has every text, with the same places for values and the same
// marks.
func TestLanguagesAreWhole(t *testing.T) {
	english := Texts()
	for language, translated := range translations() {
		for key := range translated {
			if _, ok := english[key]; !ok {
				t.Errorf("%s: nothing is called %s", language, key)
			}
		}
		for key, original := range english {
			text, ok := translated[key]
			if !ok {
				t.Errorf("%s lacks %s", language, key)
				continue
			}
			if name := strange(original, text); name != "" {
				t.Errorf("%s: %s has a place {%s} that English has not", language, key, name)
			}
			if name := strange(text, original); name != "" && key != "standing.ahead-none-count" && !strings.HasPrefix(key, "date") {
				t.Errorf("%s: %s has no place for {%s}", language, key, name)
			}
			for _, mark := range []string{"**", "`"} {
				if strings.Count(original, mark) != strings.Count(text, mark) {
					t.Errorf("%s: %s has other marks: %s", language, key, text)
				}
			}
			if strings.HasPrefix(original, " ") != strings.HasPrefix(text, " ") || strings.HasSuffix(text, " ") || text == "" {
				t.Errorf("%s: %s begins or ends otherwise: %q", language, key, text)
			}
		}
	}
	if got := TextsIn("de-AT")["all"]; got != "Alle Unternehmen" {
		t.Errorf("de-AT has %q", got)
	}
	if got := TextsIn("pt")["all"]; got != english["all"] {
		t.Errorf("pt has %q, want English", got)
	}
}

// speechless has names without a word of any language.
func speechless(kind string, i int) string {
	return strings.ToUpper(kind[:1]) + strings.Repeat("x", i%3+1)
}

// translatedPages are pages of all kinds in a language, of an instrument
// without words.
func translatedPages(t *testing.T, language string) string {
	t.Helper()
	o := Options{Language: language, Publisher: "Xx", Date: time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC), Contact: "x@x", License: "X", StandingPage: "x"}
	yes := demo(18, 3, speechless)
	yes.Scale = yes.Scale[:2]
	var out bytes.Buffer
	write := func(r *publication.Release, o Options) {
		s, err := compare.NewStanding(r, own(r.Instrument))
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(HTML(&out, r, o), StandingHTML(&out, r, s, o), StandingForm(&out, r, o)); err != nil {
			t.Fatal(err)
		}
	}
	for _, in := range []instrument.Spec{sized(demo(44, 4, speechless), 4, speechless), sized(yes, 3, speechless), demo(3, 1, speechless)} {
		write(made(t, in, "size=v1", "size=v2"), o)
	}
	for _, name := range []string{"suppressed", "withheld", "public", "profiles"} {
		r := load(t, name)
		r.Instrument = mute(r.Instrument)
		write(r, o)
	}
	earlier, later := waves(t)
	earlier.Instrument, later.Instrument = mute(earlier.Instrument), mute(later.Instrument)
	o.Earlier = []*publication.Release{earlier}
	write(later, o)
	return out.String()
}

// mute takes the words out of an instrument.
func mute(in instrument.Spec) instrument.Spec {
	in = in.Public()
	in.Title, in.ID = "X", "x"
	for i := range in.Scale {
		in.Scale[i].Name, in.Scale[i].Test = strings.Repeat("y", i+1), ""
	}
	for i := range in.Domains {
		in.Domains[i].Title = strings.Repeat("d", i+1)
		for j := range in.Domains[i].Questions {
			in.Domains[i].Questions[j].Text = strings.Repeat("q", j+1)
		}
	}
	for i := range in.Attributes {
		in.Attributes[i].Title = strings.Repeat("a", i+1)
		for j := range in.Attributes[i].Values {
			in.Attributes[i].Values[j].Title = strings.Repeat("v", j+1)
		}
	}
	for i := range in.Profiles {
		in.Profiles[i].Title = strings.Repeat("p", i+1)
	}
	return in
}

var (
	foreignPart = regexp.MustCompile(`(?s)<span lang="en">.*?</span>|<style>.*?</style>|<script.*?</script>|<meta http-equiv[^>]*>`)
	attributes  = regexp.MustCompile(`(?:aria-label|content|alt)="([^"]*)"`)
)

// No English is left in a page of another language: none of the pieces of the
// English texts that the language does not have too.
func TestNoEnglishIsLeft(t *testing.T) {
	if testing.Short() {
		t.Skip("exhaustive tier")
	}
	for _, language := range Languages()[1:] {
		page := foreignPart.ReplaceAllString(translatedPages(t, language), " ")
		var spoken strings.Builder
		for _, match := range attributes.FindAllStringSubmatch(page, -1) {
			spoken.WriteString(" " + match[1] + " ")
		}
		text := " " + strings.Join(strings.Fields(html.UnescapeString(spoken.String()+tag.ReplaceAllString(page, " "))), " ") + " "
		var own strings.Builder
		for _, s := range translations()[language] {
			own.WriteString(" " + strings.ToLower(s) + " ")
		}
		sought := 0
		for key, english := range Texts() {
			for _, piece := range placeholder.Split(strings.NewReplacer("**", "", "`", "").Replace(english), -1) {
				piece = strings.Trim(piece, " .,:;()“”?…")
				if len([]rune(piece)) < 4 || whole(own.String(), strings.ToLower(piece)) {
					continue
				}
				sought++
				if whole(text, piece) {
					t.Errorf("%s: a page says %q (%s)", language, piece, key)
				}
			}
		}
		if sought < 300 {
			t.Errorf("%s: only %d pieces were sought", language, sought)
		}
	}
}

// whole reports whether a text has a piece that no letter stands beside.
func whole(text, piece string) bool {
	return strings.Contains(text, piece) && regexp.MustCompile(`(^|[^\pL])`+regexp.QuoteMeta(piece)+`($|[^\pL])`).MatchString(text)
}

// Numbers, dates and plurals follow the language.
func TestNumbersInLanguages(t *testing.T) {
	e := publication.Estimate{Value: 1.74, Low: 1.5, High: 1.93, Status: publication.Published}
	s := publication.Estimate{Value: 0.345, Low: 0.301, High: 0.4, Status: publication.Published}
	for language, want := range map[string][]string{
		"en": {"1.7 [1.5, 2.0]", "35% [30%, 40%]", "1 March 2026", "2 of 3 groups are not shown", "1 of 3 groups is not shown", "0.5"},
		"de": {"1,7 [1,5; 2,0]", "35\u00a0% [30\u00a0%; 40\u00a0%]", "1. März 2026", "2 von 3 Gruppen werden nicht gezeigt", "1 von 3 Gruppen wird nicht gezeigt", "0,5"},
		"fr": {"1,7 [1,5\u00a0; 2,0]", "35\u00a0% [30\u00a0%\u00a0; 40\u00a0%]", "1er mars 2026", "2 groupes sur 3 ne sont pas montrés", "1 groupe sur 3 n’est pas montré", "0,5"},
	} {
		all, err := newTexts(Options{Language: language})
		if err != nil {
			t.Fatal(err)
		}
		b := &builder{texts: all, options: Options{Date: time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC)}}
		got := []string{all.estimate(e).String(), all.share(s).String(), b.date().String(), all.say("cohort.some", "hidden", 2, "count", 3), all.say("cohort.some", "hidden", 1, "count", 3), all.number(0.5)}
		for i := range want {
			if !strings.Contains(got[i], want[i]) {
				t.Errorf("%s: %q, want %q", language, got[i], want[i])
			}
		}
	}
}

// The privacy statement is the one that is stored, and says which language it is
// in.
func TestStatementKeepsItsWords(t *testing.T) {
	var page bytes.Buffer
	r := load(t, "secret")
	if err := HTML(&page, r, Options{Language: "fr"}); err != nil {
		t.Fatal(err)
	}
	for _, sentence := range r.Privacy.Statement.All() {
		if want := `<span lang="en"><bdi>` + html.EscapeString(clean(sentence)); !strings.Contains(strings.ReplaceAll(page.String(), "&#39;", "&#39;"), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// Texts of the caller come before those of the language.
func TestOwnTextsInALanguage(t *testing.T) {
	var page bytes.Buffer
	if err := MarkdownWith(&page, load(t, "secret"), Options{Language: "de", Texts: map[string]string{"summary": "Das Wichtigste"}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"## Das Wichtigste\n", "### Was auffällt\n", "Unternehmen, die geantwortet haben **118** [114; 122]"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("report.md lacks %q", want)
		}
	}
}

// The script says what the pages say in every language.
func TestFormsInLanguages(t *testing.T) {
	r := load(t, "profiles")
	in, err := instrument.New(r.Instrument)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range Languages() {
		o := Options{Language: language}
		sheet := formSheet{Name: "skipped.csv", Data: sheetText(r.Instrument, "skipped.csv")}
		expectSheet(t, in, r, o, &sheet)
		if len(sheet.Words) < 50 || language != "en" && slices.Contains(sheet.Words, "Summary") {
			t.Errorf("%s: %q", language, sheet.Words)
		}
		data, err := json.MarshalIndent([]formSheet{sheet}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		keep(t, "form-"+language, func(w io.Writer) error { return StandingForm(w, r, o) }, data)
	}
}

// The texts of an instrument follow the language of the report, as far as it has them.
func TestInstrumentInALanguage(t *testing.T) {
	in := demo(8, 2, plainText)
	in.Translations = map[string]instrument.Translation{"de": {"title": "Umfrage", "d0": "Erster Bereich", "level 1": "Begonnen", "d0-00": "Erste Frage"}}
	r := made(t, in)
	s, err := compare.NewStanding(r, own(r.Instrument))
	if err != nil {
		t.Fatal(err)
	}
	for language, want := range map[string]bool{"de": true, "en": false, "fr": false} {
		var page, own, form bytes.Buffer
		o := Options{Language: language}
		if err := errors.Join(HTML(&page, r, o), StandingHTML(&own, r, s, o), StandingForm(&form, r, o)); err != nil {
			t.Fatal(err)
		}
		body, _, _ := strings.Cut(form.String(), `id="release"`)
		for name, text := range map[string]string{"report": page.String(), "standing": own.String(), "form": body} {
			for _, word := range []string{"Erster Bereich", "1 Begonnen", "Erste Frage"} {
				if strings.Contains(text, word) != want {
					t.Errorf("%s in %s: %s is there: %v", name, language, word, !want)
				}
			}
		}
		if strings.Contains(page.String(), "A question with number 0") == want {
			t.Errorf("the question in %s", language)
		}
	}
}

// The built-in instrument leaves no text of its own in English on a page in
// another language, neither in figures nor in headings.
func TestBuiltInInstrumentIsTranslated(t *testing.T) {
	spec := instrument.JSP().Spec()
	r := made(t, spec, "size=small", "size=medium")
	for _, language := range []string{"de", "fr"} {
		var out bytes.Buffer
		if err := HTML(&out, r, Options{Language: language}); err != nil {
			t.Fatal(err)
		}
		page := html.UnescapeString(out.String())
		texts := []string{spec.Title, spec.Attributes[0].Title}
		for _, d := range spec.Domains {
			texts = append(texts, d.Title)
			for _, q := range d.Questions {
				texts = append(texts, q.Text)
			}
		}
		for _, text := range texts {
			if strings.Contains(text, " ") && strings.Contains(page, text) {
				t.Errorf("%s: the page has %q", language, text)
			}
		}
	}
}
