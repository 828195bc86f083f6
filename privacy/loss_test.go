package privacy

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestPublicNumbers pins the numbers that releases print, as a function of ε,
// δ and the δ parts: δ_select = δ/10 and 2⁻³⁸.
func TestPublicNumbers(t *testing.T) {
	b, err := NewBudget(4, 1e-6, SecretRoster, 0.1, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	if b.Mu != 834_407 || b.DeltaSelect != 100_000_000_000 {
		t.Errorf("μ = %v, δ_select = %v·1e-18, want 0.834407 and 1e-7", b.Mu.Float(), b.DeltaSelect)
	}
	if got := EpsilonBetweenTwoAnswers(b.Loss, 1e-6); got != 8.8905 {
		t.Errorf("ε between two answers = %v, want 8.8905", got)
	}
	if b.Mu.Float() != 0.834407 {
		t.Errorf("μ prints as %v", b.Mu.Float())
	}
	// Three releases at ε = 4 fit into 8 at δ = 1e-5, five do not.
	three := b.Loss.Plus(b.Loss).Plus(b.Loss)
	if !three.Fits(8, 1e-5) || three.Plus(b.Loss).Plus(b.Loss).Fits(8, 1e-5) {
		t.Errorf("three releases have ε = %v", three.Epsilon(1e-5))
	}
	// 2⁻³⁸ = 3637978.807091713…e-18.
	if want := int64(math.Ceil(math.Exp2(-38) * 1e18)); SamplerDelta != want {
		t.Errorf("SamplerDelta = %d, want %d", SamplerDelta, want)
	}
}

// TestGaussianMuIsTheLargest: δ at μ is within the limit and at the next
// millionth it is not, by the independent quadrature.
func TestGaussianMuIsTheLargest(t *testing.T) {
	for _, c := range []struct{ epsilon, delta float64 }{
		{0.1, 1e-6}, {1, 1e-6}, {1, 1e-10}, {4, 9e-7}, {8, 1e-5}, {20, 1e-5}, {0.5, 0.01},
	} {
		mu := GaussianMu(c.epsilon, c.delta)
		if got := deltaByIntegral(mu.Float(), c.epsilon); got > c.delta {
			t.Errorf("ε = %v, δ = %v: μ = %v has δ = %v", c.epsilon, c.delta, mu.Float(), got)
		}
		if got := deltaByIntegral((mu + 1).Float(), c.epsilon); got <= c.delta {
			t.Errorf("ε = %v, δ = %v: μ = %v would do", c.epsilon, c.delta, (mu + 1).Float())
		}
	}
	for _, c := range []struct{ epsilon, delta float64 }{{1, 0}, {1, -1}, {1, math.NaN()}, {math.NaN(), 0}} {
		if got := GaussianMu(c.epsilon, c.delta); got != 0 {
			t.Errorf("GaussianMu(%v, %v) = %v, want 0", c.epsilon, c.delta, got)
		}
	}
	// At ε = 0, δ = erf(μ/√8): erf(0.5/√8) = 0.19741265136584729.
	if got := GaussianMu(0, 0.197412651365847); got != 499_999 {
		t.Errorf("GaussianMu(0, erf(0.5/√8) rounded down) = %d, want 499999", got)
	}
}

func anyLoss(t *rapid.T) Loss {
	mu := Mu(rapid.Int64Range(0, 8_000_000).Draw(t, "μ"))
	return Loss{
		PureEpsilon: rapid.Int64Range(0, 3e9).Draw(t, "pure"),
		MuSquared:   mu.Squared() + rapid.Int64Range(0, 999).Draw(t, "rest"),
		Delta:       rapid.Int64Range(0, 1e11).Draw(t, "parts"),
	}
}

// TestEpsilonIsTheSmallest: a loss fits at its ε and not a unit below.
func TestEpsilonIsTheSmallest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loss := anyLoss(t)
		delta := fromUnits(rapid.Int64Range(2e11, 1e16).Draw(t, "δ"), deltaDigits)
		epsilon := loss.Epsilon(delta)
		if !loss.Fits(epsilon, delta) {
			t.Fatalf("%+v does not fit its own ε = %v at δ = %v", loss, epsilon, delta)
		}
		e, exact := units(epsilon, epsilonDigits)
		if !exact {
			t.Fatalf("ε = %v is no multiple of 1e-9", epsilon)
		}
		if e > 0 && loss.Fits(fromUnits(e-1, epsilonDigits), delta) {
			t.Fatalf("%+v fits below its ε = %v at δ = %v", loss, epsilon, delta)
		}
	})
}

// TestLossIsMonotone: more loss, or a smaller δ, never lowers ε; composition
// of what is stated never exceeds the sum of the stated ε at the sum of δ.
func TestLossIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyLoss(t), anyLoss(t)
		d := rapid.Int64Range(3e11, 1e16).Draw(t, "δ")
		delta, twice := fromUnits(d, deltaDigits), fromUnits(2*d, deltaDigits)
		both := a.Plus(b)
		if both.Epsilon(delta) < max(a.Epsilon(delta), b.Epsilon(delta)) {
			t.Fatalf("%+v and %+v lose less together", a, b)
		}
		if a.Epsilon(twice) > a.Epsilon(delta) {
			t.Fatalf("%+v has a larger ε at a larger δ", a)
		}
		// Basic composition, up to the two roundings to 1e-9 of the parts.
		if got, sum := both.Epsilon(twice), a.Epsilon(delta)+b.Epsilon(delta); got > sum+1e-9 {
			t.Fatalf("%+v and %+v: ε = %v is above the basic composition %v", a, b, got, sum)
		}
		if !both.Covers(a) || !both.Covers(b) {
			t.Fatalf("%+v does not cover its parts", both)
		}
		if between := EpsilonBetweenTwoAnswers(a, delta); between < a.Epsilon(delta) {
			t.Fatalf("ε between two answers %v is below ε %v", between, a.Epsilon(delta))
		}
	})
}

// TestGaussianRoundTrip: the conversions are inverse to each other, each
// rounded to its safe side.
func TestGaussianRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.Int64Range(1e6, 20e9).Draw(t, "ε")
		d := rapid.Int64Range(1e8, 1e15).Draw(t, "δ")
		epsilon, delta := fromUnits(e, epsilonDigits), fromUnits(d, deltaDigits)
		mu := GaussianMu(epsilon, delta)
		if mu == 0 {
			t.Skip("below a millionth")
		}
		if got := GaussianEpsilon(mu, delta); got > epsilon {
			t.Fatalf("μ = %v for ε = %v needs ε = %v", mu, epsilon, got)
		}
		if got := GaussianEpsilon(mu+1, delta); got <= epsilon {
			t.Fatalf("μ = %v was not the largest for ε = %v", mu, epsilon)
		}
		if got := GaussianDelta(mu, epsilon); got > delta {
			t.Fatalf("μ = %v for δ = %v has δ = %v", mu, delta, got)
		}
	})
}

func TestLossEdges(t *testing.T) {
	none := Loss{}
	if !none.Fits(0, 0) || none.Epsilon(0) != 0 {
		t.Error("no loss at all fits everywhere")
	}
	pure := Loss{PureEpsilon: 1e9, Delta: 5}
	for _, c := range []struct {
		epsilon, delta float64
		want           bool
	}{
		{1, 5e-18, true}, {1, 4e-18, false}, {0.999999999, 1, false}, {1, math.NaN(), false},
		{math.NaN(), 1, false}, {math.Inf(1), 1, false}, {-1, 1, false},
		{0.9999999999, 1, false}, // ten digits are rounded down
	} {
		if got := pure.Fits(c.epsilon, c.delta); got != c.want {
			t.Errorf("Fits(%v, %v) = %v", c.epsilon, c.delta, got)
		}
	}
	gauss := Loss{MuSquared: 1e12, Delta: 100}
	if got := gauss.Epsilon(1e-16); !math.IsInf(got, 1) {
		t.Errorf("with all of δ taken, ε = %v", got)
	}
	if got := EpsilonBetweenTwoAnswers(gauss, 1e-16); !math.IsInf(got, 1) {
		t.Errorf("with all of δ taken, ε between two answers = %v", got)
	}
	// Sums that overflow fit nothing, instead of wrapping to something small.
	huge := Loss{MuSquared: math.MaxInt64 - 1}
	for _, loss := range []Loss{huge.Plus(huge), {MuSquared: -1}, {Delta: -1}, {PureEpsilon: -1}} {
		if loss.Valid() || loss.Fits(1e9, 0.5) || !math.IsInf(loss.Epsilon(0.5), 1) {
			t.Errorf("%+v is accepted", loss)
		}
	}
	if got := Mu(math.MaxInt64).Squared(); got != math.MaxInt64 {
		t.Errorf("a huge μ squared is %d", got)
	}
	if got := EpsilonBetweenTwoAnswers(huge, 0.5); !math.IsInf(got, 1) {
		t.Errorf("a huge μ doubled has ε = %v", got)
	}
}

func TestUnits(t *testing.T) {
	for _, c := range []struct {
		x      float64
		digits int64
		want   int64
		exact  bool
	}{
		{1e-6, 18, 1e12, true}, {9.3e-7, 18, 930_000_000_000, true}, {0.1, 9, 1e8, true}, {0.30000000000000004, 9, 3e8, false},
		{1e-10, 9, 0, false}, {8, 9, 8e9, true}, {0, 9, 0, true}, {-1, 9, 0, false}, {1e300, 9, 0, false},
		{math.Inf(1), 9, 0, false}, {math.NaN(), 9, 0, false}, {5e-324, 18, 0, false},
	} {
		if n, exact := units(c.x, c.digits); n != c.want || exact != c.exact {
			t.Errorf("units(%v, %d) = %d, %v, want %d, %v", c.x, c.digits, n, exact, c.want, c.exact)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1<<53-1).Draw(t, "n")
		digits := rapid.SampledFrom([]int{4, 6, 9, 18}).Draw(t, "digits")
		if back, exact := units(fromUnits(n, digits), int64(digits)); n < 1e15 && (back != n || !exact) {
			t.Fatalf("%d·1e-%d came back as %d", n, digits, back)
		}
	})
}

// A decision that was made before is the one that is made anew, whatever was asked in
// between.
func TestDecisionsAreRemembered(t *testing.T) {
	for round := range 2 {
		for _, p := range []curvePoint{{1e12, 3_000_000_000, 1e12}, {1e12, 3_000_000_000, 1e16}, {1e12, 5_000_000_000, 1e12}, {1e10, 3_000_000_000, 1e12}, {4e12, 5_000_000_000, 1e12}} {
			if got, want := deltaWithin(p.muSquared, p.epsilon, p.delta), p.within(); got != want {
				t.Errorf("round %d: %+v is within: %v, want %v", round, p, got, want)
			}
		}
	}
}
