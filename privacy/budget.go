package privacy

import (
	"errors"
	"fmt"
	"math/big"
)

// Budget is the privacy loss of one publication, split over its mechanisms:
// Select for the test which cohorts are large enough, Pilot for the first
// coarse measurement, Main for the measurement that is published. Select² +
// Pilot² + Main² is at most Mu², in exact integers.
type Budget struct {
	Mu, Select, Pilot, Main Mu

	DeltaSelect int64 // δ of the test, in units of 1e-18
	Loss        Loss  // what the publication is charged
}

// NewBudget splits an (epsilon, delta) budget: a tenth of delta for the test
// of the secret roster, [SamplerDelta] or more for the sampler, and the largest μ
// that the rest of delta allows. selectShare is the part of μ² for the test,
// pilotShare the part of the remaining μ² for the pilot, both in [0, 1); a
// share of 0 leaves its mechanism out. A roster with exact sizes
// has no test: selectShare is not used and DeltaSelect is 0.
//
// epsilon and delta must be decimals with at most 9 and 18 digits after the
// point, so that the loss that is charged is the loss that is stated. It is an
// error if they are not, or are out of their range; if a share is outside [0, 1);
// or if a mechanism that is asked for is left without a budget.
func NewBudget(epsilon, delta float64, roster Roster, selectShare, pilotShare float64) (Budget, error) {
	e, d, err := stated(epsilon, delta, roster)
	if err != nil {
		return Budget{}, err
	}
	var b Budget
	if !roster.ExactSizes() {
		b.DeltaSelect = d / 10
	}
	var sampler int64
	b.Mu, sampler = gaussianFor(e, d-b.DeltaSelect)
	b.Loss.Delta = b.DeltaSelect + sampler
	b.Loss.MuSquared = b.Mu.Squared()

	rest := b.Loss.MuSquared
	if !roster.ExactSizes() {
		if b.Select, err = part(rest, selectShare); err != nil {
			return Budget{}, err
		}
		if selectShare > 0 && (b.Select == 0 || b.DeltaSelect == 0) {
			return Budget{}, fmt.Errorf("privacy: ε = %v and δ = %v leave nothing for the test of a secret roster", epsilon, delta)
		}
		rest -= b.Select.Squared()
	}
	if b.Pilot, err = part(rest, pilotShare); err != nil {
		return Budget{}, err
	}
	b.Main = root(big.NewInt(rest - b.Pilot.Squared()))
	if b.Main == 0 {
		return Budget{}, fmt.Errorf("privacy: ε = %v and δ = %v leave nothing for the measurement", epsilon, delta)
	}
	return b, nil
}

// stated is a stated budget in units of 1e-9 and 1e-18.
func stated(epsilon, delta float64, roster Roster) (e, d int64, err error) {
	e, exactEpsilon := units(epsilon, epsilonDigits)
	d, exactDelta := units(delta, deltaDigits)
	if !exactEpsilon || e == 0 {
		return 0, 0, errors.New("privacy: epsilon must be a positive number with at most 9 digits after the point")
	}
	if !exactDelta || d == 0 || delta >= 1 {
		return 0, 0, errors.New("privacy: delta must lie between 0 and 1 and have at most 18 digits after the point")
	}
	if !roster.Valid() {
		return 0, 0, errors.New("privacy: roster must be secret, public or counted")
	}
	return e, d, nil
}

// part is √(share·muSquared), rounded down to a millionth.
func part(muSquared int64, share float64) (Mu, error) {
	r, ok := rational(share)
	if !ok || share >= 1 {
		return 0, errors.New("privacy: a share of the budget must lie in [0, 1)")
	}
	r.Mul(r, new(big.Rat).SetInt64(muSquared))
	return root(new(big.Int).Quo(r.Num(), r.Denom())), nil
}

// Split divides the loss of several mechanisms between one of them, which gets a share in [0, 1] of
// μ², and the rest: the squares of both add up to m² at most. It is an error if share is out of its range.
func (m Mu) Split(share float64) (one, rest Mu, err error) {
	if share == 1 {
		return m, 0, nil
	}
	if one, err = part(m.Squared(), share); err != nil {
		return 0, 0, err
	}
	return one, root(big.NewInt(m.Squared() - one.Squared())), nil
}

// root is √muSquared, rounded down to a millionth.
func root(muSquared *big.Int) Mu { return Mu(new(big.Int).Sqrt(muSquared).Int64()) }
