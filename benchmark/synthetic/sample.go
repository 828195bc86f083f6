package synthetic

import (
	"iter"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
)

// Sample is a panel in the open: made-up answer sheets that a test may read,
// change and compute exact statistics of ([Sample.Cohorts]). There is no way
// from a [responses.Dataset] to a Sample, and there must be none.
type Sample struct {
	// Levels holds one row a company and one number a question, in the order of
	// the instrument: the index of the level from 0, or −1 for no answer. A
	// company has at least one answer.
	Levels [][]int8
	// Attributes holds one row a company and one number an attribute: the index
	// of the value from 0, or −1 for not stated.
	Attributes [][]int8

	in   *instrument.Instrument
	spec instrument.Spec
}

// NewSample draws the panel. Its responses are those of [Panel.Responses]. A
// panel that cannot be made is an error.
func NewSample(in *instrument.Instrument, panel Panel) (*Sample, error) {
	s := &Sample{in: in, spec: in.Spec()}
	for sheet, err := range panel.sheets(s.spec) {
		if err != nil {
			return nil, err
		}
		s.Levels = append(s.Levels, append([]int8(nil), sheet.levels...))
		s.Attributes = append(s.Attributes, append([]int8(nil), sheet.attributes...))
	}
	return s, nil
}

// Responses walks over the sample as answer sheets of the instrument that it
// was drawn for. Company number i, from 0, is called synthetic-(i+1).
func (s *Sample) Responses() iter.Seq2[responses.Response, error] {
	return func(yield func(responses.Response, error) bool) {
		hand := newHand(s.in, s.spec, len(s.Levels))
		for i := range s.Levels {
			if !yield(hand.response(&sheet{i + 1, s.Attributes[i], s.Levels[i]})) {
				return
			}
		}
	}
}
