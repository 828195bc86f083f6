package report

import (
	"embed"
	"encoding/json"
	"maps"
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
