package benchmark

// Plan is a checked plan for one instrument: what one publication may tell and
// at what price. It is immutable and safe for concurrent use.
type Plan struct {
	in           *Instrument
	spec         PlanSpec
	warnings     []string
	priorRelease []byte // the release that the prior names
}

// NewPlan checks a specification made in Go. The error for a wrong one is an
// [*InputError]. The path of a prior's release is relative to the working
// directory.
func NewPlan(in *Instrument, spec PlanSpec) (*Plan, error) {
	spec, warnings, err := validatePlan(in, spec)
	if err != nil {
		return nil, err
	}
	prior, err := spec.readPrior(&checker{}, ".")
	if err != nil {
		return nil, err
	}
	return newPlan(in, spec, warnings, prior)
}

// newPlan takes a valid specification with its defaults.
func newPlan(in *Instrument, spec PlanSpec, warnings []string, prior []byte) (*Plan, error) {
	return &Plan{in: in, spec: spec, warnings: warnings, priorRelease: prior}, nil
}
