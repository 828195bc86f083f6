package privacy

import "fmt"

// PureBudget is the privacy loss of one publication whose measurement is a
// vector with pure ε noise, see [SphericalLaplace]. Under a roster with
// exact sizes that is all, and nothing is lost beside ε: no δ. Under a secret one
// there is the test whether there are enough companies, of a number that is measured anyway
// ([MeasuredThreshold]), which costs δ and nothing of ε.
type PureBudget struct {
	Epsilon     int64 // pure ε of the measurement, in units of 1e-9
	DeltaSelect int64 // δ of the test, in units of 1e-18
	Loss        Loss  // what the publication is charged
}

// NewPureBudget splits an (epsilon, delta) budget: all of epsilon goes to the measurement and, under a
// secret roster, a tenth of delta to the test, as in [NewBudget]; the rest of delta is not used, and left to the account.
//
// epsilon and delta must be decimals as in [NewBudget], whose errors it has. It is
// an error too if epsilon is below 1e-6, or the test of a secret roster is left without δ.
func NewPureBudget(epsilon, delta float64, roster Roster) (PureBudget, error) {
	e, d, err := stated(epsilon, delta, roster)
	if err != nil {
		return PureBudget{}, err
	}
	b := PureBudget{Epsilon: e}
	if !roster.ExactSizes() {
		b.DeltaSelect = d / 10
	}
	b.Loss = Loss{PureEpsilon: b.Epsilon, Delta: b.DeltaSelect}
	if e < minPure || !roster.ExactSizes() && b.DeltaSelect == 0 {
		return PureBudget{}, fmt.Errorf("privacy: ε = %v and δ = %v leave nothing for the measurement, or for the test of a secret roster", epsilon, delta)
	}
	return b, nil
}
