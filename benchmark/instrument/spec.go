package instrument

import "slices"

// Spec is an instrument as its file spells it: plain data, to be
// checked by [New].
type Spec struct {
	ID           string                 `yaml:"id" json:"id"`
	Version      string                 `yaml:"version" json:"version"`
	Title        string                 `yaml:"title" json:"title"`
	Source       *Source                `yaml:"source,omitempty" json:"source,omitempty"`             // where a questionnaire of others comes from
	Scale        []Level                `yaml:"scale,omitempty" json:"scale,omitempty"`               // 2 to 11 consecutive levels, ascending; none beside Scales
	Scales       []NamedScale           `yaml:"scales,omitempty" json:"scales,omitempty"`             // several scales in place of one: see [NamedScale]; default none
	Scores       *ScoreScale            `yaml:"scores,omitempty" json:"scores,omitempty"`             // what scores are printed on; default: what the levels count
	Functions    []Function             `yaml:"functions,omitempty" json:"functions,omitempty"`       // a tier above the domains; default none
	Domains      []Domain               `yaml:"domains" json:"domains"`                               // at least one
	Attributes   []Attribute            `yaml:"attributes,omitempty" json:"attributes"`               // what cohorts are made of; default none
	Profiles     []Profile              `yaml:"profiles,omitempty" json:"profiles,omitempty"`         // sets of minimum levels; default none
	Crosswalk    *Crosswalk             `yaml:"crosswalk,omitempty" json:"crosswalk,omitempty"`       // what became of the questions of an earlier instrument
	Blank        Blank                  `yaml:"blank,omitempty" json:"blank,omitempty"`               // what a question without an answer counts as; default skip
	Translations map[string]Translation `yaml:"translations,omitempty" json:"translations,omitempty"` // its texts in other languages, by tags such as "de"; default none
	NoAnswer     []string               `yaml:"no_answer,omitempty" json:"no_answer,omitempty"`       // texts that mean no answer, beside the empty one
	Ignore       []string               `yaml:"ignore,omitempty" json:"ignore,omitempty"`             // columns of survey exports to skip
}

// Blank says what a question without an answer counts as, if the company answered
// any other one.
type Blank string

// The values of [Blank]. An instrument that was made has LowestBlank, or none.
const (
	SkipBlank   Blank = "skip"   // nothing: the default
	LowestBlank Blank = "lowest" // an answer at the lowest level
)

// Source says where a questionnaire comes from, for the report to say.
type Source struct {
	Name        string `yaml:"name" json:"name"`                                   // what it is, with its version
	License     string `yaml:"license" json:"license"`                             // under which its ids, names and structure are used
	Attribution string `yaml:"attribution,omitempty" json:"attribution,omitempty"` // what its authors ask to be said; optional
}

// Level is one step of the scale. An answer is the number of a level.
type Level struct {
	Level int     `yaml:"level" json:"level"`                     // a whole number, one above that of the level before
	Name  string  `yaml:"name" json:"name"`                       // what reports call it; not empty
	Test  string  `yaml:"test,omitempty" json:"test,omitempty"`   // how a company tells that it is there; optional
	Value Decimal `yaml:"value,omitempty" json:"value,omitempty"` // what it counts in means and scores, of all levels or none; default: its number
}

// Function is a tier above the domains. Its number is the mean of those of its domains,
// each by the weight that it has in the overall score. All of them are on one scale.
type Function struct {
	ID      string   `yaml:"id" json:"id"`
	Title   string   `yaml:"title" json:"title"`
	Domains []string `yaml:"domains" json:"domains"` // ids; every domain is in one function
}

// Domain is a group of questions that is scored as one.
type Domain struct {
	ID        string     `yaml:"id" json:"id"`
	Title     string     `yaml:"title" json:"title"`
	Scale     string     `yaml:"scale,omitempty" json:"scale,omitempty"`   // id of one of several scales; none where there is one
	Weight    int        `yaml:"weight,omitempty" json:"weight,omitempty"` // how often its answers count in the overall score, or in that of its function, 1 to 100; default 1
	Questions []Question `yaml:"questions" json:"questions"`               // at least one
}

// Question asks for the level of one practice.
type Question struct {
	ID     string `yaml:"id" json:"id"`
	Text   string `yaml:"text" json:"text"`
	Weight int    `yaml:"weight,omitempty" json:"weight,omitempty"` // how often its answer counts in scores, 1 to 100; default 1
}

// Attribute is a property of companies with a closed, public list of values.
type Attribute struct {
	ID     string  `yaml:"id" json:"id"`
	Title  string  `yaml:"title,omitempty" json:"title,omitempty"` // default: the id
	Values []Value `yaml:"values" json:"values"`                   // at least two
}

// Value is one value of an attribute: a cohort, such as size=small.
type Value struct {
	ID    string `yaml:"id" json:"id"`
	Title string `yaml:"title,omitempty" json:"title,omitempty"` // default: the id
}

// Public is a deep copy of what a release shows: everything but the rules of
// intake (no_answer and ignore), with an attribute list that is never nil.
func (s Spec) Public() Spec {
	s = s.clone()
	s.NoAnswer, s.Ignore = nil, nil
	if s.Attributes == nil {
		s.Attributes = []Attribute{}
	}
	return s
}

// Questions are all questions, in the order of the domains.
func (s Spec) Questions() []Question {
	var list []Question
	for _, domain := range s.Domains {
		list = append(list, domain.Questions...)
	}
	return list
}

// clone is a deep copy.
func (s Spec) clone() Spec {
	s.Scale, s.Scales = slices.Clone(s.Scale), slices.Clone(s.Scales)
	for i := range s.Scales {
		s.Scales[i].Levels = slices.Clone(s.Scales[i].Levels)
	}
	s.Domains = slices.Clone(s.Domains)
	for i := range s.Domains {
		s.Domains[i].Questions = slices.Clone(s.Domains[i].Questions)
	}
	if s.Source != nil {
		s.Source = new(*s.Source)
	}
	if s.Scores != nil {
		s.Scores = new(*s.Scores)
	}
	s.Functions = slices.Clone(s.Functions)
	for i := range s.Functions {
		s.Functions[i].Domains = slices.Clone(s.Functions[i].Domains)
	}
	s.Attributes = slices.Clone(s.Attributes)
	for i := range s.Attributes {
		s.Attributes[i].Values = slices.Clone(s.Attributes[i].Values)
	}
	s.Profiles = cloneProfiles(s.Profiles)
	s.Crosswalk = s.Crosswalk.clone()
	s.Translations = cloneTranslations(s.Translations)
	s.NoAnswer = slices.Clone(s.NoAnswer)
	s.Ignore = slices.Clone(s.Ignore)
	return s
}
