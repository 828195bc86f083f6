package privacy

import "fmt"

// PureBudget is the privacy loss of one publication whose measurement is a
// vector with pure ε noise, see [SphericalLaplace]. Under a roster with
// exact sizes that is all, and nothing is lost beside ε: no δ. Under a secret one
// there is the test which cohorts are large enough, which is a Gaussian mechanism, so the
// publication as a whole is not pure.
type PureBudget struct {
	Epsilon int64 // pure ε of the measurement, in units of 1e-9

	Mu     Mu // what NewBudget would give to all mechanisms; 0 without a test
	Select Mu // for the test; Select² is the test's share of Mu²

	DeltaSelect int64 // δ of the test, in units of 1e-18
	Loss        Loss  // what the publication is charged
}

// NewPureBudget splits an (epsilon, delta) budget. With exact sizes all of
// epsilon goes to the measurement; delta and selectShare are not used. Under a
// secret one the test comes first, and gets what [NewBudget] gives it: a tenth
// of delta, and the part selectShare, in [0, 1), of the largest μ² that the
// rest of delta allows, [SamplerDelta] taken off. The measurement gets what
// this leaves of epsilon at the rest of delta, so that the sum is (epsilon,
// delta)-differentially private by [Loss.Fits].
//
// The test may be of up to 1000 cohorts.
//
// epsilon and delta must be decimals as in [NewBudget], whose errors it has. It is
// an error too if less than ε = 1e-6 is left.
func NewPureBudget(epsilon, delta float64, roster Roster, selectShare float64) (PureBudget, error) {
	e, d, err := stated(epsilon, delta, roster)
	if err != nil {
		return PureBudget{}, err
	}
	b := PureBudget{Epsilon: e}
	if !roster.ExactSizes() {
		b.DeltaSelect = d / 10
		b.Mu, _ = gaussianFor(e, d-b.DeltaSelect)
		if b.Select, err = part(b.Mu.Squared(), selectShare); err != nil {
			return PureBudget{}, err
		}
		if b.Mu == 0 || selectShare > 0 && (b.Select == 0 || b.DeltaSelect == 0) {
			return PureBudget{}, fmt.Errorf("privacy: ε = %v and δ = %v leave nothing for the test of a secret roster", epsilon, delta)
		}
		b.Loss.MuSquared = b.Select.Squared()
		b.Loss.Delta = b.DeltaSelect + max(SamplerDelta, SamplerCharge(b.Loss.MuSquared, fewNumbers))
		b.Epsilon = e - gaussianEpsilon(b.Loss.MuSquared, d-b.Loss.Delta)
	}
	b.Loss.PureEpsilon = b.Epsilon
	if b.Epsilon < minPure || !b.Loss.Fits(epsilon, delta) {
		return PureBudget{}, fmt.Errorf("privacy: ε = %v and δ = %v leave nothing for the measurement", epsilon, delta)
	}
	return b, nil
}
