package benchmark

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
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
func (s InstrumentSpec) check(c *checker) {
	c.id("id", s.ID)
	c.text("version", s.Version)
	c.text("title", s.Title)
	s.checkScale(c)
	taken := names{"company": "a reserved word", "all": "a reserved word", "overall": "a reserved word"}
	s.checkDomains(c, taken)
	s.checkAttributes(c, taken)
	s.checkProfiles(c, taken)
	s.checkCrosswalk(c)
	s.checkNoAnswer(c)
	s.checkIgnore(c)
}

func (s InstrumentSpec) checkScale(c *checker) {
	if len(s.Scale) < minLevels || len(s.Scale) > maxLevels {
		c.expect("scale", "%d to %d levels, not %d", minLevels, maxLevels, len(s.Scale))
	}
	inOrder := true
	for i, level := range s.Scale {
		at := element("scale", i)
		c.text(join(at, "name"), level.Name)
		c.optionalText(join(at, "test"), level.Test)
		switch {
		case !inOrder || c.faulty[at] || c.faulty[join(at, "level")]:
			inOrder = false // one broken level says nothing about the next ones
		case i == 0 && (level.Level < -maxLevel || level.Level > maxLevel):
			c.expect(join(at, "level"), "a level between %d and %d", -maxLevel, maxLevel)
			inOrder = false
		case i > 0 && level.Level != s.Scale[i-1].Level+1:
			c.expect(join(at, "level"), "%d: levels are consecutive and ascending", s.Scale[i-1].Level+1)
			inOrder = false
		}
	}
}

func (s InstrumentSpec) checkDomains(c *checker, taken names) {
	if len(s.Domains) == 0 {
		c.expect("domains", "at least one domain")
	}
	questions := 0
	for d, domain := range s.Domains {
		at := element("domains", d)
		c.name(join(at, "id"), domain.ID, taken)
		c.text(join(at, "title"), domain.Title)
		if len(domain.Questions) == 0 {
			c.expect(join(at, "questions"), "at least one question")
		}
		for q, question := range domain.Questions {
			at := element(join(at, "questions"), q)
			c.name(join(at, "id"), question.ID, taken)
			c.text(join(at, "text"), question.Text)
		}
		questions += len(domain.Questions)
	}
	if questions > maxQuestions {
		c.expect("domains", "at most %d questions, not %d", maxQuestions, questions)
	}
}

func (s InstrumentSpec) checkAttributes(c *checker, taken names) {
	if len(s.Attributes) > maxAttributes {
		c.expect("attributes", "at most %d attributes, not %d", maxAttributes, len(s.Attributes))
	}
	for a, attribute := range s.Attributes {
		at := element("attributes", a)
		c.name(join(at, "id"), attribute.ID, taken)
		c.optionalText(join(at, "title"), attribute.Title)
		if n := len(attribute.Values); n < 2 || n > maxValues {
			c.expect(join(at, "values"), "2 to %d values, not %d", maxValues, n)
		}
		own := names{}
		for v, value := range attribute.Values {
			at := element(join(at, "values"), v)
			c.name(join(at, "id"), value.ID, own)
			c.optionalText(join(at, "title"), value.Title)
		}
	}
}

// checkNoAnswer keeps texts that mean no answer apart from those that mean
// one.
func (s InstrumentSpec) checkNoAnswer(c *checker) {
	c.columns("no_answer", s.NoAnswer)
	levels, attributeOf := map[int]bool{}, map[string]string{}
	for _, level := range s.Scale {
		levels[level.Level] = true
	}
	for _, attribute := range s.Attributes {
		for _, value := range attribute.Values {
			attributeOf[value.ID] = attribute.ID
		}
	}
	for i, text := range s.NoAnswer {
		at := element("no_answer", i)
		if score, err := strconv.Atoi(text); err == nil && levels[score] && wholeNumber.MatchString(text) {
			c.expect(at, "a text that means nothing else: %s is a level of the scale", text)
		} else if id, ok := attributeOf[text]; ok {
			c.expect(at, "a text that means nothing else: %s is a value of the attribute %s", shown(text), shown(id))
		}
	}
}

// checkIgnore keeps ignored columns apart from those that are read.
func (s InstrumentSpec) checkIgnore(c *checker) {
	c.columns("ignore", s.Ignore)
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
			c.expect(element("ignore", i), "a column that is not read: %s is one of the instrument's", shown(column))
		}
	}
}

// names says where each id of a name space was given first.
type names map[string]string

// name expects an id at path that is new in its name space.
func (c *checker) name(path, id string, taken names) {
	if !c.id(path, id) {
		return
	}
	if first, ok := taken[id]; ok {
		c.expect(path, "an id of its own: %s is %s", shown(id), first)
		return
	}
	taken[id] = path
}

// columns expects distinct texts as a cell or a column can hold them.
func (c *checker) columns(path string, texts []string) {
	if len(texts) > maxTexts {
		c.expect(path, "at most %d texts, not %d", maxTexts, len(texts))
	}
	seen := map[string]bool{}
	for i, text := range texts {
		at := element(path, i)
		switch {
		case !c.text(at, text):
		case strings.TrimSpace(text) != text:
			c.expect(at, "a text without space around it: cells are trimmed")
		case seen[text]:
			c.expect(at, "each text once")
		}
		seen[text] = true
	}
}

// text expects a text on one line at path.
func (c *checker) text(path, text string) bool {
	if strings.TrimSpace(text) == "" {
		c.expect(path, "a text that is not empty")
		return false
	}
	return c.optionalText(path, text)
}

// optionalText expects a text on one line, or the empty one, at path.
func (c *checker) optionalText(path, text string) bool {
	switch {
	case len(text) > maxTextBytes:
		c.expect(path, "at most %d bytes", maxTextBytes)
	case !utf8.ValidString(text):
		c.expect(path, "UTF-8")
	case strings.ContainsFunc(text, isBreak):
		c.expect(path, "a text on one line, without control characters (>- folds several lines into one)")
	default:
		return true
	}
	return false
}

// isBreak reports whether a character does not belong inside a line.
func isBreak(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }
