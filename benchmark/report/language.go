package report

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed language/*.json
var languageFiles embed.FS

// Languages are the languages that the texts of a report are in, as tags of BCP
// 47. Options.Language may name others, whose texts the caller brings.
func Languages() []string { return []string{"en", "de", "fr"} }

// TextsIn returns the texts of [Texts] in a language, a fresh copy: that of the
// tag's first part ("de" for "de-AT"), or English where there is no such
// translation.
func TextsIn(language string) map[string]string {
	all := Texts()
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if translated, ok := translations()[base]; ok {
		maps.Copy(all, translated)
	}
	return all
}

// translations are the texts by language, all but English.
var translations = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, language := range Languages()[1:] {
		data, err := languageFiles.ReadFile("language/" + language + ".json")
		if err != nil {
			panic(err) // it is embedded
		}
		var translated map[string]string
		if err := json.Unmarshal(data, &translated); err != nil {
			panic("report: " + language + ".json: " + err.Error())
		}
		all[language] = translated
	}
	return all
})

// newTexts are the texts in the language of the options, with the replacements
// in place of the defaults.
func newTexts(o Options) (texts, error) {
	english, all := Texts(), texts(TextsIn(o.Language))
	for _, key := range slices.Sorted(maps.Keys(o.Texts)) {
		original, ok := english[key]
		if !ok {
			return nil, fmt.Errorf("report: no text has the key %q", key)
		}
		if name := strange(original, o.Texts[key]); name != "" {
			return nil, fmt.Errorf("report: text %s: nothing is called {%s} there", key, name)
		}
		all[key] = o.Texts[key]
	}
	return all, nil
}

// strange is the name of a place that another text has and the original has not,
// or the empty string.
func strange(original, other string) string {
	known := map[string]bool{}
	for _, match := range placeholder.FindAllStringSubmatch(original, -1) {
		known[match[1]] = true
	}
	for _, match := range placeholder.FindAllStringSubmatch(other, -1) {
		if !known[match[1]] {
			return match[1]
		}
	}
	return ""
}
