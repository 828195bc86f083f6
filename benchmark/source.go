package benchmark

import (
	"maturitybench/benchmark/internal/seal"
	"maturitybench/benchmark/internal/stage"
)

// A Source is the answer sheets of one wave that are read whenever a
// publication walks over them. It is safe for concurrent use. A Source must not
// be copied.
//
// Privacy: a Source is raw data, as a [Dataset] is.
type Source struct {
	seal.Seal
	_    seal.NoCopy
	in   *Instrument
	open func() stage.Panel
}

// begin is the instrument and the responses, for one publication.
func (s *Source) begin() (*Instrument, stage.Panel, bool) { return s.in, s.open(), true }

// Packages of this module that bring responses of their own reach what is
// unexported here through package stage.
func init() {
	stage.NewSource = func(instrument any, open func() stage.Panel) any {
		return &Source{in: instrument.(*Instrument), open: open}
	}
	stage.Unseal = func(response any) (company stage.Identity, row []byte, line int, ok bool) {
		s := response.(Response).sheet()
		if s == nil {
			return stage.Identity{}, nil, 0, false
		}
		return identify(s.company), append(append([]byte(nil), s.attributes...), s.scores...), s.line, true
	}
}
