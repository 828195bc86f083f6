package responses

import (
	"errors"

	"maturitybench/benchmark/internal/intake"
)

// Data is the answer sheets of one wave, one response a company: a [*Dataset],
// which is in memory, or a [*Source], which is read whenever a publication walks
// over it. No other package can make one, or look into one.
type Data interface{ intake.Holder }

// held is what a publication takes from a Dataset or a Source. The alias keeps
// the field that it is embedded as out of reach of other packages.
type held = intake.Held

// ErrChanged says that a [Source] did not give the same responses when
// it was read again. Nothing was charged.
var ErrChanged = errors.New("responses: the answer sheets changed while they were read")
