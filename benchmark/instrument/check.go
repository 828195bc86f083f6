package instrument

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"maturitybench/benchmark/internal/specfile"
)

// Limits of an instrument. A packed answer is one byte, and so is a value.
const (
	minLevels     = 2
	maxLevels     = 11
	maxLevel      = 1_000_000 // a scale starts anywhere within ± this
	maxQuestions  = 2000
	maxAttributes = 250
	maxValues     = 250
	maxTexts      = 1000 // no_answer texts, ignored columns
	maxTextBytes  = 2000
)

// check notes every problem of the specification.
func (s Spec) check(c *specfile.Checker) {
	c.ID("id", s.ID)
	expectText(c, "version", s.Version)
	expectText(c, "title", s.Title)
	s.checkScales(c)
	taken := names{"company": "a reserved word", "all": "a reserved word", "overall": "a reserved word"}
	s.checkDomains(c, taken)
	s.checkAttributes(c, taken)
	s.checkScores(c)
	s.checkFunctions(c, taken)
	s.checkSource(c)
	s.checkProfiles(c, taken)
	s.checkCrosswalk(c)
	s.checkTranslations(c)
	if s.Blank != "" && s.Blank != SkipBlank && s.Blank != LowestBlank {
		c.Expect("blank", "skip or lowest")
	}
	s.checkNoAnswer(c)
	s.checkIgnore(c)
}

// checkLevels checks the levels of a scale at path.
func checkLevels(c *specfile.Checker, path string, levels []Level) {
	if len(levels) < minLevels || len(levels) > maxLevels {
		c.Expect(path, "%d to %d levels, not %d", minLevels, maxLevels, len(levels))
	}
	inOrder := true
	for i, level := range levels {
		at := specfile.Element(path, i)
		expectText(c, specfile.Join(at, "name"), level.Name)
		optionalText(c, specfile.Join(at, "test"), level.Test)
		switch {
		case !inOrder || c.Unread(at) || c.Unread(specfile.Join(at, "level")):
			inOrder = false // one broken level says nothing about the next ones
		case i == 0 && (level.Level < -maxLevel || level.Level > maxLevel):
			c.Expect(specfile.Join(at, "level"), "a level between %d and %d", -maxLevel, maxLevel)
			inOrder = false
		case i > 0 && level.Level != levels[i-1].Level+1:
			c.Expect(specfile.Join(at, "level"), "%d: levels are consecutive and ascending", levels[i-1].Level+1)
			inOrder = false
		}
	}
}

func (s Spec) checkDomains(c *specfile.Checker, taken names) {
	if len(s.Domains) == 0 {
		c.Expect("domains", "at least one domain")
	}
	questions := 0
	for d, domain := range s.Domains {
		at := specfile.Element("domains", d)
		expectName(c, specfile.Join(at, "id"), domain.ID, taken)
		expectText(c, specfile.Join(at, "title"), domain.Title)
		if len(domain.Questions) == 0 {
			c.Expect(specfile.Join(at, "questions"), "at least one question")
		}
		for q, question := range domain.Questions {
			at := specfile.Element(specfile.Join(at, "questions"), q)
			expectName(c, specfile.Join(at, "id"), question.ID, taken)
			expectText(c, specfile.Join(at, "text"), question.Text)
		}
		questions += len(domain.Questions)
	}
	if questions > maxQuestions {
		c.Expect("domains", "at most %d questions, not %d", maxQuestions, questions)
	}
}

func (s Spec) checkAttributes(c *specfile.Checker, taken names) {
	if len(s.Attributes) > maxAttributes {
		c.Expect("attributes", "at most %d attributes, not %d", maxAttributes, len(s.Attributes))
	}
	for a, attribute := range s.Attributes {
		at := specfile.Element("attributes", a)
		expectName(c, specfile.Join(at, "id"), attribute.ID, taken)
		optionalText(c, specfile.Join(at, "title"), attribute.Title)
		if n := len(attribute.Values); n < 2 || n > maxValues {
			c.Expect(specfile.Join(at, "values"), "2 to %d values, not %d", maxValues, n)
		}
		own := names{}
		for v, value := range attribute.Values {
			at := specfile.Element(specfile.Join(at, "values"), v)
			expectName(c, specfile.Join(at, "id"), value.ID, own)
			optionalText(c, specfile.Join(at, "title"), value.Title)
		}
	}
}

// checkNoAnswer keeps texts that mean no answer apart from those that mean
// one.
func (s Spec) checkNoAnswer(c *specfile.Checker) {
	expectTexts(c, "no_answer", s.NoAnswer)
	levels, attributeOf := map[int]bool{}, map[string]string{}
	for _, scale := range s.scales() {
		for _, level := range scale {
			levels[level.Level] = true
		}
	}
	for _, attribute := range s.Attributes {
		for _, value := range attribute.Values {
			attributeOf[value.ID] = attribute.ID
		}
	}
	for i, text := range s.NoAnswer {
		at := specfile.Element("no_answer", i)
		if score, err := strconv.Atoi(text); err == nil && levels[score] && specfile.WholeNumber.MatchString(text) {
			c.Expect(at, "a text that means nothing else: %s is a level of the scale", text)
		} else if id, ok := attributeOf[text]; ok {
			c.Expect(at, "a text that means nothing else: %s is a value of the attribute %s", specfile.Shown(text), specfile.Shown(id))
		}
	}
}

// checkIgnore keeps ignored columns apart from those that are read.
func (s Spec) checkIgnore(c *specfile.Checker) {
	expectTexts(c, "ignore", s.Ignore)
	read := map[string]bool{"company": true}
	for _, domain := range s.Domains {
		for _, question := range domain.Questions {
			read[question.ID] = true
		}
	}
	for _, attribute := range s.Attributes {
		read[attribute.ID] = true
	}
	for i, column := range s.Ignore {
		if read[column] {
			c.Expect(specfile.Element("ignore", i), "a column that is not read: %s is one of the instrument's", specfile.Shown(column))
		}
	}
}

// names says where each id of a name space was given first.
type names map[string]string

// expectName expects an id at path that is new in its name space.
func expectName(c *specfile.Checker, path, id string, taken names) {
	if !c.ID(path, id) {
		return
	}
	if first, ok := taken[id]; ok {
		c.Expect(path, "an id of its own: %s is %s", specfile.Shown(id), first)
		return
	}
	taken[id] = path
}

// expectTexts expects distinct texts as a cell or a column can hold them.
func expectTexts(c *specfile.Checker, path string, texts []string) {
	if len(texts) > maxTexts {
		c.Expect(path, "at most %d texts, not %d", maxTexts, len(texts))
	}
	seen := map[string]bool{}
	for i, text := range texts {
		at := specfile.Element(path, i)
		switch {
		case !expectText(c, at, text):
		case strings.TrimSpace(text) != text:
			c.Expect(at, "a text without space around it: cells are trimmed")
		case seen[text]:
			c.Expect(at, "each text once")
		}
		seen[text] = true
	}
}

// expectText expects a text on one line at path.
func expectText(c *specfile.Checker, path, text string) bool {
	if strings.TrimSpace(text) == "" {
		c.Expect(path, "a text that is not empty")
		return false
	}
	return optionalText(c, path, text)
}

// optionalText expects a text on one line, or the empty one, at path.
func optionalText(c *specfile.Checker, path, text string) bool {
	switch {
	case len(text) > maxTextBytes:
		c.Expect(path, "at most %d bytes", maxTextBytes)
	case !utf8.ValidString(text):
		c.Expect(path, "UTF-8")
	case strings.ContainsFunc(text, specfile.IsBreak):
		c.Expect(path, "a text on one line, without control characters (>- folds several lines into one)")
	default:
		return true
	}
	return false
}
