package draw

// The mechanisms of a [Call].
const (
	Gaussian         = "gaussian"
	Threshold        = "threshold"
	SphericalLaplace = "spherical laplace"
)

// Call is one vector of noise: the parameters of its mechanism, the totals
// before noise and after it.
type Call struct {
	Mechanism   string
	Sensitivity int64   // L2 sensitivity of the totals; with spherical Laplace noise of every vector of Dimensions of them and the absolute values of the last Beside, added up
	Dimensions  int     // of a vector with spherical Laplace noise
	Beside      int     // how many totals have spherical Laplace noise of their own, the last ones
	LInf        int64   // sensitivity argument of the Gaussian sampler
	Sigma       float64 // standard deviation of Gaussian noise
	Mu          int64   // loss of Gaussian noise, in millionths
	PureEpsilon int64   // loss of spherical Laplace noise, in units of 1e-9
	K           int64   // of a threshold, in companies
	Tau         int64   // of a threshold, in the units of the totals
	Scale       int64   // what one company is in the totals of a threshold
	Tested      int     // place of the one total that is tested beside a vector with spherical Laplace noise, if K is not 0
	Totals      []int64
	Noisy       []int64
}

// Tests says whether a test decides by total g: every one of a threshold, and of a vector the one that is tested.
func (c Call) Tests(g int) bool {
	return c.Mechanism == Threshold || c.K > 0 && g == c.Tested
}

// Recorder looks at a vector and returns what is used in the place of its
// noisy numbers: Noisy itself, or numbers of an earlier publication.
type Recorder func(Call) []int64

// Recorded is s with a recorder, for audits: it hands out exact totals, so it
// is not secure.
func (s Source) Recorded(recorder Recorder) Source {
	s.recorder = recorder
	return s
}

// Record shows a call to the recorder, if there is one, and returns the noisy
// numbers to use.
func (s Source) Record(call Call) []int64 {
	if s.recorder == nil {
		return call.Noisy
	}
	return s.recorder(call)
}
