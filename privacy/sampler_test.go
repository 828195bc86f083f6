package privacy

import (
	"math"
	"testing"
)

// TestSamplerDeltaIsEnough: the three differences between the numbers that are
// drawn and rounded normal ones, as [SamplerDelta] adds them up, for 100,000
// numbers. μ is that of ε at δ = 1e-6.
func TestSamplerDeltaIsEnough(t *testing.T) {
	const d, unit = 1e5, 0x1p-53
	tail := func(x float64) float64 { return math.Erfc(x/math.Sqrt2) / 2 }
	end := math.Sqrt(2 * math.Log(0x1p56))
	if end < 8.81 || end < supportSigmas {
		t.Fatalf("the sampler ends at %vσ", end)
	}
	for _, epsilon := range []float64{0.1, 1, 2, 4, 8} {
		mu := GaussianMu(epsilon, 1e-6).Float()
		told := tail(epsilon/mu - mu/2)
		arithmetic := 2 * d * (5*end*end/2 + 7 + 9.5) * unit * told
		zero := d * math.Sqrt(2/math.Pi) * 0x1p-56 / (1 - 0x1p-7)
		ends := 100*min(2*tail(end-mu), 2*math.Exp(epsilon)*tail(end)) + d*2*tail(end-mu/10)
		sum := arithmetic + zero + ends
		t.Logf("ε = %v: %.2g for the arithmetic, %.2g for zero, %.2g for the ends", epsilon, arithmetic, zero, ends)
		if sum > 0x1p-38 || sum > float64(SamplerDelta)/1e18 {
			t.Errorf("ε = %v: %v is more than the allowance", epsilon, sum)
		}
	}
}
