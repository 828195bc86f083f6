package privacy

import (
	"math"
	"math/big"
	"testing"

	"github.com/google/differential-privacy/go/v3/noise"
	"pgregory.net/rapid"
)

// TestGaussianIsStrongEnough: σ ≥ R/μ exactly, and not more than the slack of
// the sampler's search above it, unless the floor of the sampler is reached.
func TestGaussianIsStrongEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sensitivity := rapid.Int64Range(1, maxSensitivity).Draw(t, "R")
		mu := Mu(rapid.Int64Range(2, 20_000_000).Draw(t, "μ"))
		g, err := NewGaussian(sensitivity, mu)
		if err != nil {
			if float64(sensitivity)/mu.Float() < 0.99*maxSigma {
				t.Fatal(err)
			}
			return
		}
		sigma, _ := new(big.Rat).SetString(new(big.Float).SetFloat64(g.Sigma()).Text('f', -1))
		sigma.SetFloat64(g.Sigma())
		needed := big.NewRat(sensitivity*1_000_000, int64(mu))
		if sigma.Cmp(needed) < 0 {
			t.Fatalf("R = %d, μ = %d: σ = %v is too small", sensitivity, mu, g.Sigma())
		}
		if g.Sigma() > maxSigma {
			t.Fatalf("σ = %v is too coarse", g.Sigma())
		}
		floor := noise.SigmaForGaussian(1, 1, 1, 1e-6)
		if most := 1.001*float64(sensitivity)/mu.Float() + floor; g.Sigma() > most {
			t.Fatalf("R = %d, μ = %d: σ = %v is above %v", sensitivity, mu, g.Sigma(), most)
		}
		// What is stated is what the sampler computes for itself on a draw.
		if used := noise.SigmaForGaussian(1, float64(g.lInf), 1, 1e-6); used != g.Sigma() {
			t.Fatalf("σ = %v, but the sampler uses %v", g.Sigma(), used)
		}
		if g.Mu() != mu || g.Sensitivity() != sensitivity {
			t.Fatalf("parameters changed: %+v", g)
		}
	})
}

func TestGaussianErrors(t *testing.T) {
	for name, c := range map[string]struct {
		sensitivity int64
		mu          Mu
	}{
		"no sensitivity":       {0, 1e6},
		"negative sensitivity": {-1, 1e6},
		"sensitivity too high": {maxSensitivity + 1, 1e6},
		"no mu":                {1, 0},
		"negative mu":          {1, -1},
		"noise too coarse":     {maxSensitivity, 1}, // σ = 2³¹·10⁶ > 2⁴⁹
		"noise just too far":   {maxSensitivity, 1_000_000 >> 19},
	} {
		if g, err := NewGaussian(c.sensitivity, c.mu); err == nil {
			t.Errorf("%s: %+v", name, g)
		}
	}
	if _, err := NewGaussian(maxSensitivity, 4); err != nil { // 2³¹/4e-6 = 0.954·2⁴⁹
		t.Error(err)
	}
}

// TestSamplerGridEndsWhereTheLimitSays observes the defect behind the limit on
// σ: at 2⁵⁴ the sampler adds multiples of 4 in most draws, and publishes the
// last two bits of a total; at the largest σ that NewGaussian hands out, the
// last bit is fair. 4000 fair bits stray from a half by more than 6.2 standard
// deviations with probability 6e-10.
func TestSamplerGridEndsWhereTheLimitSays(t *testing.T) {
	const n = 4000
	odd := func(lInf int64) (count float64) {
		for range n {
			x, err := noise.Gaussian().AddNoiseInt64(0, 1, lInf, 1, 1e-6)
			if err != nil {
				t.Fatal(err)
			}
			count += float64(x & 1)
		}
		return count
	}
	if testing.Short() {
		t.Skip("statistical tier")
	}
	largest, err := NewGaussian(maxSensitivity, 4)
	if err != nil {
		t.Fatal(err)
	}
	if got := odd(largest.lInf); math.Abs(got-n/2) > 6.2*math.Sqrt(n)/2 {
		t.Errorf("%v of %d draws are odd at the largest σ", got, n)
	}
	// σ/lInf is the same everywhere, so this is σ = 2⁵⁴.
	if got := odd(int64(math.Exp2(54) / largest.Sigma() * float64(largest.lInf))); got > n/4 {
		t.Errorf("%v of %d draws are odd at σ = 2⁵⁴: the sampler got better, the limit may be raised", got, n)
	}
}
