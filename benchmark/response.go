package benchmark

import (
	"bytes"
	"strings"

	"maturitybench/benchmark/internal/seal"
)

// maxCompany is the largest length of a company's text, in bytes.
const maxCompany = 200

// A Response is the answer sheet of one company: the company, the attributes
// that it states and its answers. It is made by the readers of an [Instrument]
// and by [Instrument.NewResponse], handed to [NewDataset], and never read. The
// one that a reader yields beside an error has no answers: it lets NewDataset
// know whose row could not be used.
//
// Privacy: a Response is raw data. It prints as sealed, whatever the verb, and
// refuses every encoder; there is no accessor.
type Response struct {
	seal.Seal
	box seal.Box[sheet]
}

// newResponse seals a sheet, which must not change any more.
func newResponse(s *sheet) Response { return Response{box: seal.NewBox(s)} }

// sheet is the sheet of the response, nil for the zero Response: raw data.
func (r Response) sheet() *sheet { return r.box.Open() }

// owner is the line and the company of a row with problems, nil for any other
// response.
func (r Response) owner() *sheet {
	if s := r.sheet(); s != nil && s.in == nil {
		return s
	}
	return nil
}

// sheet is what a Response holds.
type sheet struct {
	in         *Instrument // nil: the owner of a row with problems, which has no answers
	line       int         // where it was read: a line of a file, a row of a query; 0: by hand
	company    []byte      // trimmed, 1 to 200 bytes of UTF-8
	attributes []uint8     // one an attribute: 0 not stated, else the number of the value from 1
	scores     []uint8     // one a question: 0 no answer, else 1 + the index of the level
}

// row is attributes and scores in one.
func (s *sheet) row() []byte { return s.attributes[:len(s.attributes)+len(s.scores)] }

// newSheets returns n empty sheets. Attributes and scores of a sheet share one
// array, in the order of a row of a Dataset.
func newSheets(in *Instrument, n int) []sheet {
	attributes, questions := len(in.spec.Attributes), len(in.questions)
	sheets, rows := make([]sheet, n), make([]uint8, n*(attributes+questions))
	for i := range sheets {
		row := rows[i*(attributes+questions):][: attributes+questions : attributes+questions]
		sheets[i] = sheet{in: in, attributes: row[:attributes], scores: row[attributes:]}
	}
	return sheets
}

// clear makes the sheet an empty one.
func (s *sheet) clear() {
	s.company = s.company[:0]
	clear(s.attributes)
	clear(s.scores)
}

// answered reports whether the sheet has at least one answer.
func (s *sheet) answered() bool { return len(bytes.TrimLeft(s.scores, "\x00")) > 0 }

// NewResponse makes the response of one company for a backend that holds its
// answers in its own types. The maps go from attribute id to value id and from
// question id to level (a level of the scale, not its index). A key that is
// absent is no answer, or not stated; so is an empty attribute value or one
// that is a no_answer text of the instrument.
//
// All problems of the response come together as one [*InputError], which names
// attributes and questions of the instrument, but neither the company nor an
// answer.
func (in *Instrument) NewResponse(company string, attributes map[string]string, scores map[string]int) (Response, error) {
	s := &newSheets(in, 1)[0]
	var problems []Problem
	report := func(field, expected string) {
		if expected != "" {
			problems = append(problems, Problem{Field: field, Expected: expected})
		}
	}
	report(companyColumn, s.setCompany([]byte(company)))
	report("", s.state(in, attributes, report))
	report("", s.answer(in, scores, report))
	if len(problems) == 0 && !s.answered() {
		report("", expectAnswer)
	}
	if len(problems) > 0 {
		return Response{}, newInputError("", problems)
	}
	return newResponse(s), nil
}

// state puts the attributes on the sheet, reports those with an unknown value
// and returns what was expected when some are not of the instrument.
func (s *sheet) state(in *Instrument, attributes map[string]string, report func(field, expected string)) string {
	known := 0
	for i, attribute := range in.spec.Attributes {
		text, ok := attributes[attribute.ID]
		if !ok {
			continue
		}
		known++
		text = strings.TrimSpace(text)
		if in.noAnswer[text] {
			continue
		}
		if s.attributes[i] = in.valueAt[i][text]; s.attributes[i] == 0 {
			report(attribute.ID, expectValue)
		}
	}
	if known < len(attributes) {
		return expectAttribute
	}
	return ""
}

// answer does the same for the answers.
func (s *sheet) answer(in *Instrument, scores map[string]int, report func(field, expected string)) string {
	known := 0
	for i, question := range in.questions {
		level, ok := scores[question.ID]
		if !ok {
			continue
		}
		known++
		index, ok := in.levelIndex(level)
		if !ok {
			report(question.ID, in.expectScore())
			continue
		}
		s.scores[i] = uint8(index + 1)
	}
	if known < len(scores) {
		return expectQuestion
	}
	return ""
}
