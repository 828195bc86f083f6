package instrument

import (
	"slices"

	"maturitybench/benchmark/internal/specfile"
)

// Crosswalk says which questions of an earlier instrument became which of
// this one, so that compare.Trend compares like with like and nothing else.
type Crosswalk struct {
	From      Version             `yaml:"from" json:"from"`                               // the earlier instrument
	Scale     QuestionChange      `yaml:"scale,omitempty" json:"scale,omitempty"`         // same: levels mean the same although their names or tests have other words
	Others    QuestionChange      `yaml:"others,omitempty" json:"others,omitempty"`       // same: so are the questions that are not listed and have one id in both; default: they are not compared
	Questions []CrosswalkQuestion `yaml:"questions,omitempty" json:"questions,omitempty"` // at least one, or none with Others
}

// Version names an instrument.
type Version struct {
	ID      string `yaml:"id" json:"id"`
	Version string `yaml:"version" json:"version"`
}

// CrosswalkQuestion is one entry of a crosswalk.
type CrosswalkQuestion struct {
	Old    []string       `yaml:"old,omitempty" json:"old,omitempty"` // question ids of the earlier instrument
	New    []string       `yaml:"new,omitempty" json:"new,omitempty"` // question ids of this one
	Change QuestionChange `yaml:"change" json:"change"`
}

// QuestionChange says what became of a question.
type QuestionChange string

// The values of [QuestionChange].
const (
	SameQuestion     QuestionChange = "same"     // one old, one new, the same thing asked: the only ones that are compared
	RewordedQuestion QuestionChange = "reworded" // one old, one new, and answers may differ because of the words
	SplitQuestion    QuestionChange = "split"    // one old and several new ones, or several old ones merged into one
	NewQuestion      QuestionChange = "new"      // no old one
	RetiredQuestion  QuestionChange = "retired"  // no new one
)

// fits reports whether a change may have so many old and new questions.
func (q QuestionChange) fits(old, now int) (expected string, ok bool) {
	switch q {
	case SameQuestion, RewordedQuestion:
		return "one old question and one new one", old == 1 && now == 1
	case SplitQuestion:
		return "one old question and several new ones, or several old ones and a new one", old == 1 && now > 1 || old > 1 && now == 1
	case NewQuestion:
		return "new questions and no old one", old == 0 && now > 0
	case RetiredQuestion:
		return "old questions and no new one", old > 0 && now == 0
	}
	return "", false
}

// checkCrosswalk expects every question once on its side.
func (s Spec) checkCrosswalk(c *specfile.Checker) {
	if s.Crosswalk == nil {
		return
	}
	from := s.Crosswalk.From
	c.ID("crosswalk.from.id", from.ID)
	expectText(c, "crosswalk.from.version", from.Version)
	if from == (Version{s.ID, s.Version}) {
		c.Expect("crosswalk.from", "another instrument, or another version of this one: questions of one version are the same")
	}
	same := func(key string, change QuestionChange) {
		if change != "" && change != SameQuestion {
			c.Expect(key, "same, or nothing")
		}
	}
	same("crosswalk.scale", s.Crosswalk.Scale)
	same("crosswalk.others", s.Crosswalk.Others)
	if len(s.Crosswalk.Questions) == 0 && s.Crosswalk.Others == "" {
		c.Expect("crosswalk.questions", "at least one entry, or “others: same”")
	}
	known, old, now := s.questionIDs(), names{}, names{}
	for i, entry := range s.Crosswalk.Questions {
		at := specfile.Element("crosswalk.questions", i)
		for j, id := range entry.Old {
			expectName(c, specfile.Element(specfile.Join(at, "old"), j), id, old)
		}
		for j, id := range entry.New {
			path := specfile.Element(specfile.Join(at, "new"), j)
			if expectName(c, path, id, now); specfile.IsID(id) && !known[id] {
				c.Expect(path, "the id of a question of the instrument")
			}
		}
		switch expected, ok := entry.Change.fits(len(entry.Old), len(entry.New)); {
		case expected == "":
			c.Expect(specfile.Join(at, "change"), "same, reworded, split, new or retired")
		case !ok:
			c.Expect(at, "%s", expected)
		}
	}
}

// clone is a deep copy.
func (w *Crosswalk) clone() *Crosswalk {
	if w == nil {
		return nil
	}
	copied := *w
	copied.Questions = slices.Clone(w.Questions)
	for i := range copied.Questions {
		copied.Questions[i].Old = slices.Clone(copied.Questions[i].Old)
		copied.Questions[i].New = slices.Clone(copied.Questions[i].New)
	}
	return &copied
}
