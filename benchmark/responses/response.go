package responses

import (
	"maturitybench/benchmark/input"
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/seal"
)

// companyColumn is the column, and the key, of the protected unit.
const companyColumn = codebook.CompanyColumn

const (
	expectAttribute = "attributes of the instrument only"
	expectQuestion  = "questions of the instrument only"
)

// A Response is the answer sheet of one company: the company, the attributes
// that it states and its answers. It is made by the readers of an [instrument.Instrument]
// and by [New], handed to [NewDataset], and never read. A Response that a
// reader yields beside an error has no answers: it lets NewDataset know whose
// row could not be used.
//
// Privacy: a Response is raw data. It prints as sealed, whatever the verb, and
// refuses every encoder; there is no accessor.
type Response struct {
	seal.Seal
	sealed
}

// sealed is the sheet of a Response. The alias keeps the field that it is embedded
// as out of reach of other packages.
type sealed = intake.Sealed

// newResponse seals a sheet, which must not change any more.
func newResponse(s *intake.Sheet) Response { return Response{sealed: intake.Seal(s)} }

// owner is the line and the company of a row with problems, nil for any other
// response.
func (r Response) owner() *intake.Sheet {
	if s := intake.Open(r); s != nil && s.Instrument == nil {
		return s
	}
	return nil
}

// New makes the response of one company for a backend that holds its
// answers in its own types. The maps go from attribute id to value id and from
// question id to level (a level of the question's scale, not its index). A key that is
// absent is no answer, or not stated; so is an empty attribute value or one
// that is a no_answer text of the instrument.
//
// All problems of the response come together as one [*input.Error], which names
// attributes and questions of the instrument, but neither the company nor an
// answer.
func New(in *instrument.Instrument, company string, attributes map[string]string, scores map[string]int) (Response, error) {
	b := bookOf(in)
	s := &intake.NewSheets(in, len(b.Attributes), len(b.Questions), 1)[0]
	var problems []input.Problem
	report := func(field, expected string) {
		if expected != "" {
			problems = append(problems, input.Problem{Field: field, Expected: expected})
		}
	}
	var expected string
	s.Company, expected = codebook.SetCompany(s.Company, []byte(company), true)
	report(companyColumn, expected)
	report("", b.state(s, attributes, report))
	report("", b.score(s, scores, report))
	if len(problems) == 0 && !s.Finish(b.blank) {
		report("", expectAnswer)
	}
	if len(problems) > 0 {
		return Response{}, input.NewError("", problems)
	}
	return newResponse(s), nil
}

// state puts the attributes on a sheet, reports those with an unknown value
// and returns what was expected when some are not of the instrument.
func (b *book) state(s *intake.Sheet, attributes map[string]string, report func(field, expected string)) string {
	known := 0
	for i, attribute := range b.Attributes {
		if text, ok := attributes[attribute.ID]; ok {
			known++
			code, miss := b.values[i].Code([]byte(text))
			if miss != codebook.Known {
				report(attribute.ID, b.ExpectValue(i, miss))
				continue
			}
			s.Attributes[i] = code
		}
	}
	if known < len(attributes) {
		return expectAttribute
	}
	return ""
}

// score does the same for the answers.
func (b *book) score(s *intake.Sheet, scores map[string]int, report func(field, expected string)) string {
	known := 0
	for i, question := range b.Questions {
		level, ok := scores[question.ID]
		if !ok {
			continue
		}
		known++
		if code, ok := b.CodeOf(i, level); ok {
			s.Scores[i] = code
		} else {
			report(question.ID, b.ExpectAnswer(i, codebook.Unlike))
		}
	}
	if known < len(scores) {
		return expectQuestion
	}
	return ""
}
