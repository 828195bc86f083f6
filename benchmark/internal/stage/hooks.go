package stage

import "iter"

// What packages beside package benchmark need of its unexported parts. Package
// benchmark sets all of them when it is linked.
var (
	// NewSource makes a *benchmark.Source of a *benchmark.Instrument: open
	// returns the responses for one publication, which may make two walks.
	NewSource func(instrument any, open func() Panel) any

	// NewTable makes a *benchmark.Source of a table of texts, as
	// Instrument.ReadTable reads it: table calls read with its columns and rows
	// in every walk, and returns its error. path is the file that errors name.
	NewTable func(instrument any, path string, table func(read func(names []string, rows iter.Seq2[[][]byte, error]) error) error) any

	// Unseal opens a benchmark.Response: its company, its row, which is the
	// caller's, and the line where it was read, 0 if it was made by hand. The one
	// beside an error of a row has no row. ok is false for the zero Response. The instrument must be the one that the walk
	// was made for.
	//
	// Privacy: raw data.
	Unseal func(response any) (company Identity, row []byte, line int, ok bool)
)
