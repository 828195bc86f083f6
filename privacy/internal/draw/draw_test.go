package draw

import (
	"math"
	"testing"

	"github.com/google/differential-privacy/go/v3/noise"
)

func TestSecureIsTheZeroSource(t *testing.T) {
	if !(Source{}).Secure() {
		t.Error("the zero source is not the secure one")
	}
	if Seeded([32]byte{}).Secure() {
		t.Error("a seeded source calls itself secure")
	}
	if _, err := (Source{}).Gaussian(0, 0, 1); err == nil {
		t.Error("the secure sampler took a sensitivity of 0")
	}
}

// TestSigma: Google's calibration stays within 0.1 % above the exact standard
// deviation for ε = 1, δ = 1e-6 and sensitivity 1, which solves
// Φ(1/2σ − σ) − e·Φ(−1/2σ − σ) = 1e-6, and it is proportional to lInf.
func TestSigma(t *testing.T) {
	tail := func(x float64) float64 { return math.Erfc(x/math.Sqrt2) / 2 }
	lo, hi := 1.0, 10.0
	for range 60 {
		if s := (lo + hi) / 2; tail(s-1/(2*s))-math.E*tail(s+1/(2*s)) > 1e-6 {
			lo = s
		} else {
			hi = s
		}
	}
	if got := Sigma(1); got < hi || got > 1.001*hi {
		t.Errorf("Sigma(1) = %v, want %v", got, hi)
	}
	for _, lInf := range []int64{2, 1000, 1 << 30, 1 << 46} {
		if got, want := Sigma(lInf), float64(lInf)*Sigma(1); math.Abs(got-want) > 1e-3*want {
			t.Errorf("Sigma(%d) = %v, want %v", lInf, got, want)
		}
		if got, want := Sigma(lInf), noise.SigmaForGaussian(1, float64(lInf), 1, 1e-6); got != want {
			t.Errorf("Sigma(%d) = %v, the sampler uses %v", lInf, got, want)
		}
	}
}

func TestSeededRepeats(t *testing.T) {
	const sigma = 1e6
	one, two, other := Seeded(Seed(1)), Seeded([32]byte{1}), Seeded(Seed(2))
	differ := false
	for range 10 {
		a, _ := one.Gaussian(5, 1, sigma)
		b, _ := two.Gaussian(5, 1, sigma)
		c, _ := other.Gaussian(5, 1, sigma)
		if a != b {
			t.Fatalf("the same seed draws %d and %d", a, b)
		}
		differ = differ || a != c
	}
	if !differ {
		t.Error("two seeds draw the same")
	}
}
