package instrument

import (
	"maps"
	"slices"
	"strconv"

	"maturitybench/benchmark/internal/specfile"
)

// Texts are other words for what an instrument asks: the official ones of a
// questionnaire, or a translation. They become a part of its version, as other words may
// get other answers.
type Texts struct {
	Version    string            `yaml:"version"`              // is appended to that of the instrument, after a +
	Title      string            `yaml:"title,omitempty"`      // of the instrument; default: as it is
	Texts      map[string]string `yaml:"texts,omitempty"`      // of questions, domains, functions and profiles, by their ids
	Levels     map[string]string `yaml:"levels,omitempty"`     // names of levels, by their numbers; of several scales with the id before, as in "frequency 3"
	Attributes []Attribute       `yaml:"attributes,omitempty"` // in place of the instrument's; default: as they are
}

// LoadTexts is [Instrument.Retitle] for texts in a YAML or JSON file. The error for wrong
// ones is an *input.Error with every problem of the file.
func (in *Instrument) LoadTexts(path string) (*Instrument, error) {
	data, err := specfile.ReadFile(path, specfile.MaxFileSize)
	if err != nil {
		return nil, err
	}
	return in.ParseTexts(path, data)
}

// ParseTexts is [Instrument.LoadTexts] for data in memory; name stands for the file in
// errors.
func (in *Instrument) ParseTexts(name string, data []byte) (*Instrument, error) {
	var texts Texts
	c, err := specfile.ReadYAML(name, data, &texts)
	if err != nil {
		return nil, err
	}
	return in.retitled(c, texts)
}

// Retitle is the instrument in other words. The error for wrong ones is an *input.Error.
func (in *Instrument) Retitle(texts Texts) (*Instrument, error) {
	return in.retitled(&specfile.Checker{}, texts)
}

func (in *Instrument) retitled(c *specfile.Checker, texts Texts) (*Instrument, error) {
	s := in.Spec()
	expectText(c, "version", texts.Version)
	s.Version += "+" + texts.Version
	if texts.Title != "" {
		s.Title = texts.Title
	}
	if texts.Attributes != nil {
		s.Attributes = texts.Attributes
	}
	known, levels := map[string]*string{}, map[string]*string{}
	for i := range s.Functions {
		known[s.Functions[i].ID] = &s.Functions[i].Title
	}
	for d := range s.Domains {
		known[s.Domains[d].ID] = &s.Domains[d].Title
		for q := range s.Domains[d].Questions {
			known[s.Domains[d].Questions[q].ID] = &s.Domains[d].Questions[q].Text
		}
	}
	for i := range s.Profiles {
		known[s.Profiles[i].ID] = &s.Profiles[i].Title
	}
	for i := range s.Scale {
		levels[strconv.Itoa(s.Scale[i].Level)] = &s.Scale[i].Name
	}
	for _, n := range s.Scales {
		for i := range n.Levels {
			levels[n.ID+" "+strconv.Itoa(n.Levels[i].Level)] = &n.Levels[i].Name
		}
	}
	replace := func(key string, with map[string]string, of map[string]*string, expected string) {
		for _, id := range slices.Sorted(maps.Keys(with)) {
			at := specfile.Join(key, specfile.Shown(id))
			switch to, ok := of[id]; {
			case !ok:
				c.Expect(at, "%s", expected)
			case expectText(c, at, with[id]):
				*to = with[id]
			}
		}
	}
	replace("texts", texts.Texts, known, "the id of a question, domain, function or profile of the instrument")
	replace("levels", texts.Levels, levels, "the number of a level of the instrument")
	if err := c.Err(); err != nil {
		return nil, err
	}
	return New(s)
}
