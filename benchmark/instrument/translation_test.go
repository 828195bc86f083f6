package instrument_test

import (
	"strings"
	"testing"

	"maturitybench/benchmark/instrument"
)

const translated = `
id: tiny
version: "1"
title: Tiny survey
scale: [{level: 0, name: "no", test: Nobody does}, {level: 1, name: "yes"}]
domains: [{id: org, title: Organization, questions: [{id: org-1, text: There is a policy}, {id: org-2, text: It is known}]}]
attributes: [{id: size, title: Size, values: [{id: small, title: Small}, {id: large}]}]
profiles: [{id: badge, title: Badge, minimum: {org-1: 1}}]
translations:
  de:
    title: Kleine Umfrage
    level 0: nein
    test 0: Niemand tut es
    level 1: ja
    org: Organisation
    org-1: Es gibt eine Richtlinie
    size: Größe
    size=large: Groß
    badge: Abzeichen
  pt-BR: {title: Pequena pesquisa}
`

func TestTranslations(t *testing.T) {
	in, err := instrument.Parse("tiny.yaml", []byte(translated))
	if err != nil {
		t.Fatal(err)
	}
	spec := in.Spec()
	texts := func(s instrument.Spec) string {
		list := []string{s.Title, s.Scale[0].Name, s.Scale[0].Test, s.Scale[1].Name, s.Scale[1].Test, s.Domains[0].Title, s.Domains[0].Questions[0].Text, s.Domains[0].Questions[1].Text,
			s.Attributes[0].Title, s.Attributes[0].Values[0].Title, s.Attributes[0].Values[1].Title, s.Profiles[0].Title}
		return strings.Join(list, "|")
	}
	const english = "Tiny survey|no|Nobody does|yes||Organization|There is a policy|It is known|Size|Small||Badge"
	for tag, want := range map[string]string{
		"en": english, "": english, "fr": english, "pt": english,
		"de":    "Kleine Umfrage|nein|Niemand tut es|ja||Organisation|Es gibt eine Richtlinie|It is known|Größe|Small|Groß|Abzeichen",
		"pt-BR": "Pequena pesquisa" + strings.TrimPrefix(english, "Tiny survey"),
	} {
		if got := texts(spec.In(tag)); got != want {
			t.Errorf("%s: %s, want %s", tag, got, want)
		}
	}
	if got := texts(spec.In("de-AT")); got != texts(spec.In("de")) {
		t.Errorf("de-AT: %s", got)
	}
	if texts(spec) != english || texts(in.Spec()) != english {
		t.Error("a translation changed the original")
	}
	if spec.In("de").Scale[1].Level != 1 || spec.In("de").Domains[0].Questions[0].ID != "org-1" {
		t.Error("a translation changed more than texts")
	}
}

func TestWrongTranslations(t *testing.T) {
	for text, want := range map[string]string{
		"    org-3: Nichts\n": "translations.de.org-3: expected", "    level 2: zwei\n": `translations.de`, "    org-2: \"\"\n": "translations.de.org-2: expected",
	} {
		_, err := instrument.Parse("tiny.yaml", []byte(strings.Replace(translated, "  de:\n", "  de:\n"+text, 1)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := instrument.Parse("tiny.yaml", []byte(strings.Replace(translated, "  de:", "  Deutsch:", 1))); err == nil || !strings.Contains(err.Error(), "the tag of a language") {
		t.Errorf("a language called Deutsch: %v", err)
	}
}
