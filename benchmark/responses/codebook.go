package responses

import (
	"runtime"
	"sync"
	"unicode/utf8"
	"weak"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/codebook"
	"maturitybench/benchmark/internal/intake"
	"maturitybench/benchmark/internal/translate"
)

// expectAnswer is for a sheet without one.
const expectAnswer = "at least one answer"

// book is what the sheets of an instrument can hold.
type book struct {
	*codebook.Instrument
	names                   *codebook.Columns
	scores                  []*codebook.Texts // by scale
	values                  []*codebook.Texts // by attribute
	attributeAt, questionAt map[string]int    // places by id
	ignored                 map[string]bool
	blank                   instrument.Blank
}

// books are the books in use, by weak pointers to their instruments.
var books sync.Map

// bookOf is the book of an instrument, which is made once.
func bookOf(in *instrument.Instrument) *book {
	key := weak.Make(in)
	if made, ok := books.Load(key); ok {
		return made.(*book)
	}
	made, loaded := books.LoadOrStore(key, newBook(in.Spec()))
	if !loaded {
		runtime.AddCleanup(in, func(key weak.Pointer[instrument.Instrument]) { books.Delete(key) }, key)
	}
	return made.(*book)
}

func newBook(spec instrument.Spec) *book {
	b := &book{Instrument: translate.Codebook(spec), attributeAt: map[string]int{}, questionAt: map[string]int{}, ignored: map[string]bool{}, blank: spec.Blank}
	b.names, b.scores = b.Columns(), b.AnswersOf()
	for i, attribute := range b.Attributes {
		b.values = append(b.values, b.Attribute(i))
		b.attributeAt[attribute.ID] = i
	}
	for i, question := range b.Questions {
		b.questionAt[question.ID] = i
	}
	for _, column := range b.Ignore {
		b.ignored[column] = true
	}
	return b
}

// lookup looks the texts of sheets up. It is for one goroutine.
type lookup struct {
	*book
	answers    []*answers // by question
	attributes []*codebook.Reader
}

// answers looks answers on one scale up.
type answers struct {
	*codebook.Reader
	digit [256]uint8 // answers of one byte
	cell  [256]uint8 // likewise, by the first byte of a cell with its comma: a blank, too
}

func newLookup(b *book) *lookup {
	t := &lookup{book: b}
	var scales []*answers
	for _, texts := range b.scores {
		a := &answers{Reader: texts.Reader()}
		for i := range a.digit {
			a.digit[i] = codebook.NotCode // half a character
			if i < utf8.RuneSelf {
				a.digit[i] = a.Digit(byte(i))
			}
		}
		a.digit['"'], a.digit[','] = codebook.NotCode, codebook.NotCode // never a cell of their own
		a.cell = a.digit
		a.cell[','] = 0
		scales = append(scales, a)
	}
	for _, q := range b.Questions {
		t.answers = append(t.answers, scales[q.Scale])
	}
	for _, values := range b.values {
		t.attributes = append(t.attributes, values.Reader())
	}
	return t
}

// setCompany, attribute and answer each put one thing on a sheet and return
// what was expected when they cannot, or the empty string.

func setCompany(s *intake.Sheet, text []byte) (expected string) {
	s.Company, expected = codebook.SetCompany(s.Company[:0], text, false)
	return expected
}

func (t *lookup) attribute(s *intake.Sheet, i int, text []byte) (expected string) {
	code, miss := t.attributes[i].Code(text)
	if miss != codebook.Known {
		return t.ExpectValue(i, miss)
	}
	s.Attributes[i] = code
	return ""
}

func (t *lookup) answer(s *intake.Sheet, i int, text []byte) (expected string) {
	if len(text) == 0 {
		return "" // no answer: what an empty sheet holds
	}
	answers := t.answers[i]
	if len(text) == 1 && answers.digit[text[0]] != codebook.NotCode {
		s.Scores[i] = answers.digit[text[0]]
		return ""
	}
	code, miss := answers.Code(text)
	if miss != codebook.Known {
		return t.ExpectAnswer(i, miss)
	}
	s.Scores[i] = code
	return ""
}
