package privacy

import (
	"math"
	"math/big"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"pgregory.net/rapid"
)

// TestMillsMethodsAgree compares the power series with the continued fraction
// where both are good, and the tail with the error function of the standard
// library.
func TestMillsMethodsAgree(t *testing.T) {
	for x := 3.0; x <= 12; x += 0.37 {
		series, fraction := millsSeries(point(x)), millsFraction(point(x))
		if series.hi.Cmp(fraction.lo) < 0 || fraction.hi.Cmp(series.lo) < 0 {
			t.Errorf("x = %v: series [%v, %v] and fraction [%v, %v] are disjoint",
				x, series.lo, series.hi, fraction.lo, fraction.hi)
		}
		if w := width(mills(point(x))); w > -210 {
			t.Errorf("x = %v: the Mills ratio is 2^%d wide", x, w)
		}
	}
	for x := 0.0; x <= 37; x += 0.41 {
		got, _ := upperTail(point(x)).hi.Float64()
		if want := math.Erfc(x/math.Sqrt2) / 2; math.Abs(got-want) > 1e-12*want {
			t.Errorf("P[N ≥ %v] = %v, want %v", x, got, want)
		}
	}
	for _, x := range []float64{0, 1e-9, 5.999, 6, 100, 1 << 14} {
		if w := width(upperTail(point(x))); w > -210 {
			t.Errorf("P[N ≥ %v] is 2^%d wide", x, w)
		}
	}
}

// deltaByIntegral is δ(μ, ε) by another road: it is 0 for μ = 0 and grows
// with μ at the rate φ(μ/2 − ε/μ), since the derivatives of the two normal
// distribution functions share the density and their inner parts add up to 1.
// The integrand is positive and smooth; with m = μ·u⁴, which spreads it where
// ε is small, Gauss-Legendre quadrature on 300 panels leaves only the rounding
// of float64.
func deltaByIntegral(mu, epsilon float64) float64 {
	rate := func(u float64) float64 {
		m := mu * u * u * u * u
		x := m/2 - epsilon/m
		return 4 * mu * u * u * u * math.Exp(-x*x/2) / math.Sqrt(2*math.Pi)
	}
	const panels = 300
	sum := 0.0
	for i := range panels {
		sum += quad.Fixed(rate, float64(i)/panels, float64(i+1)/panels, 16, quad.Legendre{}, 0)
	}
	return sum
}

func TestGaussianDeltaAgainstIntegral(t *testing.T) {
	for _, mu := range []Mu{50_000, 236_704, 834_407, 1_668_814, 3_000_000, 6_500_000} {
		for _, epsilon := range []float64{0.001, 0.25, 1, 2.5, 4, 8, 20} {
			want := deltaByIntegral(mu.Float(), epsilon)
			if want < 1e-290 {
				continue
			}
			got := GaussianDelta(mu, epsilon)
			if math.Abs(got-want) > 1e-12*want {
				t.Errorf("δ(μ = %v, ε = %v) = %v, by quadrature %v", mu.Float(), epsilon, got, want)
			}
		}
	}
}

// TestGaussianDeltaSpecialCases has closed forms: at ε = 0 it is the total
// variation distance 2Φ(μ/2) − 1 = erf(μ/√8) of two normal distributions, and
// at ε = μ²/2 it is ½ − e^ε·(1 − Φ(μ)).
func TestGaussianDeltaSpecialCases(t *testing.T) {
	for _, mu := range []Mu{1, 1000, 500_000, 2_000_000, 8_000_000} {
		m := mu.Float()
		if got, want := GaussianDelta(mu, 0), math.Erf(m/math.Sqrt(8)); math.Abs(got-want) > 1e-14*want {
			t.Errorf("δ(μ = %v, 0) = %v, want %v", m, got, want)
		}
	}
	for _, mu := range []Mu{200_000, 1_000_000, 2_000_000, 4_000_000} { // μ²/2 has at most 9 decimals
		m := mu.Float()
		want := 0.5 - math.Exp(m*m/2)*math.Erfc(m/math.Sqrt2)/2
		if got := GaussianDelta(mu, m*m/2); math.Abs(got-want) > 1e-13 {
			t.Errorf("δ(μ = %v, μ²/2) = %v, want %v", m, got, want)
		}
	}
	if got := GaussianDelta(0, 1); got != 0 {
		t.Errorf("δ(0, 1) = %v", got)
	}
	// Far in the tail: ε/μ = 2e7 standard deviations. Positive, below any unit.
	if got := GaussianDelta(1, 20); got <= 0 || got > 1e-300 {
		t.Errorf("δ(1e-6, 20) = %v", got)
	}
	if got := GaussianDelta(math.MaxInt64, 0); got != 1 {
		t.Errorf("δ(huge, 0) = %v", got)
	}
}

// TestGaussianDeltaIsTight: the enclosure is narrow for every loss a ledger
// can meet, so no decision hangs on its width.
func TestGaussianDeltaIsTight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		muSquared := int64(math.Exp(rapid.Float64Range(0, math.Log(1e15)).Draw(t, "ln μ²")))
		epsilon := rapid.Int64Range(0, 100e9).Draw(t, "ε")
		delta := gaussianDelta(muSquared, epsilon)
		if delta.lo.Sign() < 0 {
			t.Fatalf("δ has the lower bound %v", delta.lo)
		}
		if delta.hi.Cmp(big.NewFloat(1e-30)) > 0 && width(delta) > -150 {
			t.Fatalf("δ = [%v, %v] is 2^%d wide", delta.lo, delta.hi, width(delta))
		}
	})
}

func TestFirstTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Int64Range(-100, 100).Draw(t, "lo")
		hi := lo + rapid.Int64Range(0, 300).Draw(t, "length")
		want := rapid.Int64Range(lo, hi+1).Draw(t, "want")
		guess := rapid.Int64Range(lo-50, hi+50).Draw(t, "guess")
		got := firstTrue(guess, lo, hi, func(n int64) bool {
			if n < lo || n > hi {
				t.Fatalf("asked for %d outside of [%d, %d]", n, lo, hi)
			}
			return n >= want
		})
		if got != want {
			t.Fatalf("firstTrue = %d, want %d", got, want)
		}
	})
}
