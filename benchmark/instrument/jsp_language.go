package instrument

import (
	"embed"
	"sync"

	"maturitybench/benchmark/internal/specfile"
)

//go:embed language/*.yaml
var languageFiles embed.FS

// jspTranslations are those of [JSP] by language. They are no part of its file, hence of
// no release.
var jspTranslations = sync.OnceValue(func() map[string]Translation {
	all := map[string]Translation{}
	for _, tag := range []string{"de", "fr"} {
		name := "language/jsp." + tag + ".yaml"
		data, err := languageFiles.ReadFile(name)
		if err != nil {
			panic("instrument: " + err.Error()) // the files are part of the build
		}
		var t Translation
		if _, err := specfile.ReadYAML(name, data, &t); err != nil {
			panic("instrument: " + err.Error()) // and tested
		}
		all[tag] = t
	}
	return all
})

// builtIn is the translation of the texts that the specification has from [JSP], if
// it is that instrument, also where some of its texts were edited.
func (s Spec) builtIn(tag string) Translation {
	original := jsp().spec
	if s.ID != original.ID || s.Version != original.Version {
		return nil
	}
	known := original.texts()
	t := Translation{}
	for key, text := range s.texts() {
		if of := known[key]; of != nil && *of == *text {
			if translated, ok := jspTranslations()[tag][key]; ok {
				t[key] = translated
			}
		}
	}
	return t
}
