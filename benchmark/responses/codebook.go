package responses

import (
	"bytes"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"unicode/utf8"
	"weak"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/intake"
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

// codebook turns the texts of answer sheets into the bytes of a sheet. The texts
// of an instrument are few, so that all of them are listed: nothing is parsed.
type codebook struct {
	attributes, questions   []string       // ids, in the order of the instrument
	attributeAt, questionAt map[string]int // places by id
	ignored                 map[string]bool
	first, levels           int // the scale: its lowest level, and how many there are

	values      []map[string]uint8 // for every attribute, every text of a value, and no_answer texts as 0
	scores      map[string]uint8   // every text of a score: levels, and no_answer texts as 0
	digit       [256]uint8         // scores of one byte
	expectScore string             // what is expected of a score
}

// codebooks are the codebooks in use, by weak pointers to their instruments.
var codebooks sync.Map

// codebookOf is the codebook of an instrument, which is made once.
func codebookOf(in *instrument.Instrument) *codebook {
	key := weak.Make(in)
	if made, ok := codebooks.Load(key); ok {
		return made.(*codebook)
	}
	made, loaded := codebooks.LoadOrStore(key, newCodebook(in.Spec()))
	if !loaded {
		runtime.AddCleanup(in, func(key weak.Pointer[instrument.Instrument]) { codebooks.Delete(key) }, key)
	}
	return made.(*codebook)
}

func newCodebook(spec instrument.Spec) *codebook {
	c := &codebook{
		attributeAt: map[string]int{}, questionAt: map[string]int{}, ignored: map[string]bool{},
		first: spec.Scale[0].Level, levels: len(spec.Scale), scores: map[string]uint8{},
	}
	c.expectScore = fmt.Sprintf("a level from %d to %d, or no answer", c.first, c.first+c.levels-1)
	for i, attribute := range spec.Attributes {
		c.attributes, c.attributeAt[attribute.ID] = append(c.attributes, attribute.ID), i
		values := map[string]uint8{}
		for v, value := range attribute.Values {
			values[value.ID] = uint8(v + 1)
		}
		c.values = append(c.values, values)
	}
	for i, question := range spec.Questions() {
		c.questions, c.questionAt[question.ID] = append(c.questions, question.ID), i
	}
	for _, column := range spec.Ignore {
		c.ignored[column] = true
	}
	c.listTexts(spec)
	return c
}

// listTexts lists the texts of scores, and those that mean no answer.
func (c *codebook) listTexts(spec instrument.Spec) {
	for i, level := range spec.Scale {
		c.scores[strconv.Itoa(level.Level)] = uint8(i + 1)
		if level.Level == 0 {
			c.scores["-0"] = uint8(i + 1)
		}
	}
	for _, text := range append([]string{""}, spec.NoAnswer...) {
		c.scores[text] = 0
		for _, values := range c.values {
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
}

// noAnswer reports whether a text means no answer.
func (c *codebook) noAnswer(text []byte) bool {
	code, ok := c.scores[string(text)]
	return ok && code == 0
}

// setCompany puts a company on a sheet.
func setCompany(s *intake.Sheet, text []byte) (expected string) {
	text = bytes.TrimSpace(text)
	if len(text) == 0 || len(text) > maxCompany || !utf8.Valid(text) {
		return expectCompany
	}
	s.Company = append(s.Company[:0], text...)
	return ""
}

// attribute puts the value of an attribute on a sheet.
func (c *codebook) attribute(s *intake.Sheet, i int, text []byte) (expected string) {
	value, ok := c.values[i][string(bytes.TrimSpace(text))]
	if !ok {
		return expectValue
	}
	s.Attributes[i] = value
	return ""
}

// answer puts the score of a question on a sheet.
func (c *codebook) answer(s *intake.Sheet, i int, text []byte) (expected string) {
	if len(text) == 0 {
		return "" // no answer: what an empty sheet holds
	}
	if len(text) == 1 && c.digit[text[0]] != notCode {
		s.Scores[i] = c.digit[text[0]]
		return ""
	}
	code, ok := c.scores[string(bytes.TrimSpace(text))]
	if !ok {
		return c.expectScore
	}
	s.Scores[i] = code
	return ""
}
