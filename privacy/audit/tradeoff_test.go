package audit_test

import (
	"math"
	"testing"

	"maturitybench/privacy"
	"maturitybench/privacy/audit"
)

func gaussian(mu float64) privacy.Loss {
	return privacy.Loss{MuSquared: privacy.Mu(mu * 1e6).Squared()}
}

// TestPower: for Gaussian noise alone the area under the curve is Φ(μ/√2),
// 0.7602 at μ = 1, and the power at a false-alarm rate of 5 % is
// Φ(−1.6449 + 1) = 0.2595; pure ε = ln 2 doubles a small probability; a guess
// among seven with μ = 1 succeeds with Φ(Φ⁻¹(1/7) + 1) = 0.4732 at most.
func TestPower(t *testing.T) {
	for name, c := range map[string]struct{ got, want float64 }{
		"AUC":        {audit.AUC(gaussian(1)), 0.76025},
		"5 %":        {audit.Power(gaussian(1), 0.05), 0.25951},
		"nothing":    {audit.Power(privacy.Loss{}, 0.3), 0.3},
		"pure, low":  {audit.Power(privacy.Loss{PureEpsilon: 693147181}, 0.1), 0.2},
		"pure, high": {audit.Power(privacy.Loss{PureEpsilon: 693147181}, 0.9), 0.95},
		"delta":      {audit.Power(privacy.Loss{Delta: 1e15}, 0), 0.001},
		"of seven":   {audit.Power(gaussian(1), 1.0/7), 0.47321},
		"no loss":    {audit.AUC(privacy.Loss{}), 0.5},
		"pure AUC":   {audit.AUC(privacy.Loss{PureEpsilon: 693147181}), 2.0 / 3},
	} {
		if math.Abs(c.got-c.want) > 2e-4 {
			t.Errorf("%s: %.5f, want %.5f", name, c.got, c.want)
		}
	}
	both := privacy.Loss{PureEpsilon: 5e8, MuSquared: 1e12}
	if p := audit.Power(both, 0.1); p <= audit.Power(gaussian(1), 0.1) {
		t.Errorf("pure ε beside μ changes nothing: %v", p)
	}
	// The trade-off function of (ε, δ) is above that of the mechanism, at the
	// point where they touch: Power(rate) ≤ e^ε·rate + δ for all ε.
	for _, epsilon := range []float64{0.1, 1, 3} {
		delta := privacy.GaussianDelta(1_000_000, epsilon)
		touches := math.Inf(1)
		for rate := 1e-5; rate < 1; rate += 1e-3 {
			touches = min(touches, math.Exp(epsilon)*rate+delta-audit.Power(gaussian(1), rate))
		}
		if touches < -1e-12 || touches > 5e-3 {
			t.Errorf("ε = %v: the line is %v above the curve", epsilon, touches)
		}
	}
}

// TestLimits: 0 of n has the upper limit 1 − alarm^(1/n); 60 of 100 at 5 % has
// the lower limit 0.5129 (R: binom.test(60, 100, alternative = "greater")).
func TestLimits(t *testing.T) {
	if low, high := audit.Limits(0, 20, 1e-9); low != 0 || math.Abs(high-(1-math.Pow(1e-9, 0.05))) > 1e-12 {
		t.Errorf("0 of 20: %v to %v", low, high)
	}
	if low, _ := audit.Limits(60, 100, 0.05); math.Abs(low-0.5129) > 2e-4 {
		t.Errorf("60 of 100: %v", low)
	}
	if low, high := audit.Limits(20, 20, 1e-9); high != 1 || math.Abs(low-math.Pow(1e-9, 0.05)) > 1e-12 {
		t.Errorf("20 of 20: %v to %v", low, high)
	}
}
