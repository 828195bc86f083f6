package instrument

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"maturitybench/benchmark/internal/specfile"
)

// Translation holds the texts of an instrument in another language: "title" for its
// title, "level 3" for the name of a level and "test 3" for its test, "size=small" for
// a value, and for everything else its id. Of several scales it is "scale frequency",
// "level frequency 3" and "test frequency 3". What is not there keeps its words.
type Translation map[string]string

// language is the form of a tag of BCP 47, as far as texts are told apart by it.
var language = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// maxLanguages limits the translations of an instrument.
const maxLanguages = 50

// In is the specification with its texts in a language: that of the tag, or of its
// first part ("de" for "de-AT"). Without such a translation it is the specification
// as it is; the texts of [JSP], as far as a specification with its id and version has
// them, are in German and French without one.
func (s Spec) In(tag string) Spec {
	base, _, _ := strings.Cut(tag, "-")
	t, ok := s.Translations[tag]
	if !ok {
		t = s.Translations[base]
	}
	if len(t) == 0 {
		t = s.builtIn(base)
	}
	if len(t) == 0 {
		return s
	}
	s = s.clone()
	for key, text := range s.texts() {
		if translated, ok := t[key]; ok {
			*text = translated
		}
	}
	return s
}

// texts are the places of all texts by their keys in a translation.
func (s *Spec) texts() map[string]*string {
	places := map[string]*string{"title": &s.Title}
	levels := func(of string, scale []Level) {
		for i := range scale {
			key := of + strconv.Itoa(scale[i].Level)
			places["level "+key], places["test "+key] = &scale[i].Name, &scale[i].Test
		}
	}
	levels("", s.Scale)
	for i := range s.Scales {
		n := &s.Scales[i]
		places["scale "+n.ID] = &n.Title
		levels(n.ID+" ", n.Levels)
	}
	for i := range s.Functions {
		places[s.Functions[i].ID] = &s.Functions[i].Title
	}
	for i := range s.Domains {
		places[s.Domains[i].ID] = &s.Domains[i].Title
		for j := range s.Domains[i].Questions {
			places[s.Domains[i].Questions[j].ID] = &s.Domains[i].Questions[j].Text
		}
	}
	for i := range s.Attributes {
		a := &s.Attributes[i]
		places[a.ID] = &a.Title
		for j := range a.Values {
			places[a.ID+"="+a.Values[j].ID] = &a.Values[j].Title
		}
	}
	for i := range s.Profiles {
		places[s.Profiles[i].ID] = &s.Profiles[i].Title
	}
	return places
}

// checkTranslations expects texts for what the instrument has.
func (s Spec) checkTranslations(c *specfile.Checker) {
	if len(s.Translations) > maxLanguages {
		c.Expect("translations", "at most %d languages, not %d", maxLanguages, len(s.Translations))
	}
	places := s.texts()
	for _, tag := range slices.Sorted(maps.Keys(s.Translations)) {
		at := specfile.Join("translations", specfile.Shown(tag))
		if !language.MatchString(tag) {
			c.Expect(at, `the tag of a language, such as "de"`)
		}
		for _, key := range slices.Sorted(maps.Keys(s.Translations[tag])) {
			at := specfile.Join(at, specfile.Shown(key))
			if places[key] == nil {
				c.Expect(at, `title, "level 3", "test 3", "size=small", or the id of a question, domain, attribute or profile of the instrument`)
			}
			expectText(c, at, s.Translations[tag][key])
		}
	}
}

// cloneTranslations is a deep copy.
func cloneTranslations(translations map[string]Translation) map[string]Translation {
	translations = maps.Clone(translations)
	for tag := range translations {
		translations[tag] = maps.Clone(translations[tag])
	}
	return translations
}
