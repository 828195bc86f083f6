package stage

// What packages beside package benchmark need of its unexported parts. Package
// benchmark sets both when it is linked.
var (
	// NewSource makes a *benchmark.Source of a *benchmark.Instrument: open
	// returns the responses for one publication, which may make two walks.
	NewSource func(instrument any, open func() Panel) any

	// Unseal opens a benchmark.Response: its company and its row, which is the
	// caller's. ok is false for the zero Response. The instrument must be the
	// one that the walk was made for.
	//
	// Privacy: raw data.
	Unseal func(response any) (company Identity, row []byte, ok bool)
)
