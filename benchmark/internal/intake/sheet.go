package intake

import (
	"bytes"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/seal"
)

// Sheet is the content of a Response.
type Sheet struct {
	Instrument *instrument.Instrument // nil: the owner of a row with problems, which has no answers
	Line       int                    // where it was read: a line of a file, a row of a query; 0: by hand
	Company    []byte                 // trimmed, 1 to 200 bytes of UTF-8
	Attributes []uint8                // one an attribute: 0 not stated, else the number of the value from 1
	Scores     []uint8                // one a question: 0 no answer, else 1 + the place of the level, on the scale or on the axis of several: see instrument.Spec.Axis
}

// Row is attributes and scores in one.
func (s *Sheet) Row() []byte { return s.Attributes[:len(s.Attributes)+len(s.Scores)] }

// NewSheets returns n empty sheets with the given numbers of attributes and
// questions. Attributes and scores of a sheet share one array, in the order of
// a row of a Dataset.
func NewSheets(in *instrument.Instrument, attributes, questions, n int) []Sheet {
	sheets, rows := make([]Sheet, n), make([]uint8, n*(attributes+questions))
	for i := range sheets {
		row := rows[i*(attributes+questions):][: attributes+questions : attributes+questions]
		sheets[i] = Sheet{Instrument: in, Attributes: row[:attributes], Scores: row[attributes:]}
	}
	return sheets
}

// Clear makes the sheet an empty one.
func (s *Sheet) Clear() {
	s.Company = s.Company[:0]
	clear(s.Attributes)
	clear(s.Scores)
}

// Answered reports whether the sheet has at least one answer.
func (s *Sheet) Answered() bool { return len(bytes.TrimLeft(s.Scores, "\x00")) > 0 }

// Finish ends the reading of a sheet: where the instrument says so, what has no answer
// counts as answered at the lowest level. It reports whether there is any answer; a
// sheet without one stays as it is, and is no sheet.
func (s *Sheet) Finish(blank instrument.Blank) bool {
	if !s.Answered() {
		return false
	}
	if blank == instrument.LowestBlank {
		for q, code := range s.Scores {
			s.Scores[q] = max(code, 1)
		}
	}
	return true
}

// Sealed is a sheet that only this module can open. A type that holds a
// response embeds it under an unexported name.
type Sealed struct{ box seal.Box[Sheet] }

// sheetHolder is a type that embeds Sealed.
type sheetHolder interface{ opened() *Sheet }

// opened makes every type that embeds a Sealed a holder.
func (s Sealed) opened() *Sheet { return s.box.Open() }

// Seal seals a sheet, which must not change any more.
func Seal(s *Sheet) Sealed { return Sealed{seal.NewBox(s)} }

// Open returns the sheet of a response, which must not be changed; nil for
// the zero response.
//
// Privacy: raw data.
func Open[R sheetHolder](response R) *Sheet { return response.opened() }
