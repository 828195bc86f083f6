package instrument

import (
	"strings"
	"testing"
)

// Every text of the built-in instrument has a translation of its own into each language,
// and none is of something that it does not have.
func TestJSPTranslationsAreWhole(t *testing.T) {
	spec := JSP().Spec()
	for tag, translation := range jspTranslations() {
		for key, text := range spec.texts() {
			switch translated := translation[key]; {
			case translated == "" || translated != strings.TrimSpace(translated):
				t.Errorf("%s: %s is %q", tag, key, translated)
			case strings.Contains(*text, " ") && translated == *text:
				t.Errorf("%s: %s is left in English: %q", tag, key, translated)
			}
		}
		if got, want := len(translation), len(spec.texts()); got != want {
			t.Errorf("%s: %d texts, want %d", tag, got, want)
		}
		for _, digits := range []string{"60", "100"} {
			for key, text := range spec.texts() {
				if strings.Contains(*text, digits) && !strings.Contains(translation[key], digits) {
					t.Errorf("%s: %s lacks the number %s: %q", tag, key, digits, translation[key])
				}
			}
		}
	}
}

// A text that was edited keeps its words, an own translation goes first, and another
// version has none.
func TestJSPInOtherWords(t *testing.T) {
	spec := JSP().Spec()
	if in := spec.In("de-AT"); in.Title == spec.Title || in.Domains[0].Questions[0].Text == spec.Domains[0].Questions[0].Text {
		t.Error("the built-in instrument is not in German")
	}
	spec.Domains[0].Title = "Governance"
	if in := spec.In("fr"); in.Domains[0].Title != "Governance" || in.Domains[1].Title != "Gestion des risques" {
		t.Errorf("an edited title is %q, one that was not %q", in.Domains[0].Title, in.Domains[1].Title)
	}
	spec.Translations = map[string]Translation{"de": {"title": "Umfrage"}}
	if in := spec.In("de"); in.Title != "Umfrage" || in.Domains[1].Title != spec.Domains[1].Title {
		t.Errorf("an own translation gives %q and %q", in.Title, in.Domains[1].Title)
	}
	spec.Translations, spec.Version = nil, "1+ours"
	if in := spec.In("de"); in.Title != spec.Title {
		t.Errorf("another version is in other words: %q", in.Title)
	}
}
