package intake

import (
	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/internal/stage"
)

// Held is the way from a set of responses to their raw answers. A type that holds
// responses embeds it under an unexported name.
type Held struct {
	in       *instrument.Instrument
	changing bool
	begin    func() stage.Panel
}

// Holder is a type that embeds [Held].
type Holder interface{ raw() *Held }

// raw makes every type that embeds a Held a holder.
func (h *Held) raw() *Held { return h }

// Hold holds responses to an instrument. begin returns them for one
// publication, which may make two walks; changing says whether they might change
// between these.
func Hold(in *instrument.Instrument, changing bool, begin func() stage.Panel) Held {
	return Held{in, changing, begin}
}

// Begin returns the responses for one publication.
//
// Privacy: raw data, for the walks of a publication alone.
func Begin(data Holder) (in *instrument.Instrument, panel stage.Panel, changing bool) {
	h := data.raw()
	return h.in, h.begin(), h.changing
}
