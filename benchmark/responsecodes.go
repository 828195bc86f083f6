package benchmark

import (
	"bytes"
	"fmt"
	"maps"
	"strconv"
	"unicode/utf8"
)

// What a sheet is expected to hold, for problems. None of these texts says what
// was found instead.
const (
	expectCompany = "a company: a text of 1 to 200 bytes in UTF-8"
	expectValue   = "a value of this attribute, or nothing"
	expectAnswer  = "at least one answer"
)

// notCode marks a text that is no code.
const notCode = 0xff

// codes turns the texts of answer sheets into the bytes of a sheet. The texts
// of an instrument are few, so that all of them are listed: nothing is parsed.
type codes struct {
	scores     map[string]uint8   // every text of a score: levels, and no_answer texts as 0
	digit      [256]uint8         // scores of one byte
	attributes []map[string]uint8 // for every attribute, every text of a value
	score      string             // what is expected of a score
}

func (in *Instrument) codes() *codes {
	scale := in.spec.Scale
	c := &codes{scores: map[string]uint8{}, score: in.expectScore()}
	for i, level := range scale {
		c.scores[strconv.Itoa(level.Level)] = uint8(i + 1)
		if level.Level == 0 {
			c.scores["-0"] = uint8(i + 1)
		}
	}
	for i := range in.spec.Attributes {
		c.attributes = append(c.attributes, maps.Clone(in.valueAt[i]))
	}
	for text := range in.noAnswer {
		c.scores[text] = 0
		for _, values := range c.attributes {
			values[text] = 0
		}
	}
	for i := range c.digit {
		c.digit[i] = notCode
		if code, ok := c.scores[string([]byte{byte(i)})]; ok {
			c.digit[i] = code
		}
	}
	c.digit['"'] = notCode // a quote is never a cell of its own
	return c
}

// expectScore says what is expected of a score.
func (in *Instrument) expectScore() string {
	scale := in.spec.Scale
	return fmt.Sprintf("a level from %d to %d, or no answer", scale[0].Level, scale[len(scale)-1].Level)
}

// setCompany, attribute and answer each put one thing on a sheet and return
// what was expected when they cannot, or the empty string. White space around
// the text does not count.

func (s *sheet) setCompany(text []byte) (expected string) {
	text = bytes.TrimSpace(text)
	if len(text) == 0 || len(text) > maxCompany || !utf8.Valid(text) {
		return expectCompany
	}
	s.company = append(s.company[:0], text...)
	return ""
}

func (c *codes) attribute(s *sheet, i int, text []byte) (expected string) {
	value, ok := c.attributes[i][string(bytes.TrimSpace(text))]
	if !ok {
		return expectValue
	}
	s.attributes[i] = value
	return ""
}

func (c *codes) answer(s *sheet, i int, text []byte) (expected string) {
	if len(text) == 0 {
		return "" // no answer: what an empty sheet holds
	}
	if len(text) == 1 && c.digit[text[0]] != notCode {
		s.scores[i] = c.digit[text[0]]
		return ""
	}
	code, ok := c.scores[string(bytes.TrimSpace(text))]
	if !ok {
		return c.score
	}
	s.scores[i] = code
	return ""
}
