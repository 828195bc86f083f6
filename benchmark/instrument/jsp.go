package instrument

import (
	_ "embed"
	"slices"
	"sync"
)

//go:embed jsp.yaml
var jspFile []byte

var jsp = sync.OnceValue(func() *Instrument {
	in, err := Parse("jsp.yaml", jspFile)
	if err != nil {
		panic("instrument: " + err.Error()) // the file is part of the build, and tested
	}
	return in
})

// JSP is the built-in instrument: 44 practices in the four domains under which
// the medical-device industry benchmarks its Joint Security Plan
// (organizational structure, risk management, design control, complaint
// handling), on six levels from 0 to 5. The wording is this module's own.
func JSP() *Instrument { return jsp() }

// JSPText is the text of the file that [JSP] is read from, with its comments, to be
// copied and edited.
func JSPText() []byte { return slices.Clone(jspFile) }
