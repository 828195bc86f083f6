package audit

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"maturitybench/privacy"
	"maturitybench/stats"
)

// Alarm is the probability that an audit finds a violation where there is
// none.
const Alarm = 1e-9

// Power is the largest probability that an event can have with a company if it
// has the probability rate without it, under a loss:
//
//	Φ(Φ⁻¹(p) + μ) + δ₀,  p = min(e^ε₀·rate, 1 − e^−ε₀·(1 − rate))
//
// For Gaussian noise alone this is the trade-off function of μ-Gaussian
// differential privacy (Dong, Roth & Su, Gaussian Differential Privacy, 2022,
// section 2); a mechanism of pure ε₀ beside it is removed first, and one's δ
// parts are added. It also holds from without to with.
func Power(loss privacy.Loss, rate float64) float64 {
	epsilon, mu, delta := parts(loss)
	p := min(math.Exp(epsilon)*rate, 1-math.Exp(-epsilon)*(1-rate))
	switch {
	case p <= 0:
		return min(delta, 1)
	case p >= 1:
		return 1
	}
	return min(stats.NormalCDF(stats.NormalQuantile(p)+mu)+delta, 1)
}

// AUC is the largest probability, under a loss, that a score is higher with
// the company than without it: the area under [Power]. For Gaussian noise
// alone it is Φ(μ/√2).
func AUC(loss privacy.Loss) float64 {
	epsilon, mu, delta := parts(loss)
	if epsilon == 0 {
		return min(stats.NormalCDF(mu/math.Sqrt2)+delta, 1)
	}
	const steps = 10_000 // Power rises, so the sum of its right ends is above the area
	area := 0.0
	for i := range steps {
		area += Power(loss, float64(i+1)/steps) / steps
	}
	return min(area, 1)
}

func parts(loss privacy.Loss) (epsilon, mu, delta float64) {
	return float64(loss.PureEpsilon) / 1e9, math.Sqrt(float64(loss.MuSquared)) / 1e6, float64(loss.Delta) / 1e18
}

// Twice is the loss between two answer sheets of one company: from one of them
// to none, and from there to the other.
func Twice(loss privacy.Loss) privacy.Loss {
	return privacy.Loss{PureEpsilon: 2 * loss.PureEpsilon, MuSquared: 4 * loss.MuSquared, Delta: 2 * loss.Delta}
}

// Limits are the Clopper-Pearson limits of a probability of which an event
// with so many hits in so many trials was seen; each is wrong with a
// probability of at most alarm.
func Limits(hits, trials int, alarm float64) (low, high float64) {
	k, n := float64(hits), float64(trials)
	low, high = 0, 1
	if hits > 0 {
		low = mathext.InvRegIncBeta(k, n-k+1, alarm)
	}
	if hits < trials {
		high = 1 - mathext.InvRegIncBeta(n-k, k+1, alarm)
	}
	return low, high
}

// Outcome is what an attack achieved, and what it may achieve.
type Outcome struct {
	Attack string
	Trials int     // independent publications, or pairs of them
	Rate   float64 // measured success
	Low    float64 // lower limit of the true success, at a confidence of 1 − Alarm
	Bound  float64 // the most that the loss allows
	Chance float64 // success of an attacker who sees nothing
}

// Violation reports whether the attack succeeds more often than the loss
// allows.
func (o Outcome) Violation() bool { return o.Low > o.Bound }

// outcome fills in the lower limit.
func outcome(attack string, hits, trials int, bound, chance float64) Outcome {
	low, _ := Limits(hits, trials, Alarm)
	return Outcome{
		Attack: attack, Trials: trials, Rate: float64(hits) / float64(trials),
		Low: low, Bound: bound, Chance: chance,
	}
}
