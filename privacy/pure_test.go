package privacy

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"maturitybench/privacy/internal/draw"
)

// TestPureBudgetUsesAllOfIt: the loss fits what is stated, and a unit of pure ε
// more does not.
func TestPureBudgetUsesAllOfIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		epsilon := fromUnits(rapid.Int64Range(1e8, 20e9).Draw(t, "ε"), epsilonDigits)
		delta := fromUnits(rapid.Int64Range(1e8, 1e13).Draw(t, "δ"), deltaDigits)
		roster := rapid.SampledFrom([]Roster{SecretRoster, PublicRoster}).Draw(t, "roster")
		share := rapid.Float64Range(0.001, 0.9).Draw(t, "select")
		b, err := NewPureBudget(epsilon, delta, roster, share)
		if err != nil {
			t.Fatal(err)
		}
		if !b.Loss.Fits(epsilon, delta) || b.Loss.Epsilon(delta) > epsilon {
			t.Fatalf("%+v does not fit (%v, %v)", b.Loss, epsilon, delta)
		}
		if b.Loss.Plus(Loss{PureEpsilon: 1}).Fits(epsilon, delta) {
			t.Fatalf("%+v leaves ε unused", b.Loss)
		}
		if roster == PublicRoster {
			e, _ := units(epsilon, epsilonDigits)
			if want := (PureBudget{Epsilon: e, Loss: Loss{PureEpsilon: e}}); b != want {
				t.Fatalf("a public roster gets %+v, want %+v", b, want)
			}
			return
		}
		full, err := NewBudget(epsilon, delta, roster, share, 0)
		if err != nil {
			t.Fatal(err)
		}
		want := PureBudget{Epsilon: b.Epsilon, Mu: full.Mu, Select: full.Select, DeltaSelect: full.DeltaSelect,
			Loss: Loss{PureEpsilon: b.Epsilon, MuSquared: full.Select.Squared(), Delta: full.DeltaSelect + max(SamplerDelta, SamplerCharge(full.Select.Squared(), fewNumbers))}}
		if b != want {
			t.Fatalf("%+v, but the test has %+v in the full plan", b, want)
		}
	})
}

// TestPureBudgetTwoAnswers: 2ε at pure ε, and 2·pure ε + ε_Gauss(2μ) with a
// test, at what the δ parts leave.
func TestPureBudgetTwoAnswers(t *testing.T) {
	public, err := NewPureBudget(4, 1e-6, PublicRoster, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	for _, delta := range []float64{0, 1e-6} {
		if got := EpsilonBetweenTwoAnswers(public.Loss, delta); got != 8 {
			t.Errorf("at pure ε = 4: %v between two answers", got)
		}
		if got := public.Loss.Epsilon(delta); got != 4 {
			t.Errorf("at pure ε = 4: ε = %v", got)
		}
	}
	secret, err := NewPureBudget(4, 1e-6, SecretRoster, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	rest := fromUnits(1e12-secret.Loss.Delta, deltaDigits)
	pure := fromUnits(secret.Epsilon, epsilonDigits)
	want := 2*pure + GaussianEpsilon(2*secret.Select, rest)
	if got := EpsilonBetweenTwoAnswers(secret.Loss, 1e-6); got < want || got > want+1.001e-4 {
		t.Errorf("%v between two answers, want %v", got, want)
	}
	if sum := pure + GaussianEpsilon(secret.Select, rest); math.Abs(sum-4) > 1e-12 {
		t.Errorf("the parts add up to ε = %v", sum)
	}
}

func TestPureBudgetErrors(t *testing.T) {
	for name, c := range map[string]struct {
		epsilon, delta float64
		roster         Roster
		sel            float64
	}{
		"no epsilon":        {0, 1e-6, PublicRoster, 0.1},
		"epsilon too fine":  {1.0000000001, 1e-6, PublicRoster, 0.1},
		"epsilon too small": {9.99e-7, 1e-6, PublicRoster, 0.1},
		"delta too large":   {1, 1, PublicRoster, 0.1},
		"no delta":          {1, 0, SecretRoster, 0.1},
		"delta for sampler": {1, 1e-12, SecretRoster, 0.1},
		"delta without use": {1, 1e-12, SecretRoster, 0},
		"no roster":         {1, 1e-6, "", 0.1},
		"share of one":      {1, 1e-6, SecretRoster, 1},
		"negative share":    {1, 1e-6, SecretRoster, -0.1},
		"share no number":   {1, 1e-6, SecretRoster, math.NaN()},
		"share of nothing":  {1, 1e-6, SecretRoster, 1e-300},
		"nothing left":      {1.5e-6, 1e-10, SecretRoster, 0.9},
	} {
		if b, err := NewPureBudget(c.epsilon, c.delta, c.roster, c.sel); err == nil {
			t.Errorf("%s: %+v", name, b)
		}
	}
	if b, err := NewPureBudget(1e-6, 1e-6, PublicRoster, 2); err != nil || b.Epsilon != 1000 {
		t.Errorf("the smallest ε: %+v, %v", b, err)
	}
	none, err := NewPureBudget(4, 1e-6, SecretRoster, 0)
	if err != nil || none.Select != 0 || none.Epsilon != 4e9 {
		t.Errorf("without a test: %+v, %v", none, err)
	}
}

// TestPureBudgetCoversItsDraws: the loss is what the draws spend, no less.
// Without a test there is no Gaussian draw, and no δ is spent.
func TestPureBudgetCoversItsDraws(t *testing.T) {
	for _, roster := range []Roster{SecretRoster, PublicRoster} {
		b, err := NewPureBudget(4, 1e-6, roster, 0.1)
		if err != nil {
			t.Fatal(err)
		}
		publish := func(epsilon int64, loss Loss) error {
			draws := NewDraws(draw.Source{})
			draws.SphericalLaplace(mustSpherical(t, 1000, epsilon, 3), make([]int64, 3))
			if got, want := draws.Spent(), (Loss{PureEpsilon: epsilon}); got != want {
				t.Errorf("%s: a vector is charged %+v, want %+v", roster, got, want)
			}
			if roster == SecretRoster {
				draws.Threshold(mustThreshold(t, 5, 1, b.Select, b.DeltaSelect), make([]int64, 1))
			}
			return draws.Settle(loss)
		}
		if err := publish(b.Epsilon, b.Loss); err != nil {
			t.Errorf("%s: %v", roster, err)
		}
		if err := publish(b.Epsilon+1, b.Loss); !errors.Is(err, ErrUndeclared) {
			t.Errorf("%s: more than the budget: %v", roster, err)
		}
		for _, part := range []Loss{{PureEpsilon: -1}, {MuSquared: -1}, {Delta: -1}} {
			less := b.Loss.Plus(part)
			if !less.Valid() {
				continue // a public roster has no such part
			}
			if err := publish(b.Epsilon, less); !errors.Is(err, ErrUndeclared) {
				t.Errorf("%s: settled for %+v less: %v", roster, part, err)
			}
		}
	}
}
